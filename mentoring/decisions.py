"""« À décider »: the dyads and groups that wait for a person since an adult or a student left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentoring.models import Dyad
from people.access import Role
from people.kept import kept
from people.models import User
from people.models.students import gone_from
from programs.models import GroupLead, GroupMember, Relation, SupportGroup

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Decision:
    """What waits of one dyad or group, and why."""

    relation: Relation
    why: str


def decisions(user: User, on: date) -> list[Decision]:
    """Those of the programmes that the person leads or manages. Ten queries at most, whatever their number."""
    if not user.access.holds(Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER):
        return []

    def groups_written() -> QuerySet[SupportGroup]:
        return _waiting_groups(SupportGroup.objects.run_by(user).active_on(on), on)

    dyads = kept("dyads to decide", user, lambda: waiting(Dyad.objects.run_by(user).open_on(on), on), on)
    groups = kept("groups to decide", user, groups_written, on)
    return [*_ofwaiting(dyads, on), *_of_waiting_groups(groups, on)]


def of_dyads(dyads: QuerySet[Dyad], on: date) -> Sequence[Decision]:
    """Of open dyads: whose mentor left and whom nobody replaces, and whose student is gone from the school."""
    return _ofwaiting(list(waiting(dyads, on)), on)


def waiting(dyads: QuerySet[Dyad], on: date) -> QuerySet[Dyad]:
    """Of open dyads, those that may wait: who mentors has left, or the student."""
    found = dyads.filter(Q(mentor__person__is_active=False) | gone_from("program__school", on))
    return found.select_related("student", "mentor__person", "program")


def _ofwaiting(rows: Sequence[Dyad], on: date) -> Sequence[Decision]:
    gone = gone_from("program__school", on)
    away = set(Dyad.objects.filter(gone, pk__in=[row.pk for row in rows]).values_list("pk", flat=True)) if rows else ()
    alone = Dyad.left_alone([row.pk for row in rows], on, on + DAY) if rows else {}
    found = []
    for dyad in rows:
        if dyad.pk in away:
            words = _(
                "L’élève n’est plus à l’école du programme\u00a0: terminez la dyade, ou levez la pause si "
                "l’accompagnement continue."
            )
            found.append(Decision(dyad, words))
        elif dyad.pk in alone:
            words = _(
                "Sans adulte, car %(mentor)s n’est plus là\u00a0: terminez la dyade, ou prévoyez un remplacement."
            )
            found.append(Decision(dyad, words % {"mentor": dyad.mentor}))
    return found


def of_groups(groups: QuerySet[SupportGroup], on: date) -> Sequence[Decision]:
    """Of open groups: whose adult left, and those with members who are gone from the school."""
    return _of_waiting_groups(list(_waiting_groups(groups, on)), on)


def _waiting_groups(groups: QuerySet[SupportGroup], on: date) -> QuerySet[SupportGroup]:
    led = GroupLead.objects.active_on(on).filter(group=OuterRef("pk"), person__is_active=True)
    here = GroupMember.objects.active_on(on).filter(gone_from("group__program__school", on), group=OuterRef("pk"))
    counted = here.order_by().values("group").annotate(n=Count("student", distinct=True)).values("n")
    told = groups.annotate(gone=Coalesce(Subquery(counted), 0), led=Exists(led))
    return told.filter(Q(gone__gt=0) | Q(led=False)).order_by("name", "pk")


def _of_waiting_groups(rows: Sequence[Any], on: date) -> Sequence[Decision]:
    without = [row.pk for row in rows if not row.led]
    alone = SupportGroup.left_alone(without, on, on + DAY) if without else {}
    found = []
    for group in rows:
        if group.pk in alone:
            words = _("La personne responsable n’est plus là\u00a0: confiez le groupe à quelqu’un d’autre.")
            found.append(Decision(group, words))
        if group.gone:
            words = ngettext(
                "%(n)s élève n’est plus à l’école du programme\u00a0: notez son départ du groupe.",
                "%(n)s élèves ne sont plus à l’école du programme\u00a0: notez leur départ du groupe.",
                group.gone,
            )
            found.append(Decision(group, words % {"n": group.gone}))
    return found
