"""What students who leave a school hold there, and what waits for those who come back: shown and asked before anything
ends or goes on, and done by the verbs of every page."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from exchange.imports.declaration import Bearings, Level, Remark
from mentoring.actions.relations import end_dyad
from mentoring.models import Dyad, DyadMeeting
from mentoring.models.endings import EndCode, EndedBy
from people.models import Student
from programs.actions.members import end_membership
from programs.models import GroupMember

ENDS, STAYS = "end", "stay"
WITH_RELATIONS = Remark(
    "with_relations",
    Level.ASKS,
    _("Quitte l’école, et a encore ici\u00a0: %(held)s."),
    ((ENDS, _("Tout prend fin aujourd’hui")), (STAYS, _("Décider plus tard, sur leurs pages"))),
)

RESUMES, RESTS = "resume", "rest"
STILL_PAUSED = Remark(
    "still_paused",
    Level.ASKS,
    _("De retour, et une dyade y est en pause\u00a0: %(held)s. Faut-il lever la pause\u00a0?"),
    ((RESUMES, _("Lever la pause dès aujourd’hui")), (RESTS, _("Laisser la pause, et décider plus tard"))),
)


@dataclass
class Hold:
    """The open memberships and dyads of one student."""

    members: list[GroupMember] = field(default_factory=list)
    dyads: list[Dyad] = field(default_factory=list)

    def given(self) -> dict[str, Any]:
        groups = [member.group.full_name for member in self.members]
        mentors = [_t("dyade avec %(mentor)s") % {"mentor": dyad.mentor} for dyad in self.dyads]
        return {"held": ", ".join([*groups, *mentors])}


def hold_of(students: Iterable[Student], on: date) -> dict[int, Hold]:
    """What each of them holds on a day; those who hold nothing are not in it. Two queries."""
    pks = [student.pk for student in students]
    found: dict[int, Hold] = defaultdict(Hold)
    if not pks:
        return {}
    still = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    for member in GroupMember.objects.filter(still, student__in=pks).select_related("group__program", "group__board"):
        if member.group.ends_on is None or member.group.ends_on > on:
            found[member.student_id].members.append(member)
    dyads = Dyad.objects.filter(still, student__in=pks, starts_on__lte=on)
    for dyad in dyads.select_related("mentor__person", "student", "program", "board"):
        found[dyad.student_id].dyads.append(dyad)
    return dict(found)


def leave_relations(hold: Hold, bearings: Bearings) -> None:
    """End all of it, the day of the import being the first that no longer counts; a few queries a relation.

    What began or was met that very day ends with it.
    """
    yesterday = bearings.on - timedelta(days=1)
    reason = _t("N’est plus à l’école, selon la liste importée.")
    for member in hold.members:
        if member.ends_on is None:
            last = max(member.starts_on, yesterday)
            end_membership(member=member, last_on=last, reason=reason, person=bearings.person, on=bearings.on)
    for dyad in hold.dyads:
        if dyad.ends_on is None:
            said: dict[str, Any] = {"person": bearings.person, "on": bearings.on, "reason": reason}
            said |= {"ended_by": EndedBy.SCHOOL, "end_code": EndCode.STUDENT_LEFT}
            try:
                end_dyad(dyad=dyad, last_day=max(dyad.starts_on, yesterday), **said)
            except ValidationError:
                end_dyad(dyad=dyad, last_day=bearings.on, **said)


def ending(holds: Iterable[Hold], on: date) -> dict[str, Any]:
    """How many places in a group, dyads and planned meetings go with those who leave. One query."""
    dyads = [dyad.pk for hold in holds for dyad in hold.dyads]
    planned = DyadMeeting.objects.kept().filter(dyad__in=dyads, status=DyadMeeting.Status.PLANNED, on__gt=on)
    members = sum(len(hold.members) for hold in holds)
    return {"members_end": members, "dyads_end": len(dyads), "plans_end": planned.count() if dyads else 0}
