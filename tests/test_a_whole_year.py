"""The demonstration lives a year and begins another, day by day: no finding without its fact, none of a former year.

The demonstration always stands in the middle of a year (its calendar moves with the day): the story takes it up in its
last weeks, opens the next year, turns the programmes, and plays that year whole, then the beginning of the one after.
All that people do is sent to the addresses of the pages. Each class day begins with the night's two tasks; each
Monday, and on the evening of each day when something happens, what is live is held against the slow reference.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.db.models import Q
from django.test import Client

from accompagnement.demo.cast import Cast
from guidelines import tasks as guideline_tasks
from guidelines.attention import attention
from guidelines.badges import to_reach_count
from guidelines.digest import digest
from guidelines.models import Flag
from guidelines.models.flags import RHYTHM
from guidelines.tests import reference
from mentoring import tasks as mentoring_tasks
from mentoring.models import Dyad, DyadMeeting
from people.models import User
from programs.models import GroupMeeting, Program, SchoolDay, SupportGroup
from tests.as_stored import CODES, plain_board
from tests.cast import ON
from tests.page_forms import forms_of
from tests.test_turn_of_a_year import DAY, WEEK, do, noon, shown
from tests.test_turn_on_the_demonstration import meet

pytestmark = pytest.mark.on_postgresql

LATE = frozenset(RHYTHM) - {"group-too-large"}
"""What speaks of meetings; a group that is too large is so in summer too."""
TAKEN_UP, LAST = date(2027, 5, 31), date(2028, 10, 6)
BREAKS = ((date(2027, 12, 20), date(2027, 12, 31)), (date(2028, 3, 6), date(2028, 3, 10)))
TURNS = (date(2027, 6, 14), date(2028, 6, 22))
BEGIN = (date(2027, 8, 26), date(2028, 8, 31))
RESUME = (date(2027, 9, 6), date(2028, 9, 11))
COULD_MEET = tuple(day + 2 * WEEK for day in RESUME)
MATCHED, PARTED = date(2027, 9, 20), date(2027, 11, 19)
SILENT, LOGGED_LATE = (date(2027, 10, 4), date(2027, 10, 22)), date(2027, 10, 27)
ABSENT = (date(2027, 11, 8), date(2027, 11, 15))
AWAY = (date(2027, 11, 29), date(2027, 12, 10))
LAST_WEEKS, QUIET_SPRING = (date(2027, 6, 7), date(2027, 6, 14)), date(2028, 5, 15)
YEARS = {
    date(2027, 6, 1): {
        "label": "2027-2028", "first_on": "2027-08-26", "last_on": "2028-06-22",
        "span_0_first_on": "2027-12-20", "span_0_last_on": "2027-12-31", "span_0_kind": "holiday",
        "span_1_first_on": "2028-03-06", "span_1_last_on": "2028-03-10", "span_1_kind": "holiday",
        "span_2_first_on": "2027-09-24", "span_2_kind": "pedagogical",
        "term_0_last_on": "2027-11-12", "term_1_last_on": "2028-02-18",
    },
    date(2028, 6, 1): {
        "label": "2028-2029", "first_on": "2028-08-31", "last_on": "2029-06-22",
        "span_0_first_on": "2028-12-20", "span_0_last_on": "2029-01-03", "span_0_kind": "holiday",
        "span_1_first_on": "2029-03-05", "span_1_last_on": "2029-03-09", "span_1_kind": "holiday",
        "term_0_last_on": "2028-11-10", "term_1_last_on": "2029-02-16",
    },
}  # fmt: skip


class Play:
    """The story: the day that runs, who is signed in, and what has been planned and not logged on purpose."""

    def __init__(self, cast: Cast, client_of: Callable[[User], Client]) -> None:
        self.cast, self.client_of = cast, client_of
        self.on = TAKEN_UP
        self.clients: dict[int, Client] = {}
        self.unsaid: set[int] = set()

    # What people do

    def by(self, person: User) -> Client:
        """Somebody signed in, on this day."""
        if person.pk not in self.clients:
            self.clients[person.pk] = self.client_of(person)
        return self.clients[person.pk]

    def send(self, person: User, path: str, **changes: object) -> None:
        """The form of a page as it stands, but for what is changed; a field of none is left out."""
        page = self.by(person).get(path).content.decode()
        (form,) = [one for one in forms_of(page) if changes.keys() <= {control.name for control in one.controls}]
        said = form.sent() | {
            name: value if isinstance(value, list) else [str(value)] for name, value in changes.items()
        }
        reply = self.by(person).post(path, said)
        assert reply.status_code == 302, (self.on, path, reply.context and reply.context["form"].errors)

    def confirm(self, silent: set[int]) -> None:
        """Everyone confirms at once what they had today, but for the dyads where nobody says anything."""
        marks: dict[User, list[str]] = defaultdict(list)
        dyads = DyadMeeting.objects.kept().filter(on=self.on, status="planned").select_related("dyad__mentor__person")
        for meeting in dyads:
            if meeting.dyad_id in silent:
                self.unsaid.add(meeting.pk)
            else:
                marks[self.who(meeting.dyad, meeting.dyad.mentor.person)].append(f"d{meeting.pk}")
        for other in GroupMeeting.objects.kept().filter(on=self.on, status="planned").select_related("group"):
            marks[self.who(other.group, other.group.usual_adult(self.on))].append(f"g{other.pk}")
        for person, said in marks.items():
            assert self.by(person).post("/semaine/confirmer/", {"rencontre": said}).status_code == 302
        assert not (marks and any(first <= self.on <= last for first, last in BREAKS)), "nothing is planned in a break"
        left = DyadMeeting.objects.kept().filter(on=self.on, status="planned").exclude(pk__in=self.unsaid)
        assert not (marks and left.exists()), f"{self.on}: each confirms what is theirs, or the one who stands in"

    def who(self, relation: Any, usual: User | None) -> User:
        row = relation.substitutes.filter(starts_on__lte=self.on, ends_on__gt=self.on).first()
        person = row.person if row else usual
        assert person is not None
        return person

    def turn(self, person: User, program: Program, **changes: str) -> None:
        path = f"/programmes/{program.pk}/annee-suivante/"
        client = self.by(person)
        said = shown(client, path)
        assert changes.keys() <= said.keys()
        assert do(client, path, said | {name: [value] for name, value in changes.items()}).status_code == 302

    def open_year(self) -> None:
        said = {f"annee-{name}": value for name, value in YEARS[self.on].items()}
        self.send(self.cast.alain, f"/calendrier/annee/?ecole={self.cast.school.pk}", **said)

    # What the machine does

    def night(self) -> None:
        board = self.cast.board
        mentoring_tasks.plan_board(board.pk, self.on.isoformat())
        guideline_tasks.evaluate(board.pk, self.on.isoformat())

    # What must be true

    def holds(self) -> None:
        """Each live finding has its fact, and each fact its finding, with the same number."""
        live = Flag.objects.live().filter(board=self.cast.board, guideline__in=CODES)
        found = {
            (row.guideline, f"{row.subject_kind} {row.dyad_id or row.group_id}", row.severity, row.value, row.threshold,
             row.confidence)
            for row in live
        }  # fmt: skip
        facts = {fact for fact in reference.findings(plain_board(self.cast.board), self.on) if fact[0] in CODES}
        assert found == facts, self.on

    def late(self) -> set[Dyad | SupportGroup | None]:
        rows = Flag.objects.to_watch(self.on).filter(board=self.cast.board, guideline__in=LATE)
        return {row.dyad or row.group for row in rows.with_subject()}

    def nothing_to_say(self, *people: User) -> None:
        """None of them is told anything of meetings: no count, no badge, no letter of Monday."""
        for person in people:
            rows = attention(person, on=self.on, within=Q(guideline__in=LATE)).rows
            letter = digest(person, on=self.on)
            assert (rows, to_reach_count(person), letter.entered, letter.attention.to_reach) == ([], 0, [], []), self.on


@pytest.fixture
def play(cast: Cast, client_of: Callable[[User], Client]) -> Play:
    """The cast has gone on meeting until the end of May: what the pages log from there on is not made here."""
    DyadMeeting.objects.filter(status="planned").delete()
    GroupMeeting.objects.filter(status="planned").delete()
    dyads = list(Dyad.objects.filter(board=cast.board).open_on(ON).with_people())
    meet(dyads, ON, TAKEN_UP)
    days = SchoolDay.objects.class_days().filter(school=cast.school, date__gte=ON, date__lt=TAKEN_UP)
    GroupMeeting.objects.bulk_create(
        GroupMeeting(board=cast.board, group=group, on=day, status="held", planned=True, minutes=25, logged_on=day)
        for group in SupportGroup.objects.filter(board=cast.board)
        for day in days.filter(date__week_day=3).values_list("date", flat=True)
    )
    return Play(cast, client_of)


def is_at_rest(day: date) -> bool:
    """In a break, or between the turn of a year and the day by which a week could have been met and logged."""
    in_break = any(first <= day <= last for first, last in BREAKS)
    return in_break or any(turn < day < could for turn, could in zip(TURNS, COULD_MEET, strict=True))


def days_to_play(cast: Cast) -> Iterator[date]:
    """Each class day of the school, each weekday without class in the year, and in summer each Monday."""
    day = TAKEN_UP
    while day <= LAST:
        if SchoolDay.objects.filter(school=cast.school, date=day).exists() or day.weekday() == 0:
            yield day
        day += DAY


def test_a_year_and_the_next(play: Play) -> None:
    cast = play.cast
    amelie = cast.tremplin.members.order_by("pk")[0].student
    ines, loic, maika, thomas = cast.ines_marc, cast.loic_sylvie, cast.maika_nadia, cast.thomas_nadia
    matched: list[Dyad] = []

    def turn_first() -> None:
        ended = {f"dyad_{dyad.pk}": "end" for dyad in (cast.sofia_etienne, cast.kim_nadia, cast.noah_sylvie)}
        play.turn(cast.julie, cast.mentoring, **ended)
        closed = {f"group_{group.pk}": "end" for group in (cast.elan, cast.boussole, cast.horizon)}
        play.turn(cast.julie, cast.groups_program, **closed)
        elsewhere = {f"dyad_{dyad.pk}": "end" for dyad in (cast.mia_denis, cast.alice_pascal)}
        play.turn(cast.helene, cast.second_mentoring, **elsewhere)

    def match() -> None:
        play.send(cast.julie, "/dyades/nouvelle/", student=amelie.pk, mentor=cast.marc_mentor.pk,
                  program=cast.mentoring.pk, starts_on=MATCHED, last_day="2028-06-20")  # fmt: skip
        matched.append(Dyad.objects.get(student=amelie))
        play.send(cast.julie, f"/dyades/{matched[0].pk}/horaire/", weekday=2, starts_at="12:10", starts_on=MATCHED)

    def log_late() -> None:
        missed = DyadMeeting.objects.kept().filter(dyad=loic, status="planned", on__lte=SILENT[1])
        assert missed.count() >= 3
        assert play.late() == {loic}
        for meeting in missed:
            play.by(cast.sylvie).post(f"/rencontres/{meeting.pk}/tenue/")
        assert play.late() == set(), "what is logged late is no silence"

    def absent() -> None:
        meeting = DyadMeeting.objects.kept().get(dyad=thomas, on=play.on)
        play.send(cast.nadia, f"/rencontres/{meeting.pk}/non-tenue/", reason="student_absent")

    def replaced() -> None:
        play.send(cast.nadia, f"/personnes/{cast.nadia.pk}/absence/", starts_on=AWAY[0], last_day=AWAY[1],
                  substitute=cast.julie.pk)  # fmt: skip

    def part() -> None:
        play.send(cast.julie, f"/dyades/{matched[0].pk}/terminer/", last_day=PARTED, reason="Déménagement",
                  ended_by="family", closure_talk="planned", end_code="student_left", confirm="on")  # fmt: skip

    def say_farewell() -> None:
        assert short().exists(), "two months: a case to review"
        play.send(cast.marc, f"/dyades/{matched[0].pk}/dernier-echange/", talk="held", day=PARTED)

    def short() -> Any:
        return Flag.objects.live().filter(dyad=matched[0], guideline="dyad-duration-short")

    def turn_second() -> None:
        assert play.late() == {loic, maika}, "silent since the middle of May"
        ends = {f"dyad_{ines.pk}": "end", f"dyad_{thomas.pk}": str(cast.marc_mentor.pk)}
        play.turn(cast.julie, cast.mentoring, **ends)
        play.turn(cast.julie, cast.groups_program)
        assert play.late() == set()

    deeds: dict[date, Callable[[], None]] = {
        **dict.fromkeys(YEARS, play.open_year), TURNS[0]: turn_first, MATCHED: match, LOGGED_LATE: log_late,
        **dict.fromkeys(ABSENT, absent), AWAY[0]: replaced, PARTED: part, PARTED + 3 * DAY: say_farewell,
        TURNS[1]: turn_second,
    }  # fmt: skip
    for day in days_to_play(cast):
        play.on, play.clients = day, {}
        with noon(day):
            play.night()
            if day.weekday() == 0:
                play.holds()
            if is_at_rest(day):
                assert play.late() == set(), day
                if day.weekday() == 0 and (day - WEEK).month != day.month:
                    play.nothing_to_say(cast.julie, cast.nadia, cast.sylvie)
            if day in deeds:
                deeds[day]()
            silent: set[int] = set()
            if SILENT[0] <= day <= SILENT[1] or QUIET_SPRING <= day <= TURNS[1]:
                silent.add(loic.pk)
            if LAST_WEEKS[0] <= day <= LAST_WEEKS[1]:
                silent.add(thomas.pk)
            if day >= QUIET_SPRING:
                silent.add(maika.pk)
            play.confirm(silent)
            if day in deeds:
                play.holds()
            if day >= COULD_MEET[1]:
                assert play.late() <= {maika}, f"{day}: who meets again since September is late of nothing"
                assert not short().exists(), "of the former year"
    assert play.late() == {maika}, "silent in September too: its own fact"
