"""What a file asks beyond its own rows: e-mails of all people, overlaps in a group, roles, what is said once."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from exchange.bundle.base_rules import Rules
from exchange.bundle.decided import FindingRules
from exchange.bundle.drafts import Draft
from exchange.bundle.identities import doubled_students, exchanged_students, others_refused
from exchange.bundle.index import CHUNK
from exchange.bundle.once_rules import (
    ApproachRules,
    MinuteItemRules,
    MinuteTallyRules,
    ProgramRoleRules,
    RetentionPlanRules,
    RoundRules,
    StyleRules,
)
from exchange.bundle.proposed import ProposalRules
from exchange.bundle.roles import RolesGiven
from exchange.bundle.state import State
from exchange.reading import Problem, Tolerance
from exchange.scratch import Entry, batches
from guidelines.bounds import Refusal, refused_from
from guidelines.catalogue import CATALOGUE
from guidelines.endings import close_reviewed
from mentoring.models import Outcome
from people.actions.accounts import close_accounts, closed_by_hand, reopen_accounts
from people.bulk import overwrite
from people.models import Consent, User
from programs.models import GroupMember
from programs.models.records import MeetingRecord


class PeopleRules(Rules):
    """An e-mail address belongs to one person, whatever the case and the board.

    An address that someone else still holds is given at the end of the file, when that person may have another.
    """

    def __init__(self, state: State, roles: RolesGiven) -> None:
        super().__init__(state, roles)
        self.rows, self.leaving, self.awaited = (state.scratch.shelf() for _shelf in range(3))
        self.waiting: list[tuple[Draft, str]] = []

    def check(self, drafts: list[Draft]) -> list[Problem]:
        self._reopen(drafts)
        problems = others_refused("people.csv", drafts)
        self.leaving.put((str(draft.pk), 0, None) for draft in drafts if draft.before and "email" in draft.changes())
        emails = {draft.row: email.lower() for draft in drafts if (email := draft.final("email"))}
        self.rows.put((email, 0, row) for row, email in emails.items())
        first = self.rows.get(emails.values())
        takers = dict[str, Draft]()
        for draft in drafts:
            if (email := emails.get(draft.row)) is None:
                continue
            if (row := first[email][0]) == draft.row:
                takers[email] = draft
            else:
                sentence = _("«\u00a0%(email)s\u00a0» est déjà l’adresse de la personne de la ligne %(row)s.")
                problems.append(self._problem(draft.row, sentence % {"email": email, "row": row}))
                draft.faulty = True
        self.waiting = [(takers[email], email) for email, pk in self._held(takers) if takers[email].pk != pk]
        for draft, _email in self.waiting:
            draft.values["email"] = None
            if draft.before and draft.before["email"] is None:  # it changes all the same, and is counted
                draft.before = {**draft.before, "email": ""}
        return problems

    def _reopen(self, drafts: list[Draft]) -> None:
        """A row that gives roles opens an account that no person closed, unless the bundle says itself which are."""
        given = {draft.pk: draft for draft in drafts if draft.before is not None and draft.extra.get("roles")}
        if "closed_accounts.csv" in self.state.files or self.state.problems:
            return
        people = User.objects.get_queryset().filter(is_active=False).in_bulk(list(given))
        by_hand = closed_by_hand(people.values()) if people else set()
        for one in reopen_accounts(people=[one for pk, one in people.items() if pk not in by_hand], person=None):
            words = _("le compte est rouvert, puisque la ligne donne un rôle.")
            self.state.tolerances += [Tolerance("people.csv", given[one.pk].row, "roles", words, "account_reopened")]

    @staticmethod
    def _held(emails: Iterable[str]) -> Iterator[tuple[str, int]]:
        """Those of the addresses that someone has, and who."""
        for some in batches(emails, CHUNK):
            holders = User.objects.get_queryset().annotate(address=Lower("email")).filter(address__in=some)
            yield from holders.values_list("address", "pk")

    @staticmethod
    def _problem(row: int, sentence: str) -> Problem:
        return Problem("people.csv", row, "email", sentence)

    def written(self, drafts: list[Draft]) -> None:
        self.awaited.put((email, 0, (draft.pk, draft.row)) for draft, email in self.waiting)
        self.roles.want(drafts)

    def finish(self) -> Iterable[Problem]:
        """Give the awaited addresses; a problem for each whose holder keeps it."""
        for some in batches(self.awaited, CHUNK):
            takers = {email: taker for email, _part, taker in some}
            held = list(self._held(takers))
            leaving = self.leaving.known(str(pk) for _email, pk in held)
            for email, pk in held:
                if str(pk) not in leaving:
                    sentence = _("«\u00a0%(email)s\u00a0» est déjà l’adresse d’une autre personne.")
                    yield self._problem(takers[email][1], sentence % {"email": email})
            if not self.state.problems:
                overwrite(User, [{"id": pk, "email": email} for email, (pk, _row) in takers.items()])


class AccountRules(Rules):
    """An account that is closed lets its person in no more, at once: by the same verbs as on a page."""

    def check(self, drafts: list[Draft]) -> list[Problem]:
        changed = [draft for draft in drafts if "is_active" in draft.changes()]
        if changed and not self.state.problems:
            people = User.objects.get_queryset().in_bulk([draft.pk for draft in changed])
            opened = [people[draft.pk] for draft in changed if draft.values["is_active"]]
            closed = [people[draft.pk] for draft in changed if not draft.values["is_active"]]
            reopen_accounts(people=opened, person=None)
            close_accounts(people=closed, person=None, at=timezone.now())
        return []


class StudentRules(Rules):
    def check(self, drafts: list[Draft]) -> list[Problem]:
        problems = others_refused("students.csv", drafts) + exchanged_students(drafts)
        self.state.tolerances += doubled_students(drafts)
        return problems


class GuardianRules(Rules):
    def check(self, drafts: list[Draft]) -> list[Problem]:
        return others_refused("guardians.csv", drafts)


class MembershipRules(Rules):
    def check(self, drafts: list[Draft]) -> list[Problem]:
        without = [draft for draft in drafts if not draft.texts.keys() & {"board", "school", "program"}]
        for draft in without:
            draft.faulty = True
        sentence = _("donnez la portée du rôle\u00a0: un organisme, une école ou un programme.")
        return [Problem("memberships.csv", draft.row, "board", sentence) for draft in without]

    def written(self, drafts: list[Draft]) -> None:
        self.roles.state(drafts)


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
        self.stays = state.scratch.shelf()

    def check(self, drafts: list[Draft]) -> list[Problem]:
        self.stays.put(self._stay(draft) for draft in drafts if not draft.faulty)
        return []

    @staticmethod
    def _stay(draft: Draft) -> Entry:
        ends_on = draft.final("ends_on")
        pair = f"{draft.values['group_id']} {draft.values['student_id']}"
        stay = (ends_on and ends_on.isoformat(), draft.row, draft.texts["student"])
        return pair, draft.values["starts_on"].isoformat(), stay

    def finish(self) -> Iterable[Problem]:
        pairs = groupby(self.stays.by_key(), key=lambda entry: entry[0])
        for some in batches(((pair, list(stays)) for pair, stays in pairs), CHUNK):
            yield from self._crowded(some)

    def _crowded(self, pairs: list[tuple[str, list[Entry]]]) -> Iterator[Problem]:
        stays: dict[tuple[int, ...], dict[date, Stay]] = {}
        names: dict[int, str] = {}
        for pair, entries in pairs:
            group, student = map(int, pair.split())
            names[student] = entries[0][2][2]
            stays[group, student] = {
                date.fromisoformat(start): (date.fromisoformat(start), end and date.fromisoformat(end), row)
                for _pair, start, (end, row, _name) in entries
            }
        known = GroupMember.objects.filter(
            group__in={group for group, _student in stays if group > 0}, student__in={pair[1] for pair in stays}
        )
        for group, student, starts_on, ends_on in known.values_list("group", "student", "starts_on", "ends_on"):
            if (group, student) in stays:
                stays[group, student].setdefault(starts_on, (starts_on, ends_on, 0))
        for (_group, student), of_pair in stays.items():
            yield from self._overlaps(names[student], of_pair)

    def _overlaps(self, student: str, stays: dict[date, Stay]) -> Iterable[Problem]:
        last: Stay | None = None
        for stay in sorted(stays.values(), key=lambda stay: stay[0]):
            starts_on, ends_on, row = stay
            if ends_on is not None and ends_on <= starts_on:
                continue
            if last is not None and (last[1] is None or last[1] > starts_on) and (row or last[2]):
                yield self._problem(student, last, stay)
            if last is None or (last[1] is not None and (ends_on is None or ends_on > last[1])):
                last = stay

    def _problem(self, student: str, earlier: Stay, later: Stay) -> Problem:
        at, other = (later, earlier) if later[2] else (earlier, later)
        sentence = _(
            "«\u00a0%(student)s\u00a0» appartient déjà à ce groupe du %(start)s au %(end)s (jour de fin exclu)"
            "%(where)s."
        )
        where = _(", ligne %(row)s") % {"row": other[2]} if other[2] else _(", dans la base")
        values: dict[str, Any] = {"student": student, "start": other[0], "where": where}
        return Problem("group_members.csv", at[2], "starts_on", sentence % {**values, "end": other[1] or "…"})


class SettingRules(Rules):
    """The numbers of a guideline make sense together, with those that were already there."""

    def __init__(self, state: State, roles: RolesGiven) -> None:
        super().__init__(state, roles)
        self.given = state.scratch.shelf()

    def written(self, drafts: list[Draft]) -> None:
        self.given.put(
            (f"{draft.final('board_id')} {draft.final('guideline')}", draft.row, self._said(draft)) for draft in drafts
        )

    @staticmethod
    def _said(draft: Draft) -> tuple[str, str, int | None]:
        return draft.final("starts_on").isoformat(), draft.final("name"), draft.final("program_id")

    def finish(self) -> Iterable[Problem]:
        if self.state.problems:
            return  # nothing was written, and so nothing is in force
        for key, entries in groupby(self.given.by_key(), key=lambda entry: entry[0]):
            board, code = key.split()
            rows = [(row, *said) for _key, row, said in entries]
            since = date.fromisoformat(min(starts_on for _row, starts_on, _name, _program in rows))
            for refusal in refused_from(int(board), CATALOGUE[code], since):
                yield Problem("guideline_settings.csv", self._row_of(refusal, rows), "value", refusal.sentence)

    @staticmethod
    def _row_of(refusal: Refusal, rows: list[tuple[int, str, str, int | None]]) -> int:
        """The last row that gave the number at fault, else one that it disagrees with, else any."""
        for name in refusal.names:
            for place in (refusal.program_id, None):
                if found := [row for row, _starts_on, given, program in rows if (given, program) == (name, place)]:
                    return found[-1]
        return rows[-1][0]


class EndingReviewRules(Rules):
    """A review that comes by a file closes its case here too."""

    def written(self, drafts: list[Draft]) -> None:
        if not self.state.problems:
            close_reviewed(draft.values["dyad_id"] for draft in drafts if draft.before is None)


class ConsentRules(Rules):
    """A consent that a file withdraws takes what was kept with it."""

    def written(self, drafts: list[Draft]) -> None:
        if self.state.problems:
            return
        changed = [draft for draft in drafts if draft.before is None or draft.changes()]
        withdrawn = {draft.values["student_id"] for draft in changed if draft.final("withdrawn_on")}
        for some in batches(withdrawn, CHUNK):
            agree = Consent.objects.filter(student__in=some, withdrawn_on=None).values("student")
            Outcome.objects.filter(student__in=some).exclude(student__in=agree).delete()


class OutcomeRules(Rules):
    """Nothing is kept of a student without a consent that holds."""

    def check(self, drafts: list[Draft]) -> list[Problem]:
        if self.state.problems:
            return []
        students = {draft.values["student_id"] for draft in drafts}
        agree = set[int]()
        for some in batches(students, CHUNK):
            held = Consent.objects.filter(student__in=some, purpose=Consent.Purpose.OUTCOMES, withdrawn_on=None)
            agree |= set(held.values_list("student", flat=True))
        refused = [draft for draft in drafts if draft.values["student_id"] not in agree]
        for draft in refused:
            draft.faulty = True
        words = _("aucun consentement ne tient pour cette personne\u00a0: rien n’est gardé sans consents.csv.")
        return [Problem("outcomes.csv", draft.row, "student", words) for draft in refused]


RULES: dict[str, type[Rules]] = {
    "people": PeopleRules,
    "accounts": AccountRules,
    "students": StudentRules,
    "guardians": GuardianRules,
    "memberships": MembershipRules,
    "meetings": MeetingRules,
    "group_members": MemberRules,
    "program_roles": ProgramRoleRules,
    "style_assessments": StyleRules,
    "mentor_approaches": ApproachRules,
    "minute_items": MinuteItemRules,
    "retention_plans": RetentionPlanRules,
    "minute_tallies": MinuteTallyRules,
    "matching_rounds": RoundRules,
    "match_proposals": ProposalRules,
    "finding_decisions": FindingRules,
    "guideline_settings": SettingRules,
    "ending_reviews": EndingReviewRules,
    "consents": ConsentRules,
    "outcomes": OutcomeRules,
    "": Rules,
}
