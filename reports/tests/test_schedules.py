"""A report that prepares itself: once a period, told without a file, for as long as its person may have it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.test import Client

from guidelines.mailing import letter_at
from people import outbox
from people.models import AuditEntry, Membership, Message, Notification, User
from reports import job
from reports.models import Report, ReportSchedule
from reports.tasks import prepare_scheduled
from tests.cast import Cast
from tests.rights_of_reports import prepared

pytestmark = pytest.mark.on_postgresql

ClientOf = Callable[[User], Client]
DECEMBER = datetime(2026, 12, 1, 7, 0, tzinfo=ZoneInfo("America/Toronto"))


def repeat(client: Client, person: User, when: str = "mois") -> None:
    client.post(f"/rapports/{prepared(person).pk}/repeter/", {"quand": when})


def at_work(now: datetime) -> list[Report]:
    """What the beat asks for at that moment, and the worker does, the clock standing there."""
    with time_machine.travel(now, tick=True):
        prepare_scheduled()
        for report in Report.objects.filter(state="queued"):
            job.make(report.pk, now=now)
    return list(Report.objects.filter(schedule__isnull=False).order_by("pk"))


def test_each_month_is_prepared_once_and_told_without_a_file(cast: Cast, client_of: ClientOf) -> None:
    robert = client_of(cast.robert)
    repeat(robert, cast.robert)
    repeat(robert, cast.robert)
    assert ReportSchedule.objects.count() == 1
    assert not at_work(DECEMBER - timedelta(days=2)), "no period has ended since it was asked for"
    assert not at_work(DECEMBER - timedelta(hours=3)), "the day has not come"
    [report] = at_work(DECEMBER)
    assert (report.state, report.since, report.until) == ("done", date(2026, 11, 1), date(2026, 12, 1)), report.error
    assert len(at_work(DECEMBER + timedelta(hours=2))) == 1
    assert Notification.objects.filter(person=cast.robert, kind="report", target=report.pk).count() == 1
    message = Message.objects.get(person=cast.robert, kind="report")
    with time_machine.travel(DECEMBER, tick=True):
        outbox.deliver(message.pk, letter_of=lambda one: letter_at(one, DECEMBER), now=DECEMBER)
        page = client_of(cast.robert).get("/notifications/").content.decode()
    [sent] = mail.outbox
    assert f"/rapports/{report.pk}/" in sent.body
    assert "gardé jusqu’au 8 décembre" in sent.body
    assert not sent.attachments
    assert f'href="/rapports/{report.pk}/"' in page


def test_it_ends_with_the_right_and_by_one_press(cast: Cast, client_of: ClientOf) -> None:
    robert = client_of(cast.robert)
    repeat(robert, cast.robert)
    robert.post(f"/rapports/prevus/{ReportSchedule.objects.get().pk}/arreter/")
    assert not ReportSchedule.objects.exists()
    repeat(robert, cast.robert)
    Membership.objects.filter(person=cast.robert).update(ends_on=cast.on)
    assert not at_work(DECEMBER)
    assert not ReportSchedule.objects.exists()
    verbs = AuditEntry.objects.filter(verb__startswith="report.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["report.scheduled", "report.unscheduled"] * 2


def test_a_file_of_names_never_prepares_itself(cast: Cast, client_of: ClientOf) -> None:
    julie = client_of(cast.julie)
    named = prepared(cast.julie)
    Report.objects.filter(pk=named.pk).update(audience="rows")
    julie.post(f"/rapports/{named.pk}/repeter/", {"quand": "mois"})
    assert "façon régulière" not in julie.get(f"/rapports/{named.pk}/").content.decode()
    assert not ReportSchedule.objects.exists()


def test_a_report_that_counts_all_says_why_it_refuses_one_programme(cast: Cast, client_of: ClientOf) -> None:
    """It was narrowed before it counted all together: nobody lost a right."""
    repeat(client_of(cast.robert), cast.robert)
    ReportSchedule.objects.update(kind="training", program=cast.mentoring)
    [report] = at_work(DECEMBER)
    assert (report.state, report.error) == (
        "failed",
        "Ce rapport compte tous les programmes ensemble\u00a0: choisissez-les tous.",
    )
