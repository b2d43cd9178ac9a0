"""A planned meeting is held in one tap, or was not held and one says why; nobody's words are overwritten unseen."""

import re
from datetime import timedelta
from typing import Any

import pytest

from people.models import SchoolBoard
from tests.log.book import Book, only
from tests.log.kinds import DYAD_MEETING, GROUP_MEETING
from tests.log.page import comparison, form_in, html, opened, told, undo_in, words

pytestmark = pytest.mark.on_postgresql

NOTHING_LEFT = "Il n’y a plus rien à annuler pour cette rencontre"
WHY = "La personne était en congé."


def held(book: Book, row: Any) -> str:
    return f"{book.relation.meetings}{row.pk}/tenue/"


def not_held(book: Book, row: Any) -> str:
    return f"{book.relation.meetings}{row.pk}/non-tenue/"


def outcome(row: Any) -> tuple[str, str, str]:
    row.refresh_from_db()
    return row.status, row.reason, row.note


def test_one_tap_logs_the_plan_once_and_credits_who_tapped_first(meetings: Book) -> None:
    row = meetings.planned()
    reply = meetings.nadia.post(held(meetings, row))
    assert (reply.status_code, reply["Location"]) == (302, "/semaine/")
    back = meetings.julie.post(held(meetings, row), meetings.relation.back_to)
    assert (back.status_code, back["Location"]) == (302, meetings.home)
    row.refresh_from_db()
    assert (row.status, row.minutes, row.planned) == ("held", 25, True)
    assert (row.logged_on, row.logged_by) == (meetings.today, meetings.cast.nadia)
    assert meetings.rows.filter(on=meetings.today).count() == 1
    SchoolBoard.objects.filter(pk=meetings.cast.board.pk).update(time_zone="America/Halifax")
    assert "Consignée à 10 h" in words(meetings.nadia.get("/semaine/")), "the hour is that of the board's clocks"


def test_a_meeting_to_come_is_not_held_yet(meetings: Book) -> None:
    row = meetings.planned(meetings.today + timedelta(days=7))
    reply = meetings.nadia.post(held(meetings, row), follow=True)
    assert (reply.status_code, meetings.kind.future in html(reply)) == (meetings.relation.tap_refused, True)
    assert outcome(row)[0] == "planned"


def test_undo_lets_the_plan_wait_again_twice_harmless_and_the_form_is_heard_again(meetings: Book) -> None:
    row, sent = meetings.planned(), meetings.typed(day=meetings.today, minutes="60", note="Trop vite")
    meetings.send(sent)
    undo = meetings.undo()
    for said in (meetings.relation.planned_again, NOTHING_LEFT):
        assert said in told(meetings.nadia.post(undo))
        row.refresh_from_db()
        assert (row.status, row.minutes, row.note) == ("planned", 25, "")
        assert (row.logged_by, row.logged_on, row.deleted_at) == (None, None, None)
    meetings.send(sent)
    assert outcome(row) == ("held", "", "Trop vite")


@only(DYAD_MEETING, GROUP_MEETING)
def test_a_tap_on_what_came_in_bulk_changes_nothing_and_leaves_nothing_to_undo(book: Book) -> None:
    row = book.rows.filter(status="held").latest("on")
    undo = undo_in(book.nadia.post(held(book, row)))
    assert NOTHING_LEFT in told(book.nadia.post(undo))
    assert book.rows.get(pk=row.pk).saved_at == row.saved_at


def test_not_held_asks_why_and_keeps_what_was_typed(meetings: Book) -> None:
    row = meetings.planned()
    address = not_held(meetings, row)
    refused = meetings.nadia.post(address, {"note": "Partie tôt"})
    assert refused.status_code == 422
    assert all(said in html(refused) for said in ("Partie tôt", *meetings.relation.not_held_says))
    sent = opened(meetings.nadia, address) | {"reason": "student_absent", "note": "Elle a la grippe"}
    for _time in range(2):
        assert meetings.nadia.post(address, sent).status_code == 302
    assert outcome(row) == ("not_held", "student_absent", "Elle a la grippe")
    assert row.history.filter(status="not_held").count() == 1
    meetings.nadia.post(held(meetings, row))
    assert outcome(row)[0] == "not_held", "one tap does not undo a reason"
    assert meetings.nadia.post(address, opened(meetings.nadia, address) | {"reason": "other"}).status_code == 302
    assert outcome(row) == ("not_held", "other", "Elle a la grippe")


def test_not_held_is_undone_to_the_plan(meetings: Book) -> None:
    row = meetings.planned()
    said = meetings.nadia.post(not_held(meetings, row), {"reason": "school_closed", "note": "Panne"})
    meetings.nadia.post(undo_in(said))
    assert outcome(row) == ("planned", "", "")


def test_the_second_reason_is_compared_with_the_first(meetings: Book) -> None:
    row = meetings.planned()
    address, first = not_held(meetings, row), ("not_held", "student_absent", "Elle a la grippe")
    seen = opened(meetings.julie, address)
    meetings.nadia.post(address, opened(meetings.nadia, address) | {"reason": first[1], "note": first[2]})
    mine = {"reason": "school_closed", "note": "Tempête"}
    clash = meetings.julie.post(address, seen | mine)
    assert clash.status_code == 422
    beside = comparison(clash)
    assert (beside["Note"], beside["Motif"]) == (
        ("Tempête", "Elle a la grippe"), ("école fermée", "absence de l’élève"),
    )  # fmt: skip
    assert outcome(row) == first
    assert meetings.julie.post(address, seen | mine | {"choice": "theirs"}).status_code == 302
    assert outcome(row) == first
    assert meetings.julie.post(address, form_in(clash)).status_code == 302
    assert outcome(row) == ("not_held", "school_closed", "Tempête")


def test_not_held_says_nothing_over_a_meeting_that_was_held_meanwhile(meetings: Book) -> None:
    row = meetings.planned()
    sent = opened(meetings.nadia, not_held(meetings, row)) | {"reason": "school_closed"}
    meetings.julie.post(held(meetings, row))
    assert meetings.nadia.post(not_held(meetings, row), sent).status_code == 422
    assert outcome(row)[0] == "held"


def test_an_old_plan_asks_why_before_it_is_held_or_not(meetings: Book) -> None:
    day = meetings.today - timedelta(days=40)
    row = meetings.plan_on(day)
    tapped = meetings.nadia.post(held(meetings, row), follow=True)
    assert tapped.status_code == 200
    assert 'name="late_reason"' in html(tapped)
    assert form_in(tapped)["day"] == day.isoformat()
    address = not_held(meetings, row)
    assert meetings.nadia.post(address, {"reason": "other"}).status_code == 422
    assert meetings.nadia.post(address, {"reason": "other", "late_reason": WHY}).status_code == 302
    assert (outcome(row)[0], row.late_reason) == ("not_held", WHY)


def test_what_is_ticked_of_today_is_held_and_taken_back_together(meetings: Book) -> None:
    """Also what the other relation waits for; what was corrected since stays."""
    row = meetings.planned()
    listed = re.findall(r'name="rencontre" value="(\w+)"', html(meetings.nadia.get("/semaine/confirmer/")))
    mark = f"{meetings.relation.name[0]}{row.pk}"
    assert mark in listed
    undo = undo_in(meetings.nadia.post("/semaine/confirmer/", {"rencontre": listed}))
    meetings.correct(row, minutes="60")
    assert f"{len(listed) - 1} rencontres attendent de nouveau" in told(meetings.nadia.post(undo))
    assert outcome(row)[0] == "held"
    assert "plus rien à annuler" in told(meetings.nadia.post(undo))


def test_one_that_can_not_be_held_keeps_no_other_from_it_and_nobody_elses_is_listed(meetings: Book) -> None:
    row, relation = meetings.planned(), meetings.relation
    other = relation.meeting.objects.get(
        on=meetings.today, status="planned", **{relation.name: relation.another(meetings.cast)}
    )
    away = relation.meeting(on=meetings.today, status="planned", board=meetings.cast.board)
    setattr(away, relation.name, relation.someone_elses(meetings.cast))
    away.save()
    relation.end(meetings.of, meetings.today)
    marks = [f"{relation.name[0]}{one.pk}" for one in (row, other, away)]
    listed = re.findall(r'name="rencontre" value="(\w+)"', html(meetings.nadia.get("/semaine/confirmer/")))
    assert marks[2] not in listed
    page = meetings.nadia.post("/semaine/confirmer/", {"rencontre": marks}, follow=True)
    assert relation.ended in html(page)
    assert [outcome(one)[0] for one in (row, other, away)] == ["planned", "held", "planned"]
