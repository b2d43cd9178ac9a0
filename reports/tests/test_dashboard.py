"""The lead's page: the sentence, who is in it, and pictures that say no more than they know."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from guidelines import actions
from guidelines.attention import attention
from guidelines.catalogue import CATALOGUE_VERSION
from guidelines.evaluation import evaluate_board
from guidelines.models import Evaluation, Flag
from mentoring.models import Dyad, DyadMeeting
from people.models import Student, User
from programs.fixed_periods import fixed_periods
from programs.sizes import SizeBounds
from reports.choices import adults_of
from reports.dashboard import LISTED, dashboard, led_programs
from reports.drawings.sizes import group_sizes_svg
from reports.heatmap import BY_PAGE
from reports.registry import FIGURES
from reports.scope import Period
from reports.urgency import with_last_weeks
from tests.cast import Cast

pytestmark = pytest.mark.once

ClientOf = Callable[[User], Client]
BOUNDS = SizeBounds(fewest=5, comfortable=12, most=15)
MOST_QUERIES = 12
MOST_BYTES = 60_000


LOOKED_AT = frozenset(
    {
        "dyad-critical-period",
        "dyad-gap",
        "dyad-frequency",
        "dyad-duration-planned",
        "student-rematch",
        "mentor-training",
        "group-too-large",
        "group-too-small",
    }
)
"""What these tests count; the other guidelines are none of their concern."""


@pytest.fixture
def evaluated(cast: Cast) -> Cast:
    for board in (cast.board, cast.other_board):
        evaluate_board(board, on=cast.on, codes=LOOKED_AT)
        Evaluation.objects.create(board=board, on=cast.on, catalogue_version=CATALOGUE_VERSION)
    return cast


def page_of(client: Client, **query: str) -> str:
    response = client.get(reverse("dashboard"), query)
    assert response.status_code == 200
    return response.content.decode()


def facts_of(cast: Cast, person: User):
    return dashboard(person, led_programs(person, on=cast.on), on=cast.on)


def test_only_those_who_answer_for_a_programme_have_it(cast: Cast, client_of: ClientOf) -> None:
    for person in (cast.nadia, cast.marc, cast.chantal, cast.robert, cast.line):
        for name in ("dashboard", "dashboard_lengths_csv", "dashboard_sizes_csv"):
            assert client_of(person).get(reverse(name)).status_code == 403
    assert client_of(cast.alain).get(reverse("dashboard")).status_code == 200


def test_a_relationship_counts_once_and_only_for_its_rhythm(evaluated: Cast) -> None:
    """Inès (three findings) and Maïka are silent, two groups too large; training is a quiet line."""
    facts = facts_of(evaluated, evaluated.julie)

    names = [str(row.flag.subject) for row in facts.rows]
    assert names == [str(evaluated.ines_marc), "Élan", str(evaluated.maika_nadia), "Passerelle"]
    assert [(count.reach, count.watch) for count in (facts.attention.dyads, facts.attention.groups)] == [(1, 1), (1, 1)]
    assert [line.concern for line in facts.quiet] == ["setup"], "training is beside the headline, not in it"


def test_the_list_goes_by_severity_then_not_in_charge_then_the_longest_silence(evaluated: Cast) -> None:
    for dyad in (evaluated.loic_sylvie, evaluated.thomas_nadia):
        Flag.objects.create(
            board=evaluated.board,
            guideline="dyad-gap",
            dyad=dyad,
            severity="critical",
            confidence="complete",
            catalogue_version=1,
            raised_on=evaluated.on,
        )
    Dyad.objects.filter(pk=evaluated.thomas_nadia.pk).update(starts_on=evaluated.on)
    DyadMeeting.objects.filter(dyad=evaluated.thomas_nadia).delete()
    ines, loic, thomas = str(evaluated.ines_marc), str(evaluated.loic_sylvie), str(evaluated.thomas_nadia)

    def first_dyads() -> list[str]:
        rows = facts_of(evaluated, evaluated.julie).rows
        return [str(row.flag.subject) for row in rows if row.row.kind == "dyad"][:3]

    assert first_dyads() == [ines, loic, thomas], "who began a minute ago is not the first"
    actions.take_in_charge(
        flag=Flag.objects.filter(dyad=evaluated.ines_marc)[0], person=evaluated.julie, on=evaluated.on
    )
    assert first_dyads() == [loic, thomas, ines]


def test_what_was_decided_leaves_the_sentence(evaluated: Cast, client_of: ClientOf) -> None:
    julie = client_of(evaluated.julie)
    assert "1 relation à joindre cette semaine, 1 à garder à l’œil, sur 7" in page_of(julie)
    assert "1 groupe à joindre cette semaine, 1 à garder à l’œil, sur 5" in page_of(julie)

    flag = Flag.objects.get(guideline="group-too-large", group=evaluated.elan)
    review_on = evaluated.on + timedelta(days=14)
    actions.dismiss(
        flag=flag, person=evaluated.julie, on=evaluated.on, reason="Deux adultes y sont", review_on=review_on
    )
    silence = Flag.objects.filter(dyad=evaluated.ines_marc, guideline="dyad-gap").get()
    actions.take_in_charge(flag=silence, person=evaluated.julie, on=evaluated.on)
    page = page_of(julie)
    assert "Aucune relation à joindre cette semaine, 2 à garder à l’œil, dont 1 en charge, sur 7" in page
    assert "Aucun groupe à joindre cette semaine, 1 à garder à l’œil, sur 5" in page


def test_nothing_of_another_programme_school_or_board(evaluated: Cast, client_of: ClientOf) -> None:
    helene = page_of(client_of(evaluated.helene))
    assert "Mia Dionne" in helene
    for word in ("Inès", "Élan", "Cordée", "Rosalie"):
        assert word not in helene

    other = page_of(client_of(evaluated.other_lead))
    assert "Rosalie Ménard" in other
    assert "Inès" not in other
    sizes = b"".join(client_of(evaluated.helene).get(reverse("dashboard_sizes_csv"))).decode()
    assert "Cordée" not in sizes


def test_filters_take_only_what_is_led(evaluated: Cast, client_of: ClientOf) -> None:
    julie = client_of(evaluated.julie)

    only_groups = page_of(julie, programme=str(evaluated.groups_program.pk))
    assert "Groupe Élan" in only_groups
    assert "Inès" not in only_groups
    elsewhere = page_of(julie, programme=str(evaluated.other_mentoring.pk), ecole="x")
    assert "Inès Benali" in elsewhere
    assert "Rosalie" not in elsewhere


def test_the_page_keeps_a_place_for_each_figure_and_its_filters_go_with_it(
    evaluated: Cast, client_of: ClientOf
) -> None:
    """Without a script, the place leads to the figure's own page."""
    julie = client_of(evaluated.julie)
    page = page_of(julie, programme=str(evaluated.mentoring.pk), adulte=str(evaluated.nadia.pk))
    query = f"?programme={evaluated.mentoring.pk}&amp;adulte={evaluated.nadia.pk}"
    for name in ("weeks", *FIGURES):
        address = reverse(f"dashboard_{name}") + query
        assert f'data-hx-get="{address}"' in page
        assert f'href="{address}"' in page
        assert julie.get(address.replace("&amp;", "&")).status_code == 200
    assert "Les figures et leurs fichiers portent sur\u00a0: Mentorat, Nadia Ferhat." in page


def test_a_card_alone_is_given_to_the_page_and_a_whole_page_to_a_person(evaluated: Cast, client_of: ClientOf) -> None:
    julie, address = (
        client_of(evaluated.julie),
        reverse("dashboard_sizes") + f"?programme={evaluated.groups_program.pk}",
    )
    card = julie.get(address, headers={"HX-Request": "true"}).content.decode()
    page = julie.get(address).content.decode()
    assert card.strip().startswith("<figure")
    assert "<html" in page
    for words in ("<svg", "Voir les données", f"tailles.csv?programme={evaluated.groups_program.pk}"):
        assert words in card
        assert words in page
    nothing = julie.get(reverse("dashboard_sizes") + f"?programme={evaluated.mentoring.pk}")
    assert "Rien à montrer" in nothing.content.decode()


def test_few_relations_have_a_table_and_no_curve(evaluated: Cast, client_of: ClientOf) -> None:
    page = client_of(evaluated.julie).get(reverse("dashboard_lengths")).content.decode()
    assert "un tableau en dit plus" in page
    assert "Part des relations sans fin hâtive" not in page


def test_periods_are_fixed_and_begun_and_adults_are_those_in_charge(evaluated: Cast) -> None:
    periods = fixed_periods(evaluated.julie, on=evaluated.on)
    assert all(named.period.since <= evaluated.on for named in periods.values())
    [november] = [named for named in periods.values() if named.name == "Novembre 2026"]
    assert november.period == Period(date(2026, 11, 1), date(2026, 12, 1))
    terms = [named.period for key, named in periods.items() if key.startswith("etape")]
    assert {term.since for term in terms[1:]} == {term.until for term in terms[:-1]}
    led = led_programs(evaluated.julie, on=evaluated.on)
    adults = adults_of(evaluated.julie, led, on=evaluated.on)
    assert adults[evaluated.nadia.pk] == "Nadia Ferhat"
    assert evaluated.julie.pk not in adults


def test_a_list_longer_than_fifty_goes_by_pages_and_a_heavier_board_makes_no_heavier_page(
    evaluated: Cast, client_of: ClientOf, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    cast, julie, mentor = evaluated, client_of(evaluated.julie), evaluated.ines_marc.mentor
    with CaptureQueriesContext(connection) as before:
        page_of(julie)
    rows = [
        Student(board=cast.board, school=cast.mentoring.school, key=f"C{n}", given_name=f"A{n}", family_name="B")
        for n in range(120)
    ]
    Dyad.objects.bulk_create(
        Dyad(board=cast.board, program=cast.mentoring, mentor=mentor, student=student, key=student.key, starts_on=start)
        for student in Student.objects.bulk_create(rows)
        for start in [cast.on - timedelta(days=80)]
    )
    evaluate_board(cast.board, on=cast.on, codes=LOOKED_AT)
    with django_assert_max_num_queries(min(len(before), MOST_QUERIES)):
        page = page_of(julie)
    assert len(page.encode()) < MOST_BYTES
    assert page.count("Dernière rencontre") - 1 == LISTED
    whole = page_of(julie, toutes="")
    assert whole.count('data-label="Dernière rencontre"') == BY_PAGE
    assert "Page 1 sur 3" in whole
    assert page_of(julie, toutes="", page="3").count('data-label="Dernière rencontre"') < BY_PAGE


def test_last_weeks_are_over_or_running_whatever_holidays_are_to_come(cast: Cast) -> None:
    """Two weeks before the Christmas holidays, the eight last weeks are still eight weeks that have begun."""
    on = date(2026, 12, 9)
    evaluate_board(cast.board, on=cast.on)
    found = attention(cast.julie, on=cast.on).rows
    [ines] = with_last_weeks([row for row in found if row.pk == cast.ines_marc.pk], on=on)
    assert len(ines.cells) == 8
    assert all(cell.span_from <= on for cell in ines.cells)


def test_pictures_obey_the_security_policy_and_have_a_name() -> None:
    picture = group_sizes_svg(tuple((name, n, BOUNDS) for name, n in (("Élan", 16), ("<i>", 13))), "Titre <b>")
    assert picture.startswith("<svg")


def test_a_long_name_has_room_and_names_of_narrow_bands_do_not_meet() -> None:
    groups = (("Groupe d’accompagnement des élèves de première secondaire", 16, SizeBounds(5, 16, 18)),)
    picture = group_sizes_svg(groups, "Tailles")
    label = float(re.search(r'translate\(([-\d.]+),[-\d.]+\)"[^>]*>Groupe d’acc', picture)[1])
    left = float(re.search(r'transform="translate\(([\d.]+),', picture)[1])
    assert left + label >= 1.2 * 130, "the widest name is whole, in a font a fifth wider"
    heights = dict(re.findall(r'translate\([\d.]+,([-\d.]+)\)"[^>]*>(17 à 18|plus de 18)<', picture))
    assert len(heights) == 2


def test_the_classes_of_mentoring_are_shown_once_one_of_them_is_not_small(cast: Cast, client_of: ClientOf) -> None:
    julie = client_of(cast.julie)

    def card() -> str:
        return julie.get(reverse("dashboard_classes"), headers={"HX-Request": "true"}).content.decode()

    assert "Dyade en cours, 12 mois ou plus" in card()
    assert "masqué" in card(), "who was matched again is one student"

    two = Dyad.objects.filter(program=cast.mentoring, ends_on=None).exclude(pk=cast.ines_marc.pk)[:2]
    Dyad.objects.filter(pk__in=[dyad.pk for dyad in two]).update(ends_on=cast.on)
    assert not card().strip()

    for number in range(20):
        student = Student.objects.create(
            board=cast.board, school=cast.mentoring.school, key=f"C{number}", given_name="A", family_name="B"
        )
        mentor = cast.ines_marc.mentor
        fields = {"program": cast.mentoring, "mentor": mentor, "student": student, "key": f"C{number}"}
        Dyad.objects.create(board=cast.board, starts_on=cast.on - timedelta(days=500 * (number % 2)), **fields)

    assert "Où en est le mentorat de chaque élève" in card()
    assert "Dyade en cours, 12 mois ou plus" in card()
