"""Numbers that a programme sets for itself are those of every screen that speaks of it, and of no other programme."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from guidelines.actions import set_numbers
from guidelines.catalogue.duration import DYAD_DURATION_PLANNED, DYAD_DURATION_SHORT
from guidelines.catalogue.groups import GROUP_TOO_LARGE
from guidelines.catalogue.matching import STUDENT_REMATCH
from guidelines.catalogue.mentors import MENTOR_TRAINING
from guidelines.catalogue.silence import DYAD_CRITICAL_PERIOD
from guidelines.models import GuidelineSetting
from guidelines.numbers import SPOKEN_OF, Numbers
from mentoring.actions.relations import early_ended
from people.models import Student, User
from programs.models import GroupMember, Program, SupportGroup
from programs.numbers import Number
from tests.cast import Cast

pytestmark = pytest.mark.on_postgresql

ClientOf = Callable[[User], Client]


def put(cast: Cast, code: str, program: Program | None, starts_on: date | None = None, **numbers: int | None) -> None:
    set_numbers(
        board=cast.board,
        program=program,
        guideline=code,
        numbers=numbers,
        starts_on=starts_on or cast.on,
        reason="Une seconde salle est prête",
        person=cast.robert,
        on=cast.on,
    )


def group_of(cast: Cast, name: str, size: int) -> SupportGroup:
    """A group of that size, in a programme of its own of the same school."""
    program = Program.objects.create(
        board=cast.board, school=cast.school, name=f"Programme de {name}", domain=Program.Domain.GROUP
    )
    group = SupportGroup.objects.create(board=cast.board, program=program, name=name, starts_on=date(2026, 9, 1))
    students = Student.objects.bulk_create(
        Student(board=cast.board, school=cast.school, key=f"{name}{n}", given_name=f"N{n}") for n in range(size)
    )
    GroupMember.objects.bulk_create(GroupMember(group=group, student=s, starts_on=group.starts_on) for s in students)
    return group


def newcomer(cast: Cast) -> Student:
    return Student.objects.create(board=cast.board, school=cast.school, given_name="Noé", family_name="Hubert")


@pytest.fixture
def manager(cast: Cast, client_of: ClientOf) -> Client:
    return client_of(cast.alain)


def text_of(client: Client, name: str, *args: int) -> str:
    return client.get(reverse(name, args=args)).content.decode().replace("\u00a0", " ")


def sizes_of(client: Client) -> set[str]:
    written = b"".join(client.get(reverse("dashboard_sizes_csv"))).decode("utf-8-sig")
    return set(written.replace("\u00a0", " ").splitlines())


def test_the_sizes_of_a_programme_are_those_of_every_screen(cast: Cast, manager: Client) -> None:
    SupportGroup.objects.exclude(pk=cast.elan.pk).delete()
    put(cast, GROUP_TOO_LARGE.code, cast.elan.program, warning=16, critical=18)

    assert "Aucun groupe ne dépasse 16 membres" in text_of(manager, "dashboard_sizes")
    assert "Élan;16;de 5 à 16" in sizes_of(manager)
    groups = text_of(manager, "groups")
    assert "(de 5 à 16)" in groups
    assert "d’ordinaire 5 à 16 élèves; de 17 à 18, une zone; au-delà de 18" in groups
    group = text_of(manager, "group", cast.elan.pk)
    assert all(band in group for band in ("5 à 16", "17 à 18, zone", "plus de 18"))
    asked = manager.post(
        reverse("group_member_add", args=[cast.elan.pk]), {"student": newcomer(cast).pk, "starts_on": cast.on}
    )
    assert asked.status_code == 422
    assert "La zone de 17 à 18 demande" in asked.content.decode()


def test_another_programme_keeps_its_own(cast: Cast, manager: Client) -> None:
    SupportGroup.objects.exclude(pk=cast.elan.pk).delete()
    phare, rame = group_of(cast, "Phare", 16), group_of(cast, "Rame", 12)
    put(cast, GROUP_TOO_LARGE.code, cast.elan.program, warning=16, critical=18)

    page = text_of(manager, "dashboard_sizes")
    assert "1 groupe sur 3 dépasse la taille de sa balise" in page
    assert sorted(re.findall(r">(\d+ à \d+)</text>", page)) == ["13 à 15", "13 à 15", "17 à 18"]
    assert {"Élan;16;de 5 à 16", "Phare;16;au-delà de 15"} <= sizes_of(manager)
    groups = text_of(manager, "groups")
    assert "(de 5 à 16)" in groups
    assert "(au-delà de 15)" in groups
    assert "celle de son programme" in groups
    assert "13 à 15, zone" in text_of(manager, "group", phare.pk)
    asked = manager.post(
        reverse("group_member_add", args=[rame.pk]), {"student": newcomer(cast).pk, "starts_on": cast.on}
    )
    assert "La zone de 13 à 15 demande" in asked.content.decode()


def test_nobody_is_asked_to_confirm_below_the_number_of_the_programme(cast: Cast, manager: Client) -> None:
    rame = group_of(cast, "Rame", 12)
    put(cast, GROUP_TOO_LARGE.code, rame.program, warning=16, critical=18)
    sent = {"student": newcomer(cast).pk, "starts_on": cast.on}
    assert manager.post(reverse("group_member_add", args=[rame.pk]), sent).status_code == 302


def test_the_numbers_are_those_of_the_day(cast: Cast, manager: Client) -> None:
    put(cast, GROUP_TOO_LARGE.code, cast.elan.program, cast.on + timedelta(days=1), warning=16, critical=18)
    assert "13 à 15, zone" in text_of(manager, "group", cast.elan.pk)


def test_training_and_months_follow(cast: Cast, client_of: ClientOf, manager: Client) -> None:
    dyad = cast.ines_marc
    put(cast, MENTOR_TRAINING.code, None, warning=180)
    put(cast, DYAD_DURATION_PLANNED.code, dyad.program, warning=8)
    put(cast, DYAD_DURATION_SHORT.code, dyad.program, warning=7, critical=4)
    put(cast, DYAD_CRITICAL_PERIOD.code, dyad.program, months=2)

    chantal, julie = client_of(cast.chantal), client_of(cast.julie)
    assert "sur 180" in text_of(chantal, "mentors")
    assert "sur 180" in text_of(chantal, "mentor", dyad.mentor_id)
    page = text_of(julie, "dyad", dyad.pk)
    assert "sur 180" in page
    assert all(stage in page for stage in ("0 à 2 mois", "2 à 7 mois", "7 à 10 mois"))
    assert "8 mois au moins" in text_of(julie, "dyad_commitment", dyad.pk)
    assert "8 mois au moins" in text_of(julie, "dyad_new")
    ending = text_of(julie, "dyad_end", dyad.pk)
    assert "moins de 4 mois (prioritaire), moins de 7 mois (à surveiller)" in ending
    assert "moins de 8 mois" not in ending


def test_what_is_early_follows(cast: Cast) -> None:
    dyad = cast.ines_marc
    dyad.starts_on, dyad.ends_on, dyad.committed_until = date(2026, 1, 5), cast.on, None
    dyad.save()
    dyad.meetings.all().delete()
    given = {"student": dyad.student, "mentor": cast.sylvie_mentor, "before": cast.on + timedelta(days=30)}
    assert early_ended(**given) is None
    put(cast, STUDENT_REMATCH.code, dyad.program, early_months=12)
    assert early_ended(**given) == dyad


@pytest.mark.parametrize("number", SPOKEN_OF, ids=lambda number: number.means)
def test_a_number_is_worth_the_same_in_a_query(cast: Cast, number: Number) -> None:
    """The last row from the day or before, the programme's before the board's, an emptied one giving way."""
    guideline, name = SPOKEN_OF[number]
    own, other = cast.elan.program, cast.mentoring
    rows = ((None, 30, -40), (own, 20, -30), (own, 21, -30), (other, 10, -20), (other, None, -10), (None, 31, 1))
    for program, value, days in rows:
        GuidelineSetting.objects.create(
            board=cast.board,
            program=program,
            guideline=guideline.code,
            name=name,
            value=value,
            starts_on=cast.on + timedelta(days=days),
            reason="Essai",
        )
    for days in (-50, -35, -30, -15, -5, 5):
        on = cast.on + timedelta(days=days)
        read = Program.objects.annotate(worth=Numbers.column(number, on, board="board", program="pk"))
        numbers = Numbers.of(cast.board, on)
        programs = read.filter(board=cast.board).values_list("pk", "worth")
        assert dict(programs) == {pk: numbers.worth(number, pk) for pk, _worth in programs}


def test_the_guidelines_show_a_programmes_own_number_beside_the_reviews(cast: Cast, client_of: ClientOf) -> None:
    put(cast, GROUP_TOO_LARGE.code, cast.elan.program, critical=18)
    julie, other = client_of(cast.julie), client_of(cast.other_lead)
    for page in (text_of(julie, "guidelines"), julie.get(f"/balises/{GROUP_TOO_LARGE.code}/").content.decode()):
        said = " ".join(page.replace("\u00a0", " ").split())
        assert "18 membres" in said
        assert "(par défaut : 15)" in said
    assert "18 membres" not in text_of(other, "guidelines")
