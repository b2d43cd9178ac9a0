"""« Mon parcours » and the attestation: what one has given, for oneself, with the credit where it belongs."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mentoring.contributions import path_of
from mentoring.models import Dyad, DyadMeeting, Training
from people.models import Student, User
from programs.models import GroupMeeting
from tests.cast import Cast
from tests.printed import faults_of

ClientOf = Callable[[User], Client]


def test_credit_goes_to_who_met(cast: Cast) -> None:
    def meetings(user: User) -> tuple[int, int]:
        years = path_of(user, cast.on)
        return (years[0].meetings, years[0].stood_in) if years else (0, 0)

    marc, sylvie = meetings(cast.marc), meetings(cast.sylvie)
    held = DyadMeeting.objects.kept().meetings().held().filter(dyad=cast.ines_marc)
    assert marc == (held.count(), 0)
    one = held.latest("on")
    DyadMeeting.objects.filter(pk=one.pk).update(met_by=cast.sylvie)
    assert meetings(cast.marc) == (marc[0] - 1, 0)
    assert meetings(cast.sylvie) == (sylvie[0] + 1, 1)
    DyadMeeting.objects.filter(pk=one.pk).update(channel="phone")
    assert meetings(cast.sylvie) == (sylvie[0], 0)
    assert path_of(cast.sylvie, cast.on)[0].contacts >= 1


def test_a_group_s_meeting_counts_for_who_led_it_that_day(cast: Cast) -> None:
    handed_over = cast.on - timedelta(days=14)
    cast.passerelle.leads.update(ends_on=handed_over, reason="left")
    cast.passerelle.leads.create(person=cast.nadia, starts_on=handed_over)
    held = GroupMeeting.objects.kept().held()
    hers = held.filter(group__in=[cast.tremplin, cast.boussole, cast.horizon])
    taken_over = held.filter(group=cast.passerelle, on__gte=handed_over)
    before = held.filter(group=cast.passerelle, on__lt=handed_over)
    assert taken_over.exists()
    assert before.exists()
    dyads = DyadMeeting.objects.kept().meetings().held().filter(dyad__mentor=cast.nadia_mentor)
    (year, *_more) = path_of(cast.nadia, cast.on)
    since = {"on__gte": year.year.starts_on}
    assert year.meetings == sum(rows.filter(**since).count() for rows in (hers, taken_over, dyads))
    assert {tie.name for tie in year.groups} == {"Tremplin", "Boussole", "Horizon", "Passerelle"}
    assert {tie.name: tie.is_running for tie in path_of(cast.karim, cast.on)[0].groups}["Passerelle"] is False


def test_a_summer_s_training_prepares_the_year_that_follows(cast: Cast) -> None:
    Training.objects.filter(person=cast.etienne).delete()
    for day in ("2026-08-10", "2026-06-01", "2019-01-01"):
        Training.objects.create(person=cast.etienne, kind="initial", completed_on=date.fromisoformat(day), minutes=60)
    years = path_of(cast.etienne, cast.on)
    assert [(year.year.starts_on.year, year.training) for year in years] == [(2026, 60), (2025, 120)]


def test_the_attestation_names_no_student_and_is_one_s_own(cast: Cast, client_of: ClientOf) -> None:
    marc = client_of(cast.marc)
    page = marc.get("/mon-parcours/").content.decode()
    assert "Inès Benali" in page
    assert "/mon-parcours/attestation/2026/" in page
    sheet = marc.get("/mon-parcours/attestation/2026/").content.decode()
    assert "Marc-Olivier Thériault" in sheet
    assert "Centre de services scolaire des Rives" in sheet
    assert "Benali" not in sheet
    assert marc.get("/mon-parcours/attestation/2024/").status_code == 404
    assert client_of(cast.julie).get("/mon-parcours/").status_code == 403


@pytest.mark.once
def test_the_page_s_queries_do_not_grow(cast: Cast, client_of: ClientOf) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client_of(cast.marc).get("/mon-parcours/").status_code == 200
        return len(found)

    few = queries()
    students = Student.objects.bulk_create(
        Student(board=cast.board, school=cast.school, given_name=f"É{n}", family_name="Roy") for n in range(30)
    )
    since = cast.ines_marc.starts_on
    dyads = Dyad.objects.bulk_create(
        Dyad(board=cast.board, program=cast.mentoring, mentor=cast.marc_mentor, student=one, starts_on=since)
        for one in students
    )
    DyadMeeting.objects.bulk_create(
        DyadMeeting(board=cast.board, dyad=dyad, on=since, status="held", minutes=20) for dyad in dyads
    )
    assert queries() == few


def test_a_mentor_finds_their_own_and_nothing_else(cast: Cast, client_of: ClientOf) -> None:
    reply = client_of(cast.marc).get("/semaine/")
    nav = reply.context["nav"]
    shown = [item.place.name for item in (*nav.daily, *nav.accountable, *nav.elsewhere)]
    assert shown == [
        "week",
        "log",
        "dyads",
        "own_path",
        "notifications",
        "guidelines",
        "undone",
        "messages",
        "api_tokens",
        "confidentiality",
    ]
    assert [item.place.name for item in nav.bar] == ["week", "log", "dyads", "own_path"]
    assert "Rendre compte" not in reply.content.decode()
    assert client_of(cast.marc).get("/rapports/").status_code == 403
    assert "reports" in {item.place.name for item in client_of(cast.nadia).get("/menu/").context["nav"].accountable}


@pytest.mark.once
def test_the_attestation_is_kept_as_a_pdf_that_everybody_can_read(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.marc).get("/mon-parcours/attestation/2026/pdf/")
    assert answer["Content-Type"] == "application/pdf"
    assert faults_of(answer.content) == []
    assert client_of(cast.julie).get("/mon-parcours/attestation/2026/pdf/").status_code == 403
