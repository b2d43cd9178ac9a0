"""What days bring is raised and settled through pages alone: the posts of people, and each night's evaluation."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from accompagnement.demo.cast import Cast
from guidelines.models import Flag
from mentoring.models import Dyad
from people.models import User
from programs.models import Program, ProgramActivity, SupportGroup

pytestmark = pytest.mark.once

ClientOf = Callable[[User], Client]
WEEK = timedelta(weeks=1)


@contextmanager
def noon(day: date) -> Iterator[None]:
    """The clock of Montréal at noon of a day. Whoever had signed in before has to sign in again."""
    with time_machine.travel(datetime.combine(day, time(12), tzinfo=ZoneInfo("America/Toronto")), tick=True):
        yield


def night(day: date) -> None:
    """The evaluation of that day, which a job does before anybody comes in."""
    with noon(day):
        call_command("evaluate", board="css-rives", stdout=StringIO())


def send(client: Client, address: str, **given: Any) -> None:
    response = client.post(address, {"entry_uuid": str(uuid.uuid4())} | given)
    assert response.status_code == 302, (address, response.context["form"].errors)


def severity(code: str, **subject: Any) -> str | None:
    return Flag.objects.live().filter(guideline=code, **subject).values_list("severity", flat=True).first()


def test_a_commitment_comes_to_its_end_then_is_renewed(cast: Cast, client_of: ClientOf) -> None:
    dyad, last_day = cast.loic_sylvie, date(2026, 12, 4)
    page = f"/dyades/{dyad.pk}/"
    send(client_of(cast.julie), f"{page}engagement/", day="other", other_on=last_day.isoformat())
    night(last_day)
    assert severity("dyad-commitment-expired", dyad=dyad) is None
    night(last_day + timedelta(days=1))
    assert severity("dyad-commitment-expired", dyad=dyad) == "info"
    with noon(last_day + timedelta(days=3)):
        julie = client_of(cast.julie)
        assert "À clore ou à renouveler" in julie.get(page).content.decode()
        send(julie, f"{page}engagement/", day="other", other_on="2027-06-18")
        assert severity("dyad-commitment-expired", dyad=dyad) is None
        assert "À clore ou à renouveler" not in julie.get(page).content.decode()


def test_a_form_of_mentoring_is_set_aside_with_a_reason_until_a_day(cast: Cast, client_of: ClientOf) -> None:
    julie, program = client_of(cast.julie), cast.mentoring
    said = {"name": "Mentorat", "cadence_unit": "week", "logging_grace_days": "7", "meetings_per_unit": "1"}
    send(julie, f"/programmes/{program.pk}/modifier/", **said, minutes="50", mentoring_form="remote")
    flag = Flag.objects.live().get(guideline="program-form", program=program)
    review_on = cast.on + 4 * WEEK
    why = {
        "reason": "Une seule école, trois campus éloignés.",
        "reason_code": "not_ours",
        "review_on": review_on.isoformat(),
    }
    send(julie, f"/vigilance/{flag.pk}/ecarter/", **why)
    for day, state in ((review_on - timedelta(days=1), "dismissed"), (review_on, "open")):
        night(day)
        flag.refresh_from_db()
        assert (flag.state, flag.cleared_on) == (state, None)
    with noon(review_on):
        send(client_of(cast.julie), f"/programmes/{program.pk}/modifier/", **said, mentoring_form="individual")
    assert severity("program-form", program=program) is None


def test_what_groups_do_leaves_what_was_declared_and_comes_back(cast: Cast, client_of: ClientOf) -> None:
    program = cast.groups_program
    contents = {"name": "Jeux coopératifs", "content": "game", "theme": "social", "format": "group"}
    send(client_of(cast.julie), f"/programmes/{program.pk}/contenus/ajouter/", **contents)
    assert ProgramActivity.objects.filter(program=program).count() == 1
    days = [cast.on + n * WEEK for n in range(4)]
    for day, activity in zip(days, ("schoolwork", "schoolwork", "game", "game"), strict=True):
        with noon(day):
            nadia = client_of(cast.nadia)
            for group in (cast.tremplin, cast.boussole):
                met = {"day": "other", "other_on": day.isoformat(), "minutes": "25", "activities": [activity]}
                send(nadia, f"/groupes/{group.pk}/consigner/", **met)
        night(day + timedelta(days=1))
        raised = severity("program-contents-drift", program=program)
        assert raised == {days[1]: "info", days[2]: "info"}.get(day)


def test_a_group_that_changes_hands_until_the_end_of_the_first_cycle(cast: Cast, client_of: ClientOf) -> None:
    """Entered in the year before: a change between years, then one within the year, then the end of the second year."""
    julie, page = client_of(cast.julie), "/groupes/{}/responsable/"
    start = {"name": "Relais", "program": cast.groups_program.pk, "lead": cast.nadia.pk, "starts_on": "2026-01-12"}
    send(julie, "/groupes/nouveau/", **start)
    group = SupportGroup.objects.get(name="Relais")
    send(julie, f"/groupes/{group.pk}/membres/ajouter/", student=cast.loic.pk, starts_on="2026-01-12")
    assert severity("group-continuity", group=group) is None
    first = cast.calendar.current.starts_on
    hand_over = {"reason": "reassigned", "starts_on": first.isoformat(), "lead": cast.karim.pk}
    send(julie, page.format(group.pk), **hand_over)
    assert severity("group-continuity", group=group) == "info"
    send(julie, page.format(group.pk), reason="left", starts_on=cast.on.isoformat(), lead=cast.nadia.pk)
    assert severity("group-continuity", group=group) == "warning"
    end = cast.calendar.current.ends_on
    night(end - timedelta(days=1))
    assert severity("group-continuity", group=group) == "warning"
    night(end)
    assert severity("group-continuity", group=group) is None


def test_a_leave_noted_as_a_departure_is_no_change_of_adult(cast: Cast, client_of: ClientOf) -> None:
    julie, group = client_of(cast.julie), cast.tremplin
    page = f"/groupes/{group.pk}/responsable/"
    send(julie, page, lead=cast.karim.pk, starts_on="2026-11-16", reason="left")
    assert severity("group-continuity", group=group) == "warning"
    left = group.leads.get(person=cast.nadia)
    correction = f"/prises-en-charge/{left.pk}/modifier/"
    assert correction in julie.get(page).content.decode()
    assert 'value="2026-11-15"' in julie.get(correction).content.decode()
    sent = {"last_on": "2026-11-17", "reason": "leave"}
    stale = julie.post(correction, sent | {"seen": "2026-11-02"})
    assert (stale.status_code, severity("group-continuity", group=group)) == (422, "warning")
    send(julie, correction, **sent, seen="2026-11-16")
    assert severity("group-continuity", group=group) is None
    assert group.leads.get(person=cast.karim).starts_on == date(2026, 11, 18)


def test_a_student_moved_by_mistake_has_not_changed_adults(cast: Cast, client_of: ClientOf) -> None:
    julie, student = client_of(cast.julie), cast.loic
    groups = f"/groupes/{cast.horizon.pk}/membres/ajouter/", f"/groupes/{cast.passerelle.pk}/membres/ajouter/"
    send(julie, groups[0], student=student.pk, starts_on="2026-10-05")
    here = student.group_memberships.get()
    send(julie, f"/membres/{here.pk}/retirer/", last_on="2026-11-15", reason="Change de groupe")
    large = {"confirm": "on", "reason": "Son horaire a changé"}
    send(julie, groups[1], student=student.pk, starts_on="2026-11-16", **large)
    assert severity("group-continuity", group=cast.passerelle) == "warning"
    there = student.group_memberships.exclude(pk=here.pk).get()
    send(julie, f"/membres/{there.pk}/retirer/", last_on="2026-11-16", reason="Inscription par erreur")
    send(julie, f"/membres/{here.pk}/retirer/", stays="on", seen="2026-11-16")
    assert severity("group-continuity", group=cast.passerelle) is None
    assert severity("group-continuity", group=cast.horizon) is None


def test_a_log_falls_behind_then_is_kept_day_by_day(cast: Cast, client_of: ClientOf) -> None:
    """Nobody logs the first meeting, each of the next is logged on its day: one of two due, then four of five."""
    julie = client_of(cast.julie)
    opened = {"name": "Mentorat du midi", "school": cast.school.pk, "domaine": "mentoring", "minutes": "30"}
    cadence = {"cadence_unit": "week", "logging_grace_days": "7", "meetings_per_unit": "3"}
    send(julie, "/programmes/nouveau/", **opened, **cadence, mentoring_form="individual")
    program = Program.objects.get(name="Mentorat du midi")
    pair = {"program": program.pk, "student": cast.thomas.pk, "mentor": cast.marc_mentor.pk}
    send(julie, "/dyades/nouvelle/", **pair, starts_on=cast.on.isoformat())
    dyad = Dyad.objects.get(program=program)
    for weekday in (2, 3, 4):
        slot = {"weekday": weekday, "minutes": "30", "starts_on": cast.on.isoformat()}
        send(julie, f"/dyades/{dyad.pk}/horaire/", **slot)
    meetings = list(dyad.meetings.order_by("on")[:5])
    assert [meeting.on.day for meeting in meetings] == [24, 25, 26, 1, 2]
    night(cast.on + WEEK)
    assert severity("data-confidence", program=program) is None
    for meeting in meetings[1:]:
        with noon(meeting.on):
            send(client_of(cast.marc), f"/rencontres/{meeting.pk}/tenue/")
    for day, raised in ((date(2026, 12, 2), "info"), (date(2026, 12, 8), "info"), (date(2026, 12, 9), None)):
        night(day)
        assert severity("data-confidence", program=program) == raised
