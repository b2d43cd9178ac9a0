"""Open a year with its terms and its breaks, from what is typed, from the school beside; correct its terms later."""

from collections.abc import Callable
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from people.models import AuditEntry, User
from programs.models import Program, SchoolDay, SchoolYear, Term
from tests.cast import Cast

pytestmark = [pytest.mark.once, pytest.mark.django_db]
ClientOf = Callable[[User], Client]
YEAR = {"annee-label": "2030-2031", "annee-first_on": "2030-08-29", "annee-last_on": "2031-06-20", "annee-rows": "3"}
BREAK = {"annee-span_0_first_on": "2030-12-23", "annee-span_0_last_on": "2031-01-03", "annee-span_0_kind": "holiday"}
DAY = {"annee-span_1_first_on": "2030-09-20", "annee-span_1_kind": "pedagogical"}
TERMS = {
    "annee-term_0_name": "Étape 1", "annee-term_0_last_on": "2030-11-08", "annee-term_1_last_on": "2031-02-14",
    "annee-term_2_first_on": "2031-02-17",
}  # fmt: skip


def post(cast: Cast, client_of: ClientOf, given: dict[str, str], person: User | None = None):
    return client_of(person or cast.alain).post("/calendrier/annee/", given | {"school": str(cast.school.pk)})


def kinds(cast: Cast, *days: date) -> list[str | None]:
    known = dict(SchoolDay.objects.filter(school=cast.school).values_list("date", "kind"))
    return [known.get(day) for day in days]


def test_a_year_with_its_terms_and_its_breaks(cast: Cast, client_of: ClientOf) -> None:
    assert post(cast, client_of, YEAR | BREAK | DAY | TERMS).status_code == 302
    terms = Term.objects.filter(school_year__label="2030-2031").values_list("name", "starts_on", "ends_on")
    assert list(terms) == [
        ("Étape 1", date(2030, 8, 29), date(2030, 11, 9)),
        ("Étape 2", date(2030, 11, 9), date(2031, 2, 15)),
        ("Étape 3", date(2031, 2, 17), date(2031, 6, 21)),
    ]
    found = kinds(cast, date(2030, 9, 20), date(2030, 12, 23), date(2030, 12, 28), date(2031, 1, 3), date(2031, 1, 6))
    assert found == ["pedagogical", "holiday", None, "holiday", "class"]
    assert AuditEntry.objects.filter(verb="term.added").count() == 3


def test_more_than_two_hundred_days_are_said_and_confirmed(cast: Cast, client_of: ClientOf) -> None:
    refused = post(cast, client_of, YEAR)
    assert refused.status_code == 422
    assert "jours de classe; le régime pédagogique en prévoit au plus 200" in refused.content.decode()
    assert not SchoolYear.objects.filter(label="2030-2031").exists()
    client = client_of(cast.alain)
    sure = YEAR | {"annee-sure": "on", "school": str(cast.school.pk)}
    assert "en prévoit au plus 200" in client.post("/calendrier/annee/", sure, follow=True).content.decode()
    short = YEAR | {"annee-label": "2032", "annee-first_on": "2032-01-05", "annee-last_on": "2032-06-18"}
    given = short | {"school": str(cast.school.pk)}
    assert "en prévoit au moins 180" in client.post("/calendrier/annee/", given, follow=True).content.decode()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"annee-span_0_last_on": "2030-12-20"}, "précède le premier"),
        ({"annee-span_0_first_on": ""}, "Indiquez le premier jour"),
        ({"annee-term_1_last_on": "2030-10-01"}, "précède le premier"),
        ({"annee-term_2_first_on": "2031-02-10"}, "se chevauchent"),
        ({"annee-term_2_last_on": "2031-07-30"}, "choisissez des jours entre les deux"),
    ],
)
def test_what_can_not_be_true_is_refused_and_kept(
    cast: Cast, client_of: ClientOf, given: dict[str, str], words: str
) -> None:
    response = post(cast, client_of, YEAR | BREAK | DAY | TERMS | given)
    assert response.status_code == 422
    page = response.content.decode()
    assert words in page
    assert 'value="2031-01-03"' in page or "annee-span_0_last_on" in given
    assert not SchoolYear.objects.filter(label="2030-2031").exists()


def test_more_lines_keep_what_was_typed(cast: Cast, client_of: ClientOf) -> None:
    page = post(cast, client_of, YEAR | BREAK | {"more": "1"})
    assert page.status_code == 200
    assert 'value="2030-12-23"' in page.content.decode()
    assert 'name="annee-span_8_first_on"' in page.content.decode()
    assert not SchoolYear.objects.filter(label="2030-2031").exists()


def test_copied_from_the_school_beside(cast: Cast, client_of: ClientOf) -> None:
    day = SchoolDay.objects.filter(school=cast.second_school, kind="class", date__gt=cast.on).first()
    assert day is not None
    SchoolDay.objects.filter(pk=day.pk).update(kind="pedagogical")
    client = client_of(cast.alain)
    assert cast.second_school.name in client.get(f"/calendrier/annee/?ecole={cast.school.pk}").content.decode()
    page = client.get(f"/calendrier/annee/?ecole={cast.school.pk}&de={cast.second_school.pk}").content.decode()
    assert f'value="{day.date}"' in page
    assert client.get(f"/calendrier/annee/?ecole={cast.school.pk}&de={cast.other_school.pk}").status_code == 404


def test_terms_are_added_corrected_and_removed(cast: Cast, client_of: ClientOf) -> None:
    client, year = client_of(cast.alain), SchoolYear.objects.of(cast.board, cast.on)
    assert year is not None
    Term.objects.filter(school_year=year).delete()
    school = {"school": str(cast.school.pk)}
    first, last = year.starts_on.isoformat(), year.starts_on.replace(month=11, day=6).isoformat()
    new = school | {"annee": str(year.pk), "etape-name": "Étape 1", "etape-first_on": first, "etape-last_on": last}
    for _twice in range(2):
        assert client.post("/calendrier/etape/", new).status_code == 302
    term = Term.objects.get(school_year=year)
    at = f"etape{term.pk}"
    wrong = school | {"etape": str(term.pk), f"{at}-name": "É1", f"{at}-first_on": last, f"{at}-last_on": first}
    refused = client.post("/calendrier/etape/", wrong)
    assert refused.status_code == 422
    assert "É1" in refused.content.decode()
    assert client.post("/calendrier/etape/", wrong | {f"{at}-first_on": first}).status_code == 302
    term.refresh_from_db()
    assert term.name == "É1"
    for _twice in range(2):
        removed = client.post("/calendrier/etape/retirer/", school | {"etape": str(term.pk)})
    assert removed.status_code == 404
    verbs = list(AuditEntry.objects.filter(verb__startswith="term.").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["term.added", "term.changed", "term.removed"]


def test_days_of_the_cycle_are_shown_where_a_programme_counts_them(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.alain)
    Program.objects.filter(school=cast.school).update(cadence_unit="week", cadence_days=None)
    assert "jour 1 du cycle" not in client.get("/calendrier/").content.decode()
    Program.objects.filter(school=cast.school).update(cadence_unit="cycle", cadence_days=9)
    page = client.get("/calendrier/").content.decode()
    assert "jour 9 du cycle" in page
    assert "jour 10 du cycle" not in page


def test_the_command_takes_terms_and_days(cast: Cast) -> None:
    given = ["--board", cast.board.key, "--school", cast.school.key, "--label", "2030-2031"]
    given += ["--from", "2030-08-29", "--to", "2031-06-20", "--holiday", "2030-12-23:2031-01-03"]
    call_command(
        "new_school_year", *given, "--pedagogical", "2030-09-20", "--term", "1:2030-08-29:2030-11-08", stdout=StringIO()
    )
    assert kinds(cast, date(2030, 12, 24), date(2030, 9, 20)) == ["holiday", "pedagogical"]
    assert Term.objects.get(school_year__label="2030-2031").ends_on == date(2030, 11, 9)
    for option, value in (("--holiday", "2031-01-03:2030-12-23"), ("--term", "2030-08-29:2030-11-08"), ("--term", "x")):
        with pytest.raises(CommandError):
            call_command("new_school_year", *given, option, value, stdout=StringIO())


def test_a_board_where_nothing_is_there_yet(cast: Cast, client_of: ClientOf) -> None:
    SchoolDay.objects.all().delete()
    SchoolYear.objects.all().delete()
    client = client_of(cast.alain)
    empty = client.get("/calendrier/").content.decode()
    assert ("Préparer l’année" in empty, "Enregistrer le jour" in empty) == (True, False)
    page = client.get("/calendrier/annee/").content.decode()
    assert 'value="2026-2027"' in page
    assert "école voisine" not in page
    assert client.get("/calendrier/annee/?ecole=abc").status_code == 404
