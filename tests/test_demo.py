"""The cast and the demonstration, on whatever day they are made."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from accompagnement.demo.cast import PASSWORD, Cast
from accompagnement.demo.history import make_demo
from guidelines.catalogue import CATALOGUE
from guidelines.evaluation import evaluate_board
from guidelines.models import Flag
from mentoring.models import Dyad, DyadMeeting
from people.models import School, User
from programs.models import GroupMeeting, SchoolDay, SupportGroup
from tests.sheets import disagreements

FIRST_NINE = frozenset(
    {
        "dyad-duration-short",
        "dyad-duration-planned",
        "dyad-critical-period",
        "dyad-frequency",
        "dyad-gap",
        "student-rematch",
        "mentor-training",
        "group-too-large",
        "group-too-small",
    }
)
DAYS = {
    "a Monday of November": date(2026, 11, 23),
    "a Saturday": date(2026, 11, 28),
    "summer": date(2026, 7, 15),
    "New Year's Day": date(2027, 1, 1),
    "a Tuesday of spring": date(2027, 4, 13),
    "the first days of school": date(2026, 9, 1),
}


def test_the_cast_has_its_promised_groups(cast: Cast) -> None:
    sizes = {
        group.name: group.members.active_on(cast.on).count()
        for group in (cast.tremplin, cast.elan, cast.passerelle, cast.boussole, cast.horizon, cast.cordee)
    }
    assert sizes == {"Tremplin": 12, "Élan": 16, "Passerelle": 14, "Boussole": 12, "Horizon": 9, "Cordée": 4}


def test_the_cast_stands_as_its_docstrings_say(cast: Cast) -> None:
    run = evaluate_board(cast.board, on=cast.on, write=False, codes=FIRST_NINE)
    other = evaluate_board(cast.other_board, on=cast.on, write=False, codes=FIRST_NINE)
    found: dict[tuple[str, int], dict[str, str]] = {}
    for finding in [*run.findings, *other.findings]:
        found.setdefault((finding.subject, finding.subject_id), {})[finding.guideline] = finding.severity
    assert found == {
        ("dyad", cast.ines_marc.pk): {
            "dyad-critical-period": "critical",
            "dyad-frequency": "warning",
            "dyad-gap": "warning",
        },
        ("dyad", cast.sofia_etienne.pk): {"dyad-duration-planned": "warning", "student-rematch": "warning"},
        ("dyad", cast.maika_nadia.pk): {"dyad-frequency": "warning"},
        ("dyad", cast.kim_nadia.pk): {"dyad-duration-planned": "warning"},
        ("dyad", cast.olivia_sylvie.pk): {"dyad-duration-short": "critical"},
        ("dyad", cast.mia_denis.pk): {"dyad-frequency": "critical", "dyad-gap": "critical"},
        ("dyad", cast.other_dyad.pk): {
            "dyad-critical-period": "critical",
            "dyad-frequency": "critical",
            "dyad-gap": "critical",
        },
        ("mentor", cast.sylvie_mentor.pk): {"mentor-training": "warning"},
        ("mentor", cast.etienne_mentor.pk): {"mentor-training": "critical"},
        ("mentor", cast.other_mentor_row.pk): {"mentor-training": "critical"},
        ("group", cast.elan.pk): {"group-too-large": "critical"},
        ("group", cast.passerelle.pk): {"group-too-large": "warning"},
        ("group", cast.cordee.pk): {"group-too-small": "info"},
        ("group", cast.other_group.pk): {"group-too-large": "warning"},
    }


def test_everyone_signs_in_with_the_common_password(cast: Cast, client_of: Callable[[User], Client]) -> None:
    assert all(person.check_password(PASSWORD) for person in cast.everyone())
    assert client_of(cast.nadia).session["_auth_user_id"] == str(cast.nadia.pk)


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("on", DAYS.values(), ids=DAYS.keys())
def test_the_demonstration_is_interesting_on_any_day(on: date, cheap_passwords: None, time_machine) -> None:
    time_machine.move_to(datetime.combine(on, time(17), UTC))
    cast = make_demo(on)
    groups = SupportGroup.objects.active_on(on).with_size(on)
    open_dyads = Dyad.objects.open_on(on).filter(board=cast.board)
    assert School.objects.filter(board=cast.board).count() == 2
    assert groups.filter(size__lte=12).exists()
    assert groups.filter(size__range=(13, 15)).exists()
    assert groups.filter(size__gt=15).exists()
    assert 40 <= Dyad.objects.filter(board=cast.board).count() <= 55
    assert open_dyads.count() >= 25
    assert not DyadMeeting.objects.filter(status="held", on__gt=on).exists()
    assert not GroupMeeting.objects.filter(status="held", on__gt=on).exists()
    assert not DyadMeeting.objects.filter(logged_on__gt=on).exists()
    live = Flag.objects.live()
    assert set(CATALOGUE) - set(live.values_list("guideline", flat=True)) == set()
    relations = live.filter(dyad__program=cast.mentoring, dyad__in=open_dyads)
    assert relations.filter(severity__in=("critical", "warning")).values("dyad").distinct().count() <= 14
    assert relations.filter(severity="critical").values("dyad").distinct().count() <= 6
    assert Flag.objects.filter(raised_on__lt=on, cleared_on__isnull=False).exists()
    planned = DyadMeeting.objects.filter(dyad__mentor=cast.nadia_mentor, on=cast.calendar.today, status="planned")
    assert planned.count() >= 2
    assert DyadMeeting.objects.filter(board=cast.board, on__lt=on, status="planned").exists()
    assert DyadMeeting.objects.filter(board=cast.board, on__gt=on, status="planned").exists()
    if on == DAYS["a Monday of November"]:
        assert disagreements(cast.board, cast.julie, on) == []


def test_the_cast_has_180_class_days_a_year(cast: Cast) -> None:
    year = cast.calendar.current
    days = SchoolDay.objects.class_days().filter(school=cast.school, date__gte=year.starts_on)
    assert days.count() == 180
    assert not days.filter(date__in=[date(2026, 10, 12), date(2026, 12, 24), date(2027, 3, 3)]).exists()


@pytest.mark.django_db
@pytest.mark.once
def test_the_command_fills_an_empty_database_once(today: date, cheap_passwords: None) -> None:
    out = StringIO()
    call_command("demo", "--if-empty", "--cast", stdout=out)
    made = Dyad.objects.count()
    call_command("demo", "--if-empty", stdout=StringIO())
    assert Dyad.objects.count() == made
    assert "nadia.ferhat@rive-claire.example" in out.getvalue()
    with pytest.raises(CommandError, match="not empty"):
        call_command("demo")


@pytest.mark.django_db
def test_the_command_is_refused_in_production(settings: Settings) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        call_command("demo", "--if-empty")
    assert not School.objects.exists()
