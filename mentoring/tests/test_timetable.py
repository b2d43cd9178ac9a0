"""When a dyad meets: a slot is put, changed from a day on, stopped; its meetings to come follow."""

import re
from datetime import timedelta

from django.test import Client

from mentoring.models import DyadMeeting
from programs.models import Program
from tests.cast import Cast

SLOT = {"weekday": "4", "starts_at": "12:15", "minutes": "20", "place": "B-214", "starts_on": "2026-11-23"}


def to_come(cast: Cast) -> set[int]:
    rows = DyadMeeting.objects.kept().filter(dyad=cast.kim_nadia, on__gt=cast.on, status="planned")
    return {day.isoweekday() for day in rows.values_list("on", flat=True)}


def test_put_change_and_stop_a_slot(cast: Cast, nadia: Client) -> None:
    dyad, address = cast.kim_nadia, f"/dyades/{cast.kim_nadia.pk}/horaire/"
    for _time in range(2):
        assert nadia.post(address, SLOT | {"replaces": "on"}).status_code == 302
    slot = dyad.timetables.active_on(cast.on).get()
    assert (slot.weekday, slot.minutes, slot.place) == (4, 20, "B-214")
    assert to_come(cast) == {4}

    page = nadia.get(f"{address}?plage={slot.pk}").content.decode()
    assert "Modifier la plage" in page
    assert re.search(r'value="4" selected', page)
    later = cast.on + timedelta(days=7)
    changed = SLOT | {"weekday": "5", "starts_on": later.isoformat(), "last_on": "2026-12-11"}
    assert nadia.post(f"{address}?plage={slot.pk}", changed).status_code == 302
    slot.refresh_from_db()
    assert slot.ends_on == later
    new = dyad.timetables.active_on(later).get()
    assert (new.weekday, new.ends_on.isoformat()) == (5, "2026-12-12")
    assert to_come(cast) == {4, 5}

    upside_down = nadia.post(address, SLOT | {"last_on": "2026-11-20", "minutes": "0", "weekday": ""})
    assert upside_down.status_code == 422
    assert "Choisissez le jour." in upside_down.content.decode()
    assert "Le dernier jour précède" in nadia.post(address, SLOT | {"last_on": "2026-11-20"}).content.decode()
    for row in (slot, new):
        nadia.post(f"/plages-dyade/{row.pk}/retirer/")
    assert to_come(cast) == set()


def test_a_slot_of_the_schools_cycle(cast: Cast, nadia: Client) -> None:
    dyad, address = cast.kim_nadia, f"/dyades/{cast.kim_nadia.pk}/horaire/"
    assert "du cycle" not in nadia.get(address).content.decode()
    Program.objects.filter(pk=dyad.program_id).update(cadence_unit="cycle", cadence_days=9)
    assert "Jour 9 du cycle" in nadia.get(address).content.decode()
    assert nadia.post(address, SLOT | {"weekday": "c3", "replaces": "on"}).status_code == 302
    assert dyad.timetables.active_on(cast.on).get().cycle_day == 3
    days = sorted(row.on for row in DyadMeeting.objects.kept().filter(dyad=dyad, on__gt=cast.on, status="planned"))
    assert len(days) == 2
    assert nadia.post(address, SLOT | {"weekday": "c10"}).status_code == 422
