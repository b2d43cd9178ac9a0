"""When one meets: a slot is put, changed from a day on, stopped; the meetings to come follow."""

import re
from datetime import timedelta

from people.models import AuditEntry
from programs.models import Program
from tests.log.book import Book
from tests.log.page import html

SLOT = {"weekday": "4", "starts_at": "12:15", "minutes": "20", "place": "B-214", "starts_on": "2026-11-23"}


def to_come(book: Book) -> set[int]:
    rows = book.rows.filter(on__gt=book.today, status="planned")
    return {day.isoweekday() for day in rows.values_list("on", flat=True)}


def test_put_change_and_stop_a_slot(meetings: Book) -> None:
    of, address = meetings.of, f"{meetings.home}horaire/"
    client = meetings.who(meetings.relation.plans)
    for _time in range(2):
        assert client.post(address, SLOT | {"replaces": "on"}).status_code == 302
    slot = of.timetables.active_on(meetings.today).get()
    assert (slot.weekday, slot.minutes, slot.place) == (4, 20, "B-214")
    assert to_come(meetings) == {4}

    page = html(client.get(f"{address}?plage={slot.pk}"))
    assert "Modifier la plage" in page
    assert re.search(r'value="4" selected', page)
    later = meetings.today + timedelta(days=7)
    changed = SLOT | {"weekday": "5", "starts_on": later.isoformat(), "last_on": "2026-12-11"}
    assert client.post(f"{address}?plage={slot.pk}", changed).status_code == 302
    slot.refresh_from_db()
    assert slot.ends_on == later
    new = of.timetables.active_on(later).get()
    assert (new.weekday, new.ends_on.isoformat()) == (5, "2026-12-12")
    assert to_come(meetings) == {4, 5}
    for _time in range(2):
        for row in (slot, new):
            client.post(f"{meetings.relation.slots}{row.pk}/retirer/")
    assert to_come(meetings) == set()
    put, ended = (AuditEntry.objects.filter(verb=verb) for verb in meetings.relation.slot_audited)
    assert (put.count(), ended.count()) == (2, 2)


def test_a_slot_that_can_t_be_is_refused(meetings: Book) -> None:
    client, address = meetings.who(meetings.relation.plans), f"{meetings.home}horaire/"
    meetings.relation.end(meetings.of, None)
    refused = {
        "Choisissez le jour.": {"last_on": "2026-11-20", "minutes": "0", "weekday": ""},
        "Le dernier jour précède": {"last_on": "2026-11-20"},
        "de 1 à 480 minutes": {"minutes": "481"},
        "de l’année qui vient": {"starts_on": "2028-01-10"},
    }
    for sentence, changes in refused.items():
        reply = client.post(address, SLOT | changes)
        assert (reply.status_code, sentence in html(reply)) == (422, True), sentence
    assert to_come(meetings) == {1}


def test_a_slot_of_the_schools_cycle(meetings: Book) -> None:
    client, address = meetings.who(meetings.relation.plans), f"{meetings.home}horaire/"
    assert "du cycle" not in html(client.get(address))
    Program.objects.filter(pk=meetings.of.program_id).update(cadence_unit="cycle", cadence_days=9)
    assert "Jour 9 du cycle" in html(client.get(address))
    assert client.post(address, SLOT | {"weekday": "c3", "replaces": "on"}).status_code == 302
    assert meetings.of.timetables.active_on(meetings.today).get().cycle_day == 3
    assert meetings.rows.filter(on__gt=meetings.today, status="planned").count() == 2
    assert client.post(address, SLOT | {"weekday": "c10"}).status_code == 422
