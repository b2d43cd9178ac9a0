"""A school's year: opened with its statutory days, shown month by month, changed by those who manage it."""

from collections.abc import Callable
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from people.models import AuditEntry, School, User
from programs.models import Gesture, SchoolDay, SchoolYear
from tests.cast import Cast

pytestmark = pytest.mark.once

Kind = SchoolDay.Kind
ClientOf = Callable[[User], Client]
NEXT = {"annee-label": "2030-2031", "annee-first_on": "2030-08-29", "annee-last_on": "2031-06-20"}


def kinds(school: School, *days: date) -> list[str | None]:
    known = dict(SchoolDay.objects.filter(school=school).values_list("date", "kind"))
    return [known.get(day) for day in days]


def test_a_manager_opens_a_year(cast: Cast, client_of: ClientOf) -> None:
    response = client_of(cast.alain).post("/calendrier/annee/", NEXT | {"school": cast.school.pk})
    assert response.status_code == 302
    year = SchoolYear.objects.get(label="2030-2031")
    assert (year.starts_on, year.ends_on) == (date(2030, 8, 29), date(2031, 6, 21))
    assert kinds(cast.school, date(2030, 8, 28), date(2030, 8, 29), date(2030, 9, 2)) == [None, "class", "holiday"]
    assert kinds(cast.school, date(2030, 8, 31), date(2031, 6, 20), date(2031, 6, 21)) == [None, "class", None]
    assert not SchoolDay.objects.filter(school=cast.second_school, date__year=2031).exists()
    assert AuditEntry.objects.filter(person=cast.alain, verb="school_year.opened", subject_id=year.pk).count() == 1


def test_days_that_a_school_has_stay_as_they_are(cast: Cast) -> None:
    SchoolDay.objects.create(school=cast.school, date=date(2030, 9, 3), kind=Kind.PEDAGOGICAL)
    for _again in range(2):
        call_command(
            "new_school_year",
            board=cast.board.key,
            label="2030-2031",
            first_on=date(2030, 8, 29),
            last_on=date(2031, 6, 20),
            stdout=StringIO(),
        )
    assert kinds(cast.school, date(2030, 9, 3), date(2030, 9, 4)) == ["pedagogical", "class"]
    assert kinds(cast.second_school, date(2030, 9, 3)) == ["class"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"annee-label": ""}, "Donnez un nom"),
        ({"annee-last_on": "2030-08-29"}, "doit suivre"),
        ({"annee-last_on": "2032-06-20"}, "au plus un an"),
        ({"annee-last_on": "2031-13-20"}, "Cette date n’existe pas"),
        ({"annee-first_on": "9999-01-04", "annee-last_on": "9999-12-31"}, "Vérifiez l’année"),
        ({"annee-first_on": "2026-10-01", "annee-last_on": "2027-05-01"}, "chevauchent"),
    ],
)
def test_a_year_that_makes_no_sense_is_refused(
    cast: Cast, client_of: ClientOf, given: dict[str, str], words: str
) -> None:
    response = client_of(cast.alain).post("/calendrier/annee/", NEXT | given | {"school": cast.school.pk})
    assert response.status_code == 422
    assert words in response.content.decode()
    assert (NEXT | given)["annee-first_on"] in response.content.decode()
    assert not SchoolDay.objects.filter(date__gte=date(2030, 1, 1)).exists()


def test_the_command_says_what_is_wrong(cast: Cast) -> None:
    with pytest.raises(CommandError, match="Aucun organisme"):
        call_command(
            "new_school_year", board="inconnu", label="x", first_on=date(2030, 8, 29), last_on=date(2031, 6, 1)
        )


def test_a_manager_changes_a_day(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.alain)
    given = {"school": cast.school.pk, "jour-day": "2026-11-25", "jour-kind": "pedagogical"}
    assert client.post("/calendrier/jour/", given).status_code == 302
    assert kinds(cast.school, date(2026, 11, 25)) == ["pedagogical"]
    assert AuditEntry.objects.filter(verb="school_day.changed", person=cast.alain).count() == 1
    response = client.post("/calendrier/jour/", given | {"jour-day": "2040-01-10"})
    assert response.status_code == 422
    assert "aucune année scolaire" in response.content.decode()


def test_who_may_write(cast: Cast, client_of: ClientOf) -> None:
    day = {"school": cast.school.pk, "jour-day": "2026-11-25", "jour-kind": "holiday"}
    year = NEXT | {"school": cast.school.pk}
    for person, status in ((cast.nadia, 403), (cast.julie, 403), (cast.other_manager, 404), (cast.robert, 302)):
        client = client_of(person)
        assert client.post("/calendrier/jour/", day).status_code == status
        assert client.post("/calendrier/annee/", year).status_code == status
    assert client_of(cast.alain).post("/calendrier/jour/", day | {"school": cast.second_school.pk}).status_code == 404


def test_the_page_shows_a_year_in_words(
    cast: Cast, client_of: ClientOf, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(cast.nadia)
    with django_assert_max_num_queries(14):
        page = client.get("/calendrier/").content.decode()
    assert "Novembre 2026" in page
    assert "Action de grâces" in page
    assert "aujourd’hui" in page
    assert "Modifier un jour" not in page
    assert "Modifier un jour" in client_of(cast.alain).get("/calendrier/").content.decode()


def test_only_visible_schools_and_years_of_their_board(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.nadia)
    other = SchoolYear.objects.filter(board=cast.other_board).first()
    assert other is not None
    assert client.get(f"/calendrier/?ecole={cast.other_school.pk}").status_code == 404
    assert client.get(f"/calendrier/?annee={other.pk}").status_code == 404
    assert client.get("/calendrier/?ecole=abc").status_code == 404


def test_a_year_opened_by_mistake_goes_and_comes_back_whole(cast: Cast, client_of: ClientOf) -> None:
    for person in (cast.alain, cast.robert):
        client = client_of(person)
        assert client.post("/calendrier/annee/", NEXT | {"school": cast.school.pk}).status_code == 302
        year = SchoolYear.objects.get(label="2030-2031")
        assert (
            "Annuler la saisie" in client.get(f"/calendrier/?ecole={cast.school.pk}&annee={year.pk}").content.decode()
        )
        days = SchoolDay.objects.filter(date__gte=year.starts_on).values_list("school", "date", "kind")
        before = set(days.all())
        assert len(before) > 200
        client.post(f"/saisies/annee/{year.pk}/annuler/")
        assert not SchoolYear.objects.filter(pk=year.pk).exists()
        assert not days.all()
        undone = Gesture.objects.get(kind="annee", undone_at=None)
        client.post(f"/gestes/{undone.pk}/annuler/")
        assert set(days.all()) == before
        client.post(f"/saisies/annee/{year.pk}/annuler/")
        assert not days.all()
        Gesture.objects.all().delete()


def test_a_year_on_which_something_stands_is_not_taken_back(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.alain)
    client.post("/calendrier/annee/", NEXT | {"school": cast.school.pk})
    year = SchoolYear.objects.get(label="2030-2031")
    SchoolDay.objects.create(school=cast.second_school, date=date(2030, 9, 4), kind=Kind.CLASS)
    assert client.post(f"/saisies/annee/{year.pk}/annuler/").status_code == 403
    SchoolDay.objects.filter(school=cast.second_school, date=date(2030, 9, 4)).delete()
    cast.tremplin.meetings.create(board=cast.board, on=date(2030, 9, 4), status="held", minutes=30)
    said = client.post(f"/saisies/annee/{year.pk}/annuler/", follow=True).content.decode()
    assert "sont inscrits dans cette année" in said
    assert SchoolYear.objects.filter(pk=year.pk).exists()
