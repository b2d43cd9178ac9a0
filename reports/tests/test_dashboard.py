"""The lead's page: the sentence, who is in it, and pictures that say no more than they know."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from guidelines import actions
from guidelines.catalogue import CATALOGUE_VERSION
from guidelines.evaluation import evaluate_board
from guidelines.models import Evaluation, Flag
from mentoring.models import Dyad, DyadMeeting
from people.models import Student, User
from programs.sizes import SizeBounds
from reports.charts import group_sizes_svg, survival_svg
from reports.dashboard import dashboard, led_programs
from reports.survival import Length, kaplan_meier
from tests.cast import Cast

pytestmark = pytest.mark.once

ClientOf = Callable[[User], Client]
BOUNDS = SizeBounds(fewest=5, comfortable=12, most=15)


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

    names = [row.subject.name for row in facts.urgent]
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
        return [row.subject.name for row in facts_of(evaluated, evaluated.julie).urgent if row.kind == "dyad"][:3]

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


def test_few_relations_have_a_table_and_no_curve(evaluated: Cast, client_of: ClientOf) -> None:
    page = page_of(client_of(evaluated.julie))

    assert "un tableau en dit plus" in page
    assert "Part des relations qui durent plus longtemps" not in page
    assert "Loïc G. et Sylvie M." in page


def test_pictures_obey_the_security_policy_and_have_a_name() -> None:
    survival = kaplan_meier([Length(months, months % 3 == 0) for months in range(1, 25)])
    for picture in (
        survival_svg(survival, "Titre <b>"),
        group_sizes_svg(tuple((name, n, BOUNDS) for name, n in (("Élan", 16), ("<i>", 13))), "Titre <b>"),
    ):
        assert picture.startswith("<svg")
        assert "<title>Titre &lt;b&gt;</title>" in picture
        for refused in ("style=", "<style", "<script", "<i>", "graphics-"):
            assert refused not in picture
        assert "var(--accent)" in picture


def test_the_classes_of_mentoring_are_shown_once_they_hide_nobody(cast: Cast, client_of: ClientOf) -> None:
    julie = client_of(cast.julie)
    assert "Où en est le mentorat" not in page_of(julie)

    for number in range(20):
        student = Student.objects.create(
            board=cast.board, school=cast.mentoring.school, key=f"C{number}", given_name="A", family_name="B"
        )
        mentor = cast.ines_marc.mentor
        fields = {"program": cast.mentoring, "mentor": mentor, "student": student, "key": f"C{number}"}
        Dyad.objects.create(board=cast.board, starts_on=cast.on - timedelta(days=500 * (number % 2)), **fields)

    page = page_of(julie)
    assert "Où en est le mentorat de chaque élève" in page
    assert "Dyade en cours, 12 mois ou plus" in page
