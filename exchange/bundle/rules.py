"""What a file asks beyond its own rows: e-mails of all people, overlaps in a group, roles, what is said once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from exchange.bundle.drafts import Draft
from exchange.bundle.index import chunks
from exchange.bundle.roles import RolesGiven
from exchange.bundle.state import State
from exchange.reading import Problem
from mentoring.models import MentorApproach, StyleSelfAssessment
from people.models import User
from programs.models import GroupMember, ProgramRole
from programs.models.records import MeetingRecord


class Rules:
    """Called for each batch before it is written and after, and once at the end. The base asks nothing."""

    def __init__(self, state: State, roles: RolesGiven) -> None:
        self.state, self.roles = state, roles

    def check(self, drafts: list[Draft]) -> list[Problem]:
        """Problems of the batch; marks the faulty drafts."""
        return []

    def before_update(self, rows: list[models.Model], names: list[str]) -> None:
        """Called with the changed rows just before they are saved."""

    def written(self, drafts: list[Draft]) -> None:
        """Called with the sound drafts, which have their primary keys."""

    def finish(self) -> list[Problem]:
        return []


class PeopleRules(Rules):
    """An e-mail address belongs to one person, whatever the case and the board."""

    def check(self, drafts: list[Draft]) -> list[Problem]:
        return [wrong for draft, wrong in self._taken(drafts) if self._mark(draft)]

    @staticmethod
    def _mark(draft: Draft) -> bool:
        draft.faulty = True
        return True

    def _taken(self, drafts: list[Draft]) -> Iterator[tuple[Draft, Problem]]:
        leaving = {draft.pk for draft in drafts if draft.before and "email" in draft.changes()}
        rows: dict[str, Draft] = {}
        for draft in drafts:
            if not (email := draft.final("email")):
                continue
            other = rows.setdefault(email.lower(), draft)
            if other is not draft:
                sentence = _("«\u00a0%(email)s\u00a0» est déjà l’adresse de la personne de la ligne %(row)s.")
                yield draft, self._problem(draft, sentence % {"email": email, "row": other.row})
        for some in chunks(rows):
            holders = User.objects.get_queryset().annotate(address=Lower("email")).filter(address__in=some)
            for pk, email in holders.values_list("pk", "address"):
                if pk not in leaving and rows[email].pk != pk:
                    sentence = _("«\u00a0%(email)s\u00a0» est déjà l’adresse d’une autre personne.")
                    yield rows[email], self._problem(rows[email], sentence % {"email": email})

    @staticmethod
    def _problem(draft: Draft, sentence: str) -> Problem:
        return Problem("people.csv", draft.row, "email", sentence)

    def before_update(self, rows: list[models.Model], names: list[str]) -> None:
        """Two people may exchange their addresses: both are let go before either is taken."""
        if "email" in names:
            for some in chunks(row.pk for row in rows):
                User.objects.filter(pk__in=some).update(email=None)

    def written(self, drafts: list[Draft]) -> None:
        for draft in drafts:
            if "roles" in draft.extra:
                self.roles.want(draft)


class MembershipRules(Rules):
    def check(self, drafts: list[Draft]) -> list[Problem]:
        without = [draft for draft in drafts if not draft.texts.keys() & {"board", "school", "program"}]
        for draft in without:
            draft.faulty = True
        sentence = _("donnez la portée du rôle\u00a0: un organisme, une école ou un programme.")
        return [Problem("memberships.csv", draft.row, "board", sentence) for draft in without]

    def written(self, drafts: list[Draft]) -> None:
        self.roles.stated.update(draft.pk for draft in drafts)


class MeetingRules(Rules):
    """A meeting that is still planned was planned, when the file does not say."""

    def check(self, drafts: list[Draft]) -> list[Problem]:
        for draft in drafts:
            if "planned" in draft.values and draft.values["planned"] is None:
                draft.values["planned"] = draft.final("status") == MeetingRecord.Status.PLANNED
        return []


Stay = tuple[date, date | None, int]


class MemberRules(Rules):
    """One student is in one group once at a time, the stays that the file leaves alone included."""

    def __init__(self, state: State, roles: RolesGiven) -> None:
        super().__init__(state, roles)
        self.stays: dict[tuple[int, int], dict[date, Stay]] = defaultdict(dict)
        self.names: dict[int, str] = {}

    def check(self, drafts: list[Draft]) -> list[Problem]:
        for draft in drafts:
            if not draft.faulty:
                pair, starts_on = (draft.values["group_id"], draft.values["student_id"]), draft.values["starts_on"]
                self.stays[pair][starts_on] = (starts_on, draft.final("ends_on"), draft.row)
                self.names[draft.values["student_id"]] = draft.texts["student"]
        return []

    def finish(self) -> list[Problem]:
        for some in chunks({group for group, _student in self.stays if group > 0}):
            rows = GroupMember.objects.filter(group__in=some)
            for group, student, starts_on, ends_on in rows.values_list("group", "student", "starts_on", "ends_on"):
                if (group, student) in self.stays:
                    self.stays[group, student].setdefault(starts_on, (starts_on, ends_on, 0))
        return [wrong for (_g, student), stays in self.stays.items() for wrong in self._overlaps(student, stays)]

    def _overlaps(self, student: int, stays: dict[date, Stay]) -> Iterable[Problem]:
        last: Stay | None = None
        for stay in sorted(stays.values(), key=lambda stay: stay[0]):
            starts_on, ends_on, row = stay
            if ends_on is not None and ends_on <= starts_on:
                continue
            if last is not None and (last[1] is None or last[1] > starts_on) and (row or last[2]):
                yield self._problem(student, last, stay)
            if last is None or (last[1] is not None and (ends_on is None or ends_on > last[1])):
                last = stay

    def _problem(self, student: int, earlier: Stay, later: Stay) -> Problem:
        at, other = (later, earlier) if later[2] else (earlier, later)
        sentence = _(
            "«\u00a0%(student)s\u00a0» appartient déjà à ce groupe du %(start)s au %(end)s (jour de fin exclu)"
            "%(where)s."
        )
        where = _(", ligne %(row)s") % {"row": other[2]} if other[2] else _(", dans la base")
        values: dict[str, Any] = {"student": self.names[student], "start": other[0], "where": where}
        return Problem("group_members.csv", at[2], "starts_on", sentence % {**values, "end": other[1] or "…"})


class OnceRules(Rules):
    """Two keys never describe what the model keeps once; ``names`` say what that is, the last one as a column."""

    file: str
    model: type[models.Model]
    names: tuple[str, str]

    def __init__(self, state: State, roles: RolesGiven) -> None:
        super().__init__(state, roles)
        self.told: dict[tuple[Any, ...], Draft] = {}

    def check(self, drafts: list[Draft]) -> list[Problem]:
        problems = []
        rows = {tuple(draft.final(name) for name in self.names): draft for draft in reversed(drafts)}
        for draft in drafts:
            other = self.told.setdefault(tuple(draft.final(name) for name in self.names), draft)
            if other is not draft:
                problems.append(self._problem(draft, other.handle, _(", ligne %(row)s") % {"row": other.row}))
        owner = self.names[0]
        for some in chunks({place[0] for place in rows if place[0] > 0}):
            kept = self.model._base_manager.filter(**{f"{owner}__in": some}).values_list("pk", "key", *self.names)
            for pk, key, *place in kept:
                taker = rows.get(tuple(place))
                if taker is not None and taker.pk != pk and not taker.faulty:
                    problems.append(self._problem(taker, key, _(", dans la base")))
        return problems

    def _problem(self, draft: Draft, key: str, where: str) -> Problem:
        draft.faulty = True
        sentence = _("la clé «\u00a0%(key)s\u00a0» décrit déjà le même élément%(where)s.")
        return Problem(self.file, draft.row, self.names[-1], sentence % {"key": key, "where": where})


class ProgramRoleRules(OnceRules):
    file, model, names = "program_roles.csv", ProgramRole, ("program_id", "actor")


class StyleRules(OnceRules):
    file, model, names = "style_assessments.csv", StyleSelfAssessment, ("mentor_id", "on")


class ApproachRules(OnceRules):
    file, model, names = "mentor_approaches.csv", MentorApproach, ("mentor_id", "on")


RULES: dict[str, type[Rules]] = {
    "people": PeopleRules,
    "memberships": MembershipRules,
    "meetings": MeetingRules,
    "group_members": MemberRules,
    "program_roles": ProgramRoleRules,
    "style_assessments": StyleRules,
    "mentor_approaches": ApproachRules,
    "": Rules,
}
