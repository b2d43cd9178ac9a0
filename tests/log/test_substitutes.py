"""Standing in for a dyad's mentor or a group's lead: what opens, on which days, and who is credited."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accompagnement.demo.cast import Cast
from guidelines.evaluation import evaluate_board
from guidelines.models import Flag
from people.models import AuditEntry, Guardian, Membership, Student, User
from tests.log.book import Book, only
from tests.log.kinds import DYAD_MEETING, GROUP, SAMPLE
from tests.log.page import comparison, html, opened, restorable

pytestmark = pytest.mark.on_postgresql

DAY = timedelta(days=1)
OTHER_DAYS = "Vous remplacez du 19 novembre 2026 au 26 novembre 2026"


def stand_in(book: Book, name: str = "", since: int = -4, until: int = 4, **more: Any) -> Any:
    """Somebody stands in for Nadia, since last Thursday and until Thursday."""
    person = getattr(book.cast, name or book.relation.stand_in)
    days = {"starts_on": book.today + since * DAY, "ends_on": book.today + until * DAY}
    return book.relation.substitute.objects.create(**{book.relation.name: book.of}, person=person, **days, **more)


def person(book: Book) -> User:
    user: User = getattr(book.cast, book.relation.stand_in)
    return user


def test_the_range_opens_the_relation_and_nothing_else(meetings: Book) -> None:
    row, relation, cast = stand_in(meetings), meetings.relation, meetings.cast
    evaluate_board(cast.board, on=cast.on)
    meetings.kind.model.objects.filter(pk=meetings.rows.filter(status="held").latest("on").pk).update(
        note="Cela reste entre nous", note_level="confidential"
    )
    client = meetings.who(relation.stand_in)
    codes = {f"{meetings.home}{page}/": 200 for page in relation.logged_by_substitute}
    codes |= {f"{meetings.home}{page}/": 403 for page in relation.kept_from_substitute}
    codes |= {f"{relation.pages}{relation.another(cast).pk}/": 404}
    assert {path: client.get(path).status_code for path in codes} == codes
    shown = html(client.get(meetings.home))
    assert "Cela reste entre nous" not in shown
    assert "Formation initiale" not in shown
    student = meetings.student()
    assert student in Student.objects.visible_to(person(meetings))
    assert relation.found(cast) in html(client.post("/recherche/", {"q": relation.found(cast)}))
    about = Flag.objects.filter(**{relation.name: meetings.of})
    assert set(about) <= set(Flag.objects.visible_to(person(meetings)))
    assert not Flag.objects.visible_to(person(meetings)).filter(mentor=cast.nadia_mentor).exists()
    guardian = Guardian.objects.create(board=cast.board, student=student, given_name="Amina")
    assert guardian in Guardian.objects.visible_to(person(meetings))
    Membership.objects.filter(person=person(meetings)).update(ends_on=cast.on)
    of_the_kind = type(meetings.of).objects
    assert not of_the_kind.visible_to(User.objects.get(pk=row.person_id)).filter(pk=meetings.of.pk).exists()


def test_seven_days_more_to_finish_logging_then_nothing(meetings: Book) -> None:
    row = stand_in(meetings, since=-20, until=-6)
    client, student = meetings.who(meetings.relation.stand_in), meetings.student()
    assert [client.get(path).status_code for path in (meetings.home, meetings.page)] == [200, 200]
    row.ends_on = meetings.today - 7 * DAY
    row.save()
    assert [client.get(path).status_code for path in (meetings.home, meetings.page)] == [404, 404]
    assert str(meetings.of) not in html(client.get(meetings.relation.pages))
    assert student not in Student.objects.visible_to(person(meetings))
    assert (
        not meetings.kind.model.objects.loggable_by(person(meetings))
        .filter(**{meetings.relation.name: meetings.of})
        .exists()
    )


@only(*SAMPLE)
def test_only_the_days_of_the_range_are_logged_corrected_undone_and_put_back(book: Book) -> None:
    stand_in(book)
    before, client = book.log(day=book.today - 6 * DAY), book.who(book.relation.stand_in)
    undo = book.undo()
    refused = book.send(book.typed(day=book.today - 5 * DAY), client)
    assert (refused.status_code, OTHER_DAYS in html(refused)) == (422, True)
    assert client.post(undo).status_code == 403
    assert book.correct(before, client).status_code in (403, 422)
    assert book.rows.filter(pk=before.pk, logged_by=book.cast.nadia).exists()
    mine = book.log(client, day=book.today - DAY)
    assert mine.logged_by == person(book)
    for row in (before, mine):
        row.deleted_at = timezone.now()
        row.save()
    ((address, said),) = restorable(client.get(book.undone()))
    assert address == f"/entrees/{book.kind.slug}/{mine.pk}/retablir/"
    gone = f"/entrees/{book.kind.slug}/{before.pk}/retablir/"
    assert client.post(gone, {"version": before.history.last().pk, "vu": before.history.first().pk}).status_code == 404
    assert client.post(address, said).status_code == 302
    assert book.rows.filter(pk__in=(before.pk, mine.pk)).get() == mine


def test_a_plan_of_another_day_waits_and_is_not_in_their_week(meetings: Book) -> None:
    row = stand_in(meetings)
    days = {days: meetings.plan_on(meetings.today + days * DAY) for days in (-6, -5, 0, 5)}
    client = meetings.who(meetings.relation.stand_in)
    week = client.get("/semaine/").context["agenda"]
    slots = [*week.open, *week.waiting, *(slot for day in week.days for slot in day.slots)]
    name = meetings.relation.name
    mine = {slot.meeting.on for slot in slots if getattr(slot.meeting, f"{name}_id", None) == meetings.of.pk}
    assert meetings.today in mine
    assert all(row.starts_on <= day < row.ends_on for day in mine)
    client.post(f"{meetings.relation.meetings}{days[-5].pk}/tenue/")
    client.post("/semaine/confirmer/", {"rencontre": f"{name[0]}{days[0].pk}"})
    for waiting in days.values():
        waiting.refresh_from_db()
    assert {day: (one.status, one.met_by) for day, one in days.items() if day in (-5, 0)} == {
        -5: ("planned", None), 0: ("held", person(meetings)),
    }  # fmt: skip


def test_credit_stays_with_whoever_met(meetings: Book) -> None:
    row = stand_in(meetings)
    theirs, usual = str(row.person_id), {"met_by": "usual"}

    def met(name: str, **changes: Any) -> User | None:
        who: User | None = meetings.log(meetings.who(name), second="on", day=meetings.today, **changes).met_by
        return who

    asked = "Qui a tenu la rencontre"
    meetings.rows.filter(on=meetings.today).delete()
    assert asked in html(meetings.nadia.get(meetings.page))
    assert asked not in html(meetings.who(meetings.relation.stand_in).get(meetings.page))
    assert met(meetings.relation.stand_in) == person(meetings)
    assert met("nadia") == person(meetings)
    assert met("nadia", **usual) is None
    assert met("julie", met_by=theirs) == person(meetings)
    mine = meetings.rows.filter(met_by=row.person).latest("pk")
    assert f"par {row.person}" in html(meetings.nadia.get(meetings.home))
    assert meetings.correct(mine, **usual).status_code == 302
    mine.refresh_from_db()
    assert mine.met_by is None
    meetings.correct(mine, met_by=theirs)
    row.delete()
    assert meetings.correct(mine, minutes="60").status_code == 302
    mine.refresh_from_db()
    assert (mine.minutes, mine.met_by) == (60, person(meetings))
    assert asked not in html(meetings.nadia.get(meetings.page))


def test_two_who_disagree_on_who_met_see_it(meetings: Book) -> None:
    row = stand_in(meetings)
    meetings.rows.filter(on=meetings.today).delete()
    theirs = {"met_by": str(row.person_id)}
    mine = meetings.log(day=meetings.today, **theirs)
    seen = opened(meetings.julie, meetings.edit(mine))
    assert meetings.correct(mine, note="Vif", **theirs).status_code == 302
    clash = meetings.correct(mine, meetings.julie, since=seen, note="Vif", met_by="usual")
    assert clash.status_code == 422
    assert str(row.person) in [theirs for yours, theirs in comparison(clash).values() if yours != theirs]


def test_of_two_substitutes_the_one_who_is_chosen_is_credited(meetings: Book) -> None:
    first, second = stand_in(meetings, "etienne", -11, -4), stand_in(meetings)
    before = meetings.today - 5 * DAY

    def met(day: Any, **said: str) -> User | None:
        who: User | None = meetings.log(second="on", day=day, **said).met_by
        return who

    chosen = {day: met(day, met_by=str(second.person_id)) for day in (before, meetings.today)}
    assert chosen[meetings.today] == second.person
    assert met(before, met_by=str(first.person_id)) == first.person
    assert met(before) == first.person, "nobody was named: whoever stood in that day"
    assert met(before, met_by="usual") is None


def test_a_new_range_does_not_open_the_days_of_an_old_one(meetings: Book) -> None:
    stand_in(meetings)
    old = meetings.today - 40 * DAY
    stand_in(meetings, since=-40, until=-33)
    past = meetings.plan_on(old)
    past.status = "held"
    past.save()
    client = meetings.who(meetings.relation.stand_in)
    sent = meetings.typed(second="on", late_reason="Oubli", **meetings.on_other(old))
    assert meetings.send(sent, client).status_code == 422
    assert client.post(meetings.undo_of(past)).status_code == 403


def test_a_substitute_changes_no_finding(meetings: Book) -> None:
    def findings() -> set[tuple[str, int | None]]:
        evaluate_board(meetings.cast.board, on=meetings.today)
        live = Flag.objects.filter(**{meetings.relation.name: meetings.of}, cleared_on__isnull=True)
        return set(live.values_list("guideline", "value"))

    row = stand_in(meetings)
    with_one = findings()
    row.delete()
    assert findings() == with_one


def test_a_substitute_is_named_once_for_a_day_by_who_may(meetings: Book) -> None:
    """Nadia, of the school's staff, for her own; who stands in ends nothing."""
    cast, relation = meetings.cast, meetings.relation
    path, on = f"{meetings.home}remplacement/", cast.on.isoformat()
    other = cast.julie if relation is GROUP else cast.etienne
    sent = {"substitute": person(meetings).pk, "starts_on": on, "last_day": "2026-11-27"}
    for wrong in (
        {"substitute": cast.nadia.pk},
        {"substitute": cast.other_mentor.pk},
        {"substitute": cast.alain.pk},
        {"last_day": "2026-11-20"},
        {"starts_on": "2026-09-01"},
        {"last_day": "2028-01-01"},
    ):
        assert meetings.julie.post(path, sent | wrong).status_code == 422, wrong
    assert [meetings.nadia.post(path, sent).status_code for _click in range(2)] == [302, 302]
    taken = meetings.julie.post(path, sent | {"substitute": other.pk, "starts_on": "2026-11-27"})
    assert taken.status_code == 422
    row = meetings.of.substitutes.get()
    end = f"{relation.substitutes}{row.pk}/terminer/"
    client = meetings.who(relation.stand_in)
    assert client.post(path, sent).status_code == 403
    assert client.post(end).status_code == 403
    assert meetings.who("other_lead").post(end).status_code == 404
    meetings.nadia.post(end)
    row.refresh_from_db()
    assert row.ends_on == cast.on + DAY
    assert client.get(meetings.home).status_code == 200
    meetings.nadia.post(end, {"retirer": "1"})
    assert client.get(meetings.home).status_code == 404
    verbs = AuditEntry.objects.filter(subject_type__endswith=f".{relation.name}substitute").values_list(
        "verb", flat=True
    )
    assert sorted(verbs) == [
        f"{relation.name}.{what}" for what in ("substitute_added", "substitute_ended", "substitute_removed")
    ]


def test_a_mentor_who_is_no_staff_names_nobody(cast: Cast, client_of: Any) -> None:
    sent = {"substitute": cast.sylvie.pk, "starts_on": "2026-11-23", "last_day": "2026-11-27"}
    path = f"/dyades/{cast.ines_marc.pk}/remplacement/"
    assert client_of(cast.marc).post(path, sent).status_code == 403
    assert client_of(cast.nadia).post(path, sent).status_code == 404


def test_leads_and_substitutes_of_a_group_read_in_order(cast: Cast, client_of: Any) -> None:
    book = Book(cast, GROUP, DYAD_MEETING, client_of)
    stand_in(book)
    lead = cast.tremplin.leads.get()
    lead.ends_on, lead.reason = cast.on + 10 * DAY, "left"
    lead.save()
    cast.tremplin.leads.create(person=cast.julie, starts_on=lead.ends_on)
    shown = book.nadia.get(book.home).context["tenures"]
    assert [(one.person, one.is_substitute) for one in shown] == [
        (cast.julie, False),
        (cast.karim, True),
        (cast.nadia, False),
    ]


def test_the_pages_queries_do_not_grow_with_the_substitutes(meetings: Book) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert meetings.julie.get(f"{meetings.home}remplacement/").status_code == 200
        return len(found)

    stand_in(meetings)
    queries()
    one = queries()
    for week in range(1, 9):
        stand_in(meetings, since=7 * week, until=7 * week + 7)
    assert queries() == one
