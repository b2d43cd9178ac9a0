"""What resource teachers did and the time freed for it: credited to whoever met, each base of a release apart."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from people.models import User
from programs.fixed_periods import Named, Period
from programs.models import FunctionTime, GroupMeeting, SchoolYear, SupportGroup, TeacherRelease
from reports.asking import Ask
from reports.audiences import OWN, STAFF, Audience
from reports.document import Document
from reports.registry import REPORTS
from tests.cast import Cast

pytestmark = pytest.mark.on_postgresql


def document(cast: Cast, person: User, audience: Audience, period: Period | None = None) -> Document:
    edition = REPORTS["activity"].edition_for(audience)
    assert edition is not None
    assert person.board is not None
    named = Named("la période", period or Period(cast.on - timedelta(days=100), cast.on + timedelta(days=1)))
    return edition.build(Ask(person, person.board, audience, named, on=cast.on, read_at=timezone.now()))


def lines(found: Document, sheet: int = 0) -> list[dict[str, object]]:
    table = found.sheets[sheet].table
    names = [column.name for column in table.columns]
    return [dict(zip(names, cells, strict=True)) for cells in table.cells]


def of(found: Document, person: User) -> dict[str, object]:
    return next(line for line in lines(found) if line["teacher"] == str(person))


@pytest.fixture
def meeting(cast: Cast) -> GroupMeeting:
    """One held of a group that Nadia leads."""
    held = GroupMeeting.objects.kept().held().filter(group__leads__person=cast.nadia, on__lte=cast.on, met_by=None)
    found = held.filter(minutes__isnull=False).order_by("on").last()
    assert found is not None
    return found


def test_a_meeting_is_credited_to_whoever_met(cast: Cast, meeting: GroupMeeting) -> None:
    before = of(document(cast, cast.julie, STAFF), cast.nadia)
    meeting.met_by = cast.julie
    meeting.save()
    after = of(document(cast, cast.julie, STAFF), cast.nadia)

    assert after["group_meetings_held"] == int(str(before["group_meetings_held"])) - 1
    assert after["minutes_of_groups"] == int(str(before["minutes_of_groups"])) - (meeting.minutes or 0)


def test_the_total_is_what_was_logged(cast: Cast) -> None:
    period = Period(cast.on - timedelta(days=100), cast.on + timedelta(days=1))
    line = of(document(cast, cast.julie, STAFF), cast.nadia)
    held = [
        one
        for one in GroupMeeting.objects.kept().held()
        if period.since <= one.on < period.until and ((one.met_by or one.group.usual_adult(one.on)) == cast.nadia)
    ]
    assert held
    assert line["group_meetings_held"] == len(held)
    assert line["minutes_of_groups"] == sum(one.minutes or 0 for one in held)


def test_months_add_up_to_the_period(cast: Cast) -> None:
    FunctionTime.objects.create(
        board=cast.board, person=cast.nadia, on=date(2026, 10, 5), function="students", minutes=40, preparation=True
    )
    FunctionTime.objects.create(
        board=cast.board, person=cast.nadia, on=date(2026, 11, 5), function="services", minutes=25
    )
    found = document(cast, cast.nadia, OWN)
    (whole,) = lines(found)
    months = lines(found, 1)

    assert whole["minutes"] == int(str(whole["students"])) + int(str(whole["teachers"])) + int(str(whole["services"]))
    for name in ("group_meetings_held", "minutes_of_groups", "students", "services", "prepared", "contacts", "records"):
        assert whole[name] == sum(int(str(month[name])) for month in months), name
    assert int(str(whole["prepared"])) >= 40


def test_a_group_ended_before_the_period_is_no_charge(cast: Cast) -> None:
    """Neither the adult in charge nor the members have an end of their own: they leave with the group."""
    period = Period(cast.on - timedelta(days=30), cast.on + timedelta(days=1))
    before = of(document(cast, cast.julie, STAFF, period), cast.nadia)
    group = SupportGroup.objects.filter(
        leads__person=cast.nadia, leads__ends_on=None, starts_on__lt=period.since
    ).order_by("pk")[0]
    group.members.update(ends_on=None)
    SupportGroup.objects.filter(pk=group.pk).update(ends_on=period.since)
    after = of(document(cast, cast.julie, STAFF, period), cast.nadia)

    assert after["groups"] == int(str(before["groups"])) - 1
    assert int(str(after["members"])) < int(str(before["members"]))


def test_a_period_that_runs_is_counted_to_the_day_of_the_report(cast: Cast) -> None:
    """What is planned for tomorrow does not wait to be logged."""
    assert GroupMeeting.objects.kept().filter(status="planned", on__gt=cast.on, group__leads__person=cast.nadia)
    until_today = of(document(cast, cast.julie, STAFF), cast.nadia)
    period = Period(cast.on - timedelta(days=100), cast.on + timedelta(days=60))
    assert of(document(cast, cast.julie, STAFF, period), cast.nadia) == until_today


def test_each_base_of_a_release_stands_apart(cast: Cast) -> None:
    year = SchoolYear.objects.of(cast.board, cast.on)
    assert year is not None
    TeacherRelease.objects.filter(person=cast.nadia).delete()
    for base, percent in (("educative_task", "40"), ("whole_task", "12.5")):
        TeacherRelease.objects.create(person=cast.nadia, school_year=year, base=base, percent=Decimal(percent))
    (line,) = lines(document(cast, cast.nadia, OWN))

    assert (line["educative_task"], line["whole_task"], line["teaching_task"]) == (40, Decimal("12.5"), None)


def test_a_teacher_has_their_own_line_alone(cast: Cast) -> None:
    assert [line["teacher"] for line in lines(document(cast, cast.nadia, OWN))] == [str(cast.nadia)]


def test_the_statements_do_not_grow_with_the_teachers(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    assert cast.julie.access
    with django_assert_max_num_queries(34):
        assert len(lines(document(cast, cast.julie, STAFF))) > 1
