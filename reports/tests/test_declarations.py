"""Reports and figures as declared: where each is, what its columns are, and that no value is known by its place."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from guidelines.evaluation import evaluate_board
from people.models import User
from programs.fixed_periods import Named
from reports.asking import Ask
from reports.audiences import BOARD, ROWS, TRAINING, Audience
from reports.csv_files import lines
from reports.dashboard import led_programs
from reports.registry import FIGURES, REPORTS, register
from reports.scope import Period, Scope
from reports.tables import Column, Table
from reports.tests.test_exports import totals_of
from tests.cast import Cast

pytestmark = pytest.mark.once

ClientOf = Callable[[User], Client]

EDITIONS = {
    ("meetings", ROWS): [
        "Nature;Date;École;Programme;Élève ou groupe;Mentore ou mentor;État;Motif;Durée en minutes;Moyen;Activité;"
        "Présences;Présences notées;Était prévue;Consignée le",
        "Dyade;2026-09-09;École Rive-Claire;Mentorat;Olivia Caron;Sylvie Marcotte;tenue;;25;en personne;échange;;;non;"
        "2026-09-09",
        "Groupe;2026-11-19;École Rive-Claire;Groupes d’accompagnement;Passerelle;;tenue;;25;;;12;14;oui;2026-11-19",
        "Groupe;2026-11-23;École Rive-Claire;Groupes d’accompagnement;Boussole;;prévue;;25;;;0;0;oui;",
    ],
    ("meetings", BOARD): [
        "École;Programme;Tenues;Non tenues;Prévues, à consigner",
        "École Rive-Claire;Mentorat;49;1;6",
    ],
    ("endings", ROWS): [
        "Dernier jour;École;Programme;Élève;Mentore ou mentor;Début;Mois;À l’initiative de;Ce qui y a mené, de qui;"
        "Ce qui y a mené;Motif;Relais planifié;Dernier échange;Date du dernier échange;Fin revue le",
        "2026-11-08;École Rive-Claire;Mentorat;Olivia Caron;Sylvie Marcotte;2026-09-09;2;famille;élève;"
        "l’élève change d’école ou déménage;Déménagement;non;est prévu;;",
    ],
    ("findings", ROWS): [
        "Relevé le;Gravité;Balise;Titre;École;Programme;Relation, groupe ou personne;Valeur observée;Seuil;Unité;"
        "Données;Suivi;Réglé le;Préoccupation;Attention",
        "2026-11-23;Prioritaire;dyad-duration-short;Relation terminée avant six mois;École Rive-Claire;Mentorat;"
        "Olivia Caron et Sylvie Marcotte;2;3;mois;complètes;à examiner;;Relations terminées à revoir;",
        "2026-11-23;À surveiller;dyad-duration-planned;Engagement court ou absent;École Rive-Claire;Mentorat;"
        "Kim Nguyen et Nadia Ferhat;;6;;complètes;à examiner;;Mise en place;non suivie",
    ],
    ("findings", BOARD): [
        "École;Programme;Balise;Titre;Points de vigilance;Balise suivie",
        "École du Boisé;Groupes de soutien;group-review;Bilans du groupe à faire;;non suivie",
        "École Rive-Claire;Groupes d’accompagnement;group-too-large;Groupe trop grand;2;oui",
    ],
    ("findings", TRAINING): [
        "École;Programme;Balise;Titre;Points de vigilance;Balise suivie",
        "École Rive-Claire;;mentor-training;Formation initiale à compléter;masqué;oui",
    ],
}
"""Lines of the files of the cast's day, the headings first."""
FIGURE_LINES = {
    "frequency": ["Cadence;Rencontres, en moyenne;Dyades", "par semaine de classe;1;4"],
    "classes": ["Situation;Élèves;Part (%)"],
    "lengths": [
        "Commencées en;Mois;Sans fin hâtive (%);Intervalle à 95\u00a0% (%);Encore suivies;Fin hâtive;Fin prévue;"
        "Suivies moins longtemps;Total (n)",
        "2026-2027;0;–;–;8;0;0;0;8",
        "2025-2026;3;–;–;0;1;0;0;1",
    ],
    "sizes": ["Groupe;Membres actifs;Balise", "Élan;16;au-delà de 15"],
    "trend": ["Semaine du;À examiner;En charge;Nouveaux;Réglés", "2026-11-16;0;0;0;0"],
}


@pytest.fixture
def evaluated(cast: Cast) -> Cast:
    for board in (cast.board, cast.other_board):
        evaluate_board(board, on=cast.on)
    return cast


def written(table: Table) -> list[str]:
    return "".join(lines(table)).removeprefix("\ufeff").splitlines()


def term(cast: Cast) -> Period:
    return Period(cast.on - timedelta(days=100), cast.on + timedelta(days=1))


def table_of(cast: Cast, name: str, audience: Audience) -> Table:
    person = {ROWS: cast.julie, BOARD: cast.robert, TRAINING: cast.chantal}[audience]
    edition = REPORTS[name].edition_for(audience)
    assert edition is not None
    assert person.board is not None
    named, on = Named("la période", term(cast)), person.local_date()
    return edition.build(Ask(person, person.board, audience, named, on=on, read_at=timezone.now())).sheets[0].table


def figure_of(cast: Cast, name: str) -> Table:
    scope = Scope(led_programs(cast.julie, on=cast.on), cast.on)
    return FIGURES[name].table(FIGURES[name].draw(cast.julie, scope))


def test_every_file_has_its_columns_and_says_its_values(evaluated: Cast) -> None:
    for (name, audience), expected in EDITIONS.items():
        found = written(table_of(evaluated, name, audience))
        assert found[0] == expected[0]
        assert set(expected) <= set(found), (name, audience.name)
    for name, expected in FIGURE_LINES.items():
        found = written(figure_of(evaluated, name))
        assert found[0] == expected[0]
        assert set(expected) <= set(found), name


def test_a_column_elsewhere_shifts_no_meaning(evaluated: Cast) -> None:
    tables = [table_of(evaluated, name, audience) for name, audience in EDITIONS]
    for table in (*tables, *(figure_of(evaluated, name) for name in FIGURES if name != "classes")):
        rows = list(table.rows)
        backwards = Table(tuple(reversed(table.columns)), rows)
        assert rows
        assert backwards.headings == list(reversed(table.headings))
        assert list(backwards.lines) == [list(reversed(cells)) for cells in Table(table.columns, rows).lines]


def test_a_file_takes_few_queries_whatever_its_rows(
    evaluated: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for person in (evaluated.julie, evaluated.robert, evaluated.chantal):
        assert person.access
    for name, audience in EDITIONS:
        with django_assert_max_num_queries({"rows": 9}.get(audience.name, 8) if name == "findings" else 4):
            assert len(written(table_of(evaluated, name, audience))) > 1


def test_two_programmes_of_one_name_are_counted_together(cast: Cast, client_of: ClientOf) -> None:
    cast.groups_program.name = cast.mentoring.name
    cast.groups_program.save()
    [row] = [
        row for row in totals_of(client_of(cast.robert), "report_meetings_csv") if row["École"] == "École Rive-Claire"
    ]
    assert row["Programme"] == cast.mentoring.name


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("report_meetings_csv", "/rapports/rencontres.csv"),
        ("report_findings_csv", "/rapports/points-de-vigilance.csv"),
        ("report_endings_csv", "/rapports/relations-terminees.csv"),
        ("dashboard_frequency_csv", "/tableau-de-bord/frequence.csv"),
        ("dashboard_classes_csv", "/tableau-de-bord/situations.csv"),
        ("dashboard_lengths_csv", "/tableau-de-bord/durees.csv"),
        ("dashboard_sizes_csv", "/tableau-de-bord/tailles.csv"),
        ("dashboard_trend_csv", "/tableau-de-bord/tendance.csv"),
        ("dashboard_trend", "/tableau-de-bord/tendance/"),
        ("dashboard_weeks", "/tableau-de-bord/semaines/"),
    ],
)
def test_every_file_keeps_its_address(name: str, address: str) -> None:
    assert reverse(name) == address


def test_a_name_is_given_once() -> None:
    with pytest.raises(ImproperlyConfigured, match="declared twice"):
        register(dict(REPORTS), REPORTS["meetings"])


def test_a_column_reads_by_name_within_the_row_and_says_it_in_words(cast: Cast) -> None:
    columns = (
        Column("Élève", "student.given_name"),
        Column("Début", "starts_on", lambda day: day.year),
        Column("Clé", "pk"),
    )
    dyad = cast.ines_marc
    assert list(Table(columns, [dyad]).lines) == [["Inès", dyad.starts_on.year, dyad.pk]]
