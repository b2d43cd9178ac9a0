"""Logged for the first time: once, however often it is sent, and never what can't be true."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest

from people.models import Draft
from tests.log.book import Book, only
from tests.log.kinds import CONTACT, DYAD_MEETING, FAMILY, GROUP_REVIEW, LIAISON, MEETINGS, SAMPLE
from tests.log.page import Sent, html, opened, words

pytestmark = pytest.mark.on_postgresql

WHY = "La personne était en congé."


def test_what_is_said_is_kept_once_however_often_it_is_sent(book: Book) -> None:
    """Also the longest note and meeting that may be; what is typed meanwhile comes back until it is saved."""
    form, note = opened(book.nadia, book.page), "x" * book.kind.limits.note
    book.nadia.post("/brouillons/", form | {"note": note})
    taken_up = opened(book.nadia, book.page)
    assert taken_up == form | {"note": note, "opened_by": taken_up["opened_by"]}
    longest = minutes(book.kind.limits.minutes) if book.kind.limits.minutes else {}
    said = {**book.relation.set_aside, **book.kind.said, **longest, "note_level": None}
    for _time in range(2):
        assert book.send(book.typed(**{**taken_up, "day": book.free, **said})).status_code == 302
    assert not Draft.objects.exists()
    row = book.rows.get(on=book.free)
    author = book.cast.julie if book.kind.all_lead else book.cast.nadia
    assert (row.logged_by, row.logged_on, row.note, row.note_level) == (author, book.today, note, book.kind.level)
    told = {name: longest["other_minutes"] if name == "minutes" else book.kind.said[name] for name in book.kind.kept}
    assert {name: str(getattr(row, name)) for name in told} == {name: str(value) for name, value in told.items()}


def test_what_other_calls_for_is_never_said_to_be_optional(book: Book) -> None:
    book.log()
    for address in (book.page, book.edit(book.rows.get(on=book.free))):
        page = html(book.nadia.get(address))
        called_for = re.findall(r'<label[^>]*for="id_other_\w+">(.*?)</label>', page, re.DOTALL)
        assert called_for
        assert "facultatif" not in "".join(called_for)


def test_another_form_that_says_the_same_is_the_same_or_asks(book: Book) -> None:
    assert book.send(book.typed()).status_code == 302
    again = book.send(book.typed(note="Gardez-moi" if book.kind.asks_second else ""))
    if book.kind.asks_second:
        assert again.status_code == 422
        assert all(said in html(again) for said in ('name="second"', "déjà consigné", "Gardez-moi"))
    assert book.rows.filter(on=book.free).count() == 1
    if book.kind.asks_second:
        assert book.send(book.typed(second="on")).status_code == 302
        assert book.rows.filter(on=book.free).count() == 2
    if book.kind.other_means:
        another = book.log(**book.kind.other_means)
        assert book.rows.exclude(pk=another.pk).count() == book.rows.count() - 1 > 0, "it is another fact"


@only(*SAMPLE, GROUP_REVIEW, LIAISON)
def test_a_form_serves_one_relation(book: Book) -> None:
    other = book.relation.another(book.cast)
    if book.kind.whom:
        other.members.create(student=book.student(), starts_on=other.starts_on)
    sent = book.typed()
    assert book.send(sent).status_code == 302
    reused = book.nadia.post(book.page.replace(f"/{book.of.pk}/", f"/{other.pk}/"), sent)
    assert (reused.status_code, book.kind.reused in html(reused)) == (422, True)
    assert not book.kind.model.objects.filter(**{book.relation.name: other}, on=book.free).exists()


def impossible(book: Book) -> list[tuple[Sent, str]]:
    """What is changed in a form that could be, and the sentence that refuses it."""
    kind, tomorrow = book.kind, book.today + timedelta(days=1)
    outside = "n’est pas du groupe" if kind.whom else book.relation.started
    return [
        ({"day": tomorrow}, kind.future),
        (book.on_other(book.of.starts_on - timedelta(days=1)), outside),
        ({"entry_uuid": "pas-un-uuid"}, kind.key_missing),
        ({"note": "x" * (kind.limits.note + 1)}, kind.limits.note_too_long),
        *([(minutes(kind.limits.minutes + 1), kind.limits.minutes_refused)] if kind.limits.minutes else ()),
        *([({"students": ["9" * 21]}, "n’est pas du groupe")] if kind.whom else ()),
        *([(dict.fromkeys(kind.said) | {"note": ""}, kind.empty)] if kind.empty else ()),
    ]


def minutes(number: int | str) -> Sent:
    return {"minutes": "other", "other_minutes": str(number)}


def test_what_can_t_be_is_refused_in_a_sentence_and_what_was_typed_stays(book: Book) -> None:
    before = book.rows.count()
    for changes, sentence in impossible(book):
        refused(book, changes, sentence)
    assert book.nadia.put(book.page).status_code == book.kind.limits.put
    assert book.rows.count() == before


def refused(book: Book, changes: Sent, sentence: str) -> None:
    reply = book.send(book.typed(**{"note": "Gardez ceci"} | changes))
    assert reply.status_code == 422, changes
    assert "Il y a un problème" in html(reply), changes
    assert sentence in html(reply), changes
    assert "note" in changes or "Gardez ceci" in html(reply), changes


def test_odd_words_in_any_field_of_a_meeting_are_refused_in_a_sentence(meetings: Book) -> None:
    limits, before = meetings.kind.limits, meetings.rows.count()
    odd: list[tuple[Sent, str]] = [
        (meetings.on_other(meetings.today + timedelta(days=40)), meetings.kind.future),
        (meetings.on_other("0001-01-01"), "Vérifiez l’année"),
        (meetings.on_other("2026-13-05"), "Cette date n’existe pas"),
        ({"day": "\x00"}, "Cette date n’existe pas"),
        ({"day": None}, "Choisissez le jour"),
        ({"minutes": None}, "Choisissez la durée"),
        ({"minutes": "9" * 40}, ""),
        ({next(iter({"channel", "activities"} & set(meetings.kind.said))): "pigeon"}, ""),
        (minutes(""), "Indiquez la durée"),
        (minutes(0), limits.minutes_refused),
        (minutes("2\x005"), "en chiffres"),
        ({"entry_uuid": None}, meetings.kind.key_missing),
        ({"note": "a\x00b"}, ""),
    ]
    for changes, sentence in odd:
        refused(meetings, changes, sentence)
    every = html(meetings.send(meetings.typed(day=meetings.today + timedelta(days=1), **minutes(999))))
    assert meetings.kind.future in every, "every error is said at once"
    assert limits.minutes_refused in every
    assert meetings.rows.count() == before


@only(*SAMPLE)
def test_a_day_after_the_end_is_refused(book: Book) -> None:
    book.relation.end(book.of, book.today)
    late = book.send(book.typed(day=book.today))
    assert (late.status_code, book.relation.ended in html(late)) == (422, True)


def test_thirty_days_ask_nothing_and_one_more_asks_why(meetings: Book) -> None:
    edge, day = (meetings.today - timedelta(days=days) for days in (30, 31))
    meetings.rows.filter(on__in=(edge, day)).delete()
    assert 'name="late_reason"' not in html(meetings.nadia.get(meetings.page))
    assert meetings.send(meetings.typed(day=edge)).status_code == 302
    sent = meetings.typed(note="Gardez-moi", **meetings.on_other(day))
    refused = meetings.send(sent)
    assert refused.status_code == 422
    assert all(said in html(refused) for said in ('name="late_reason"', "Gardez-moi"))
    assert meetings.send(sent | {"late_reason": f" {WHY} "}).status_code == 302
    logged = meetings.rows.get(on=day)
    assert (logged.late_reason, logged.status) == (WHY, "held")
    assert WHY in words(meetings.nadia.get(meetings.home))
    # A correction that leaves the day keeps the reason, and one that leaves an ordinary meeting where it is asks none.
    kept = opened(meetings.nadia, meetings.edit(logged))
    assert meetings.correct(logged, since=kept, minutes="60").status_code == 302
    logged.refresh_from_db()
    assert (logged.late_reason, logged.minutes) == (WHY, 60)
    old = meetings.relation.meeting(on=day - timedelta(days=9), status="held", board=meetings.cast.board)
    setattr(old, meetings.relation.name, meetings.of)
    old.save()
    assert meetings.correct(old, minutes="60", channel="in_person").status_code == 302
    moved = meetings.correct(meetings.rows.get(on=edge), **meetings.on_other(day - timedelta(days=1)))
    assert (moved.status_code, 'name="late_reason"' in html(moved)) == (422, True)


def test_the_page_fulfils_the_days_plan_instead_of_adding_to_it(meetings: Book) -> None:
    planned = meetings.planned()
    sent = meetings.typed(day=meetings.today)
    assert meetings.send(sent).status_code == 302
    rows = meetings.rows.filter(on=meetings.today)
    assert [(row.pk, row.status, row.minutes, row.planned) for row in rows] == [(planned.pk, "held", 40, True)]
    assert (rows[0].logged_by, rows[0].logged_on) == (meetings.cast.nadia, meetings.today)


@only(DYAD_MEETING)
def test_a_contact_fulfils_no_plan(book: Book) -> None:
    book.send(book.typed(day=book.today, channel="phone"))
    rows = book.rows.filter(on=book.today).order_by("pk")
    assert [(row.status, row.channel == "phone") for row in rows] == [("planned", False), ("held", True)]


@only(CONTACT, FAMILY)
def test_several_students_are_a_record_each_and_only_whom_it_doubles_is_named(book: Book) -> None:
    first, second, third = (book.student(place) for place in range(3))
    assert book.send(book.typed(students=[first.pk])).status_code == 302
    asked = book.send(book.typed(students=[first.pk, second.pk]))
    assert asked.status_code == 422
    assert f"déjà consigné ce jour-là\u00a0: {first}. Confirmez" in html(asked)
    assert book.rows.count() == 1
    sent = book.typed(students=[second.pk, third.pk])
    for _time in range(2):
        assert book.send(sent).status_code == 302
    assert {row.student_id for row in book.rows} == {first.pk, second.pk, third.pk}
    assert book.rows.count() == 3


@only(*MEETINGS)
def test_the_same_key_under_another_forms_words_is_the_first_record(book: Book) -> None:
    key = str(uuid.uuid4())
    kept: set[Any] = set()
    for minutes in ("10", "25", "40"):
        assert book.send(book.typed(entry_uuid=key, minutes=minutes)).status_code == 302
        kept |= {(row.pk, row.minutes) for row in book.rows.filter(on=book.free)}
    assert [minutes for _pk, minutes in kept] == [10]
