"""Notifications: who is told of what, once, and how they read it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accompagnement.demo.cast import Cast
from guidelines.evaluation import evaluate_board
from guidelines.models import Flag, FlagEvent, Severity
from guidelines.notify import tell
from people.models import Message, Notification, User
from programs.models import SchoolDay

ClientOf = Callable[[User], Client]
Kind = FlagEvent.Kind


@pytest.fixture
def evaluated(cast: Cast) -> Cast:
    for board in (cast.board, cast.other_board):
        evaluate_board(board, on=cast.on)
    Notification.objects.all().delete()
    return cast


def event(flag: Flag, kind: str = Kind.RAISED, **fields: object) -> FlagEvent:
    return FlagEvent(**{"flag": flag, "kind": kind, "on": flag.raised_on, "severity": flag.severity, **fields})


def raised(**facts: object) -> list[FlagEvent]:
    return [event(flag) for flag in Flag.objects.filter(**facts)]


def told() -> set[tuple[str, str]]:
    rows = Notification.objects.values_list("person__given_name", "kind", "target")
    assert len(rows) == len(set(rows))
    return {(name, kind) for name, kind, _ in rows}


def test_a_critical_finding_is_told_to_its_mentor_and_to_the_lead(evaluated: Cast) -> None:
    events = raised(dyad=evaluated.ines_marc)
    assert len(events) > 1
    for _ in range(2):
        tell(events, on=evaluated.on)
    assert told() == {("Marc-Olivier", "critical"), ("Julie", "critical")}
    assert Notification.objects.count() == 2, "three findings of one silence are told as one"
    note = Notification.objects.all()[0]
    assert Flag.objects.get(pk=note.target).severity == Severity.CRITICAL
    assert (note.board, note.on) == (evaluated.board, evaluated.on)


def test_a_groups_finding_is_told_to_who_leads_it_on_the_day(evaluated: Cast) -> None:
    tell(raised(group=evaluated.elan), on=evaluated.on)
    leads = {lead.person.given_name for lead in evaluated.elan.leads.active_on(evaluated.on)}
    assert told() == {(name, "critical") for name in leads | {"Julie"}}


def test_each_board_and_school_is_told_of_its_own(evaluated: Cast) -> None:
    tell(raised(), on=evaluated.on)
    for note in Notification.objects.select_related("person"):
        flag = Flag.objects.visible_to(note.person).get(pk=note.target)
        assert flag.board_id == note.board_id == note.person.board_id
    names = {name for name, _ in told()}
    assert {"Julie", "Hélène", "Sophie", "Denis", "Luc"} <= names
    assert names.isdisjoint({"Alain", "Lucie", "Chantal", "Robert", "Line", "Gilles"})


@pytest.mark.parametrize(
    ("kind", "severity", "expected"),
    [
        (Kind.RAISED, Severity.WARNING, None),
        (Kind.SEVERITY, Severity.CRITICAL, "critical"),
        (Kind.SEVERITY, Severity.WARNING, None),
        (Kind.REOPENED, Severity.WARNING, None),
        (Kind.REOPENED, Severity.CRITICAL, "reopened"),
        (Kind.CLEARED, Severity.CRITICAL, None),
        (Kind.TAKEN, Severity.CRITICAL, None),
    ],
)
def test_what_is_worth_telling(evaluated: Cast, kind: str, severity: str, expected: str | None) -> None:
    flag = Flag.objects.get(dyad=evaluated.ines_marc, guideline="dyad-critical-period")
    tell([event(flag, kind, severity=severity)], on=evaluated.on)
    assert told() == ({("Marc-Olivier", expected), ("Julie", expected)} if expected else set())


def test_what_a_person_did_is_not_news(evaluated: Cast) -> None:
    flag = Flag.objects.filter(dyad=evaluated.ines_marc).first()
    tell([event(flag, Kind.REOPENED, person=evaluated.julie)], on=evaluated.on)
    assert not told()


@pytest.mark.parametrize("state", [Flag.State.DISMISSED, Flag.State.SNOOZED])
def test_one_more_finding_of_what_was_set_aside_is_not_news(evaluated: Cast, state: str) -> None:
    Flag.objects.filter(dyad=evaluated.ines_marc).update(state=state)
    tell(raised(dyad=evaluated.ines_marc), on=evaluated.on)
    assert told() == set()


def test_a_silence_that_goes_and_comes_back_soon_is_told_once(evaluated: Cast) -> None:
    """Nothing within ten class days of the day when the facts made it leave; then it is news again."""
    flag = Flag.objects.get(dyad=evaluated.ines_marc, guideline="dyad-critical-period")
    other = Flag.objects.get(dyad=evaluated.ines_marc, guideline="dyad-frequency")
    back = event(flag, Kind.REOPENED)
    Flag.objects.filter(pk=other.pk).update(severity=Severity.CRITICAL)
    tell([back], on=evaluated.on)
    assert not told(), "another finding had made it to reach already"
    Flag.objects.filter(pk=other.pk).update(severity=Severity.WARNING)
    class_days = SchoolDay.objects.filter(school=evaluated.school, kind="class", date__lt=evaluated.on)
    days = list(class_days.order_by("-date").values_list("date", flat=True)[:11])
    gone = FlagEvent.objects.create(flag=flag, kind=Kind.CLEARED, on=days[9], severity=Severity.CRITICAL)
    tell([back], on=evaluated.on)
    assert not told()
    FlagEvent.objects.filter(pk=gone.pk).update(on=days[10])
    tell([back], on=evaluated.on)
    assert told() == {("Marc-Olivier", "reopened"), ("Julie", "reopened")}


def test_who_left_is_not_told(evaluated: Cast) -> None:
    User.objects.filter(pk=evaluated.julie.pk).update(is_active=False)
    evaluated.marc.memberships.update(ends_on=evaluated.on)
    tell(raised(dyad=evaluated.ines_marc), on=evaluated.on)
    assert not told()


def test_who_stands_in_is_told(evaluated: Cast) -> None:
    evaluated.ines_marc.substitutes.create(
        person=evaluated.sylvie, starts_on=evaluated.on, ends_on=evaluated.on + timedelta(days=1)
    )
    tell(raised(dyad=evaluated.ines_marc), on=evaluated.on)
    assert told() == {(name, "critical") for name in ("Marc-Olivier", "Sylvie", "Julie")}


@pytest.mark.once
def test_the_queries_do_not_grow(evaluated: Cast) -> None:
    def queries(events: list[FlagEvent]) -> int:
        with CaptureQueriesContext(connection) as found:
            tell(events, on=evaluated.on)
        return len([query for query in found if "SAVEPOINT" not in query["sql"]])

    everything = raised()
    reached = set(Flag.objects.to_reach(evaluated.on).values_list("pk", flat=True))
    some = [
        next(e for e in everything if e.flag_id in reached and getattr(e.flag, f"{kind}_id"))
        for kind in ("dyad", "group")
    ]
    assert queries(raised(severity=Severity.WARNING)) == 0
    assert len(everything) > 10
    assert queries(everything) <= queries(some) <= 12


def test_to_open_the_finding_is_to_have_read(evaluated: Cast, client_of: ClientOf) -> None:
    tell(raised(dyad=evaluated.ines_marc), on=evaluated.on)
    client = client_of(evaluated.marc)
    page = client.get("/notifications/").content.decode()
    assert "Inès Benali et Marc-Olivier Thériault" in page
    assert "non lue" in page
    assert "non lue" in client.get("/menu/").content.decode()
    target = Notification.objects.get(person=evaluated.marc).target
    assert f"/vigilance/{target}/" in page
    assert "non lue" not in client.get(f"/vigilance/{target}/").content.decode()
    assert Notification.objects.get(person=evaluated.marc).read_at is not None
    assert Notification.objects.get(person=evaluated.julie).read_at is None, "each reads for oneself"


def test_one_or_all_are_marked_as_read_and_only_ones_own(evaluated: Cast, client_of: ClientOf) -> None:
    tell(raised(), on=evaluated.on)
    julie = Notification.objects.filter(person=evaluated.julie)
    others = Notification.objects.exclude(person=evaluated.julie).unread().count()
    assert julie.count() > 1
    client = client_of(evaluated.julie)
    stranger = Notification.objects.get(person=evaluated.marc)
    for pk in (stranger.pk, "x", "9" * 30):
        client.post("/notifications/lues/", {"notification": pk})
    assert julie.unread().count() == julie.count()
    client.post("/notifications/lues/", {"notification": julie[0].pk})
    assert julie.unread().count() == julie.count() - 1
    client.post("/notifications/lues/")
    assert not julie.unread()
    assert Notification.objects.exclude(person=evaluated.julie).unread().count() == others


def test_what_one_may_not_read_any_more_has_no_name(evaluated: Cast, client_of: ClientOf) -> None:
    tell(raised(dyad=evaluated.ines_marc), on=evaluated.on)
    evaluated.julie.memberships.update(ends_on=evaluated.on)
    page = client_of(evaluated.julie).get("/notifications/").content.decode()
    assert "Ce point ne relève plus de vous." in page
    assert "Inès" not in page


@pytest.mark.parametrize("path", ["/notifications/", "/envois/", "/messages/"])
def test_the_lists_queries_do_not_grow(evaluated: Cast, client_of: ClientOf, path: str) -> None:
    flags = list(Flag.objects.filter(board=evaluated.board))
    day = timezone.now().date()

    def rows(first: int, last: int) -> None:
        for n in range(first, last):
            flag = flags[n % len(flags)]
            Notification.objects.create(
                person=evaluated.julie,
                board=evaluated.board,
                kind="critical",
                on=day.replace(day=n + 1),
                target=flag.pk,
            )
            Message.objects.create(
                person=evaluated.julie, board=evaluated.board, kind="digest", on=day.replace(day=n + 1), state="unknown"
            )

    client = client_of(evaluated.julie)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(path).status_code == 200
        return len(found)

    rows(0, 1)
    few = queries()
    assert few <= 13
    rows(1, 30)
    assert queries() == few
