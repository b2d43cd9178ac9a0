"""The Monday digest: what it says, to whom, when, and whose names it never says."""

import html
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.db.models import Q
from django.test import Client

from accompagnement.demo.cast import Cast
from guidelines import tasks
from guidelines.actions import take_in_charge
from guidelines.digest import digest, digest_letter
from guidelines.evaluation import evaluate_board
from guidelines.mailing import queue_round, subscribers
from guidelines.models import Evaluation, Flag, FlagEvent
from guidelines.notify import tell
from guidelines.ownership import owned_by, owners
from guidelines.reminders import reminder_letter
from mentoring.models import Dyad, DyadMeeting
from people.access import Role
from people.models import Mailing, Membership, Message, Notification, SchoolBoard, Student, User
from programs.models import Program
from tests.cast import also_mentors

pytestmark = pytest.mark.on_postgresql

ClientOf = Callable[[User], Client]


@pytest.fixture
def evaluated(cast: Cast) -> Cast:
    for board in (cast.board, cast.other_board):
        evaluate_board(board, on=cast.on)
    Notification.objects.all().delete()
    return cast


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that answers the bell at once."""
    monkeypatch.setattr(tasks.deliver, "apply_async", lambda args, **_: tasks.deliver(*args))


def named(evaluated: Cast) -> Iterator[tuple[str, User | Student]]:
    """Give everybody a name that is nobody else's and that no other word contains."""
    for person in (*Student.objects.all(), *User.objects.all()):
        token = f"{'Jeune' if isinstance(person, Student) else 'Adulte'}{person.pk:05d}z"
        type(person)._default_manager.filter(pk=person.pk).update(given_name=token)
        yield token, person


def two_schools(cast: Cast) -> None:
    """Some hold roles in two schools, and one in two boards."""
    roles = [
        (cast.nadia, Role.PROGRAM_LEAD, cast.second_school, cast.second_mentoring),
        (cast.helene, Role.RESOURCE_TEACHER, cast.school, None),
        (cast.marc, Role.PROGRAM_LEAD, cast.second_school, None),
        (cast.sylvie, Role.PROGRAM_LEAD, cast.other_school, None),
        (cast.alain, Role.MENTOR, cast.second_school, None),
    ]
    for person, role, school, program in roles:
        Membership.objects.create(
            person=person, role=role, board=school.board, school=school, program=program, starts_on=cast.on
        )
    also_mentors(cast.helene, cast.loic_sylvie)


def entitled(person: User, on: date) -> set[int | str]:
    """Slowly and plainly: the students (by id) and adults (by name) whom an e-mail to the person may name."""
    roles = [m for m in person.memberships.all() if m.starts_on <= on and (m.ends_on is None or m.ends_on > on)]
    led: set[int] = set()
    for role in roles:
        if role.role == Role.PROGRAM_LEAD:
            width = {"pk": role.program_id} if role.program_id else {"school": role.school_id}
            led |= {p.pk for p in Program.objects.filter(board=person.board, **width)}
    serves = any(role.role in (Role.MENTOR, Role.RESOURCE_TEACHER) for role in roles)
    dyads = [
        d
        for d in Dyad.objects.filter(board=person.board).select_related("mentor__person", "student")
        if d.program_id in led or (serves and d.mentor.person_id == person.pk)
    ]
    leading = User.objects.filter(led_groups__group__program__in=led)
    return (
        {d.student.given_name for d in dyads}
        | {d.mentor.person.given_name for d in dyads}
        | {adult.given_name for adult in leading}
        | {person.given_name}
    )


def tokens(text: str) -> set[str]:
    return set(re.findall(r"(?:Jeune|Adulte)\d{5}z", text))


def test_no_message_names_anybody_of_another_school_or_board(evaluated: Cast, client_of: ClientOf) -> None:
    two_schools(evaluated)
    students = {token for token, person in named(evaluated) if isinstance(person, Student)}
    tell(FlagEvent.objects.filter(kind="raised").select_related("flag"), on=evaluated.on)
    said: dict[str, set[str]] = {}
    for person in User.objects.select_related("board"):
        may = entitled(person, evaluated.on)
        letter = digest_letter(person, on=evaluated.on)
        found = tokens(f"{letter.subject} {letter.text} {letter.html}" if letter else "")
        assert found <= may, person
        assert not tokens(letter.subject if letter else "")
        page = html.unescape(client_of(person).get("/notifications/").content.decode())
        assert tokens(page) <= may, person
        said[person.key] = found & students
    for flag in Flag.objects.with_subject().filter(dyad__isnull=False):
        letter = reminder_letter(flag, person=evaluated.julie)
        may = {flag.dyad.student.given_name, flag.dyad.mentor.person.given_name, "Julie"}
        assert tokens(f"{letter.text}{letter.html}" if letter else "") <= may
    assert said["julie-archambault"]
    assert said["marc-olivier-theriault"], "own dyad, and a silent one of the school that he leads"
    assert not said["alain-dore"], "a school's manager is told of no whole school"
    assert not said["chantal-roy"]


def test_family_names_of_students_stay_home(evaluated: Cast) -> None:
    letter = digest_letter(evaluated.julie, on=evaluated.on)
    assert letter is not None
    assert "Inès B. et Marc-Olivier T." in letter.text
    words = f"{letter.subject} {letter.text} {html.unescape(letter.html)}"
    assert not [s for s in Student.objects.all() if f"{s.given_name} {s.family_name}" in words]


def test_who_owns_is_said_once_for_rows_and_for_people(evaluated: Cast) -> None:
    two_schools(evaluated)
    flags = list(Flag.objects.live())
    by_flag = owners(flags, on=evaluated.on)
    for person in User.objects.filter(board__isnull=False, is_active=True):
        mine = set(Flag.objects.live().filter(owned_by(person)).values_list("pk", flat=True))
        told = {pk for pk, people in by_flag.items() if person.pk in people}
        assert told == mine, person


def test_the_digest_says_what_changed_and_one_line_a_relation(evaluated: Cast) -> None:
    found = digest(evaluated.julie, on=evaluated.on)
    assert len({line.name for line in found.entered}) == len(found.entered) == len(found.attention.to_reach)
    assert not found.left
    [line] = digest(evaluated.marc, on=evaluated.on).entered
    assert line.name == "Inès B."
    FlagEvent.objects.update(on=evaluated.on - timedelta(days=7))
    later = digest(evaluated.julie, on=evaluated.on)
    assert (later.entered, later.attention.to_reach) == ([], found.attention.to_reach), "told last Monday"
    flag = Flag.objects.get(dyad=evaluated.ines_marc, guideline="dyad-gap")
    take_in_charge(flag=flag, person=evaluated.julie, on=evaluated.on)
    assert digest(evaluated.julie, on=evaluated.on).left == ["Inès B. et Marc-Olivier T."]
    planned = DyadMeeting.objects.filter(dyad=evaluated.ines_marc, status="planned")
    [unlogged] = digest(evaluated.marc, on=evaluated.on).unlogged
    assert unlogged.name == "Inès B."
    week = planned.filter(on__gte=evaluated.on, on__lt=evaluated.on + timedelta(days=7)).count()
    assert digest(evaluated.marc, on=evaluated.on).coming == week > 0


def test_nothing_to_say_no_message(evaluated: Cast) -> None:
    Flag.objects.all().delete()
    DyadMeeting.objects.filter(status="planned", on__lt=evaluated.on).delete()
    assert digest_letter(evaluated.marc, on=evaluated.on) is None
    queue_round(evaluated.board, on=evaluated.on)
    assert not Message.objects.filter(person=evaluated.marc).exists()


@pytest.mark.once
def test_the_queries_do_not_grow(evaluated: Cast, django_assert_max_num_queries) -> None:
    for person in (evaluated.julie, evaluated.marc):
        with django_assert_max_num_queries(11):
            digest_letter(User.objects.select_related("board").get(pk=person.pk), on=evaluated.on)


@pytest.mark.usefixtures("at_once")
def test_a_round_delivered_twice_sends_once(evaluated: Cast) -> None:
    for _ in range(2):
        tasks.send_digests(evaluated.board.pk, evaluated.on.isoformat())
        tasks.tend_outbox()
    sent = Message.objects.filter(state=Message.State.SENT)
    to = [address for letter in mail.outbox for address in letter.to]
    assert sorted(to) == sorted(message.person.email for message in sent.select_related("person"))
    assert evaluated.julie.email in to
    assert {evaluated.alain.email, evaluated.other_lead.email}.isdisjoint(to)
    assert Mailing.objects.count() == 1


@pytest.mark.usefixtures("at_once")
def test_the_preview_is_what_is_sent(evaluated: Cast, client_of: ClientOf) -> None:
    page = client_of(evaluated.marc).get("/messages/").content.decode()
    tasks.send_digests(evaluated.board.pk, evaluated.on.isoformat())
    [sent] = [letter for letter in mail.outbox if letter.to == [evaluated.marc.email]]
    body = str(sent.alternatives[0][0]).partition("</h1>\n")[2].partition("\n</body>")[0]
    assert "Inès B." in body
    assert body.strip() in page
    assert sent.body in html.unescape(page)
    assert sent.subject in html.unescape(page)
    assert "Envoyé" in client_of(evaluated.marc).get("/messages/").content.decode()


@pytest.mark.usefixtures("at_once")
def test_the_link_of_the_digest_stops_it(evaluated: Cast) -> None:
    tasks.send_digests(evaluated.board.pk, evaluated.on.isoformat())
    [sent] = [letter for letter in mail.outbox if letter.to == [evaluated.marc.email]]
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url = sent.extra_headers["List-Unsubscribe"].strip("<>")
    assert url in sent.body
    path = url.removeprefix("http://localhost:8000")
    visitor = Client(enforce_csrf_checks=True)  # a mail program has no cookie
    asked = visitor.get(path)
    assert "Ne plus le recevoir" in asked.content.decode()
    assert "Marc" not in asked.content.decode() + path
    assert evaluated.marc.pk in {person.pk for person in subscribers_of(evaluated)}, "looking is not doing"
    assert visitor.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert evaluated.marc.pk not in {person.pk for person in subscribers_of(evaluated)}
    assert visitor.post(path[:-3] + "x/").status_code == 404


def subscribers_of(cast: Cast) -> list[User]:
    return subscribers(cast.board, on=cast.on)


def test_who_says_no_after_it_was_queued_receives_nothing(evaluated: Cast, client_of: ClientOf) -> None:
    queue_round(evaluated.board, on=evaluated.on)
    client_of(evaluated.marc).post("/messages/", {"digest": "non"})
    message = Message.objects.get(person=evaluated.marc)
    tasks.deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, mail.outbox) == (Message.State.DROPPED, [])
    client_of(evaluated.marc).post("/messages/", {"digest": "oui"})
    assert evaluated.marc in subscribers_of(evaluated)


def test_an_old_digest_is_not_sent_late(evaluated: Cast) -> None:
    queue_round(evaluated.board, on=evaluated.on)
    message = Message.objects.get(person=evaluated.marc)
    with time_machine.travel(datetime(2026, 11, 25, 9, 0, tzinfo=ZoneInfo("America/Toronto"))):
        tasks.deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, mail.outbox) == (Message.State.DROPPED, [])


def test_a_role_that_is_over_opens_nothing(evaluated: Cast) -> None:
    queue_round(evaluated.board, on=evaluated.on)
    evaluated.marc.memberships.update(ends_on=evaluated.on)
    message = Message.objects.get(person=evaluated.marc)
    tasks.deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, mail.outbox) == (Message.State.DROPPED, [])


# The Mondays after the night when clocks fall back, and after the one when they spring forward.
@pytest.mark.django_db
@pytest.mark.parametrize("monday", [date(2026, 11, 2), date(2027, 3, 15)])
@pytest.mark.parametrize(
    ("days", "hour", "minute", "due"),
    [
        (0, 6, 59, []),
        (0, 7, 0, ["ile"]),
        (0, 7, 59, ["ile"]),
        (0, 8, 0, ["est", "ile"]),
        (0, 23, 0, ["est", "ile"]),
        (1, 8, 0, []),
        (-1, 9, 0, []),
    ],
)
def test_monday_at_seven_by_the_boards_own_clock(
    monkeypatch: pytest.MonkeyPatch, monday: date, days: int, hour: int, minute: int, due: list[str]
) -> None:
    """Halifax is an hour ahead of Toronto; what is not evaluated yet, or is done, does not ring."""
    for key, zone in (("est", "Toronto"), ("ile", "Halifax"), ("fait", "Halifax"), ("endormi", "Halifax")):
        board = SchoolBoard.objects.create(key=key, name=key, time_zone=f"America/{zone}")
        if key == "fait":
            Mailing.objects.create(board=board, kind="digest", on=monday)
        if key != "endormi":
            Evaluation.objects.create(board=board, on=monday + timedelta(days=max(days, 0)), catalogue_version=1)
    rung: list[tuple[str, str]] = []
    monkeypatch.setattr(
        tasks.send_digests, "delay", lambda pk, on: rung.append((SchoolBoard.objects.get(pk=pk).key, on))
    )
    day = monday + timedelta(days=days)
    moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo("America/Halifax"))
    with time_machine.travel(moment, tick=False):
        tasks.send_due_digests()
    assert sorted(rung) == [(key, monday.isoformat()) for key in due]


def test_only_those_who_support_or_lead_are_subscribers(evaluated: Cast) -> None:
    expected = set(
        Membership.objects.filter(
            Q(role=Role.MENTOR) | Q(role=Role.RESOURCE_TEACHER) | Q(role=Role.PROGRAM_LEAD), board=evaluated.board
        ).values_list("person", flat=True)
    )
    assert {person.pk for person in subscribers_of(evaluated)} == expected
