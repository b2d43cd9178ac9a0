"""A list of one school says, shows, changes and ends nothing of another's; a job does no more than its person may."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exchange.imports import job
from exchange.models import ImportRun
from exchange.tests.test_imports import apply, confirm, send, text
from mentoring.models import Dyad
from people.access import Role
from people.actions.accounts import close_accounts
from people.models import Membership, Student, User
from tests.cast import Cast

ClientOf = Callable[[User], Client]
ADULTS = ["Matricule", "Nom", "Prénom", "Courriel", "Rôles"]
STUDENTS = ["Fiche", "Nom", "Prénom", "Date de naissance", "Statut"]
TAKEN = "pirate@exemple.org"


def sent(client: Client, row: list[str], *, kind: str) -> tuple[ImportRun, str]:
    """A list of one line, and its preview."""
    run = send(client, text(row, header=ADULTS if kind == "adults" else STUDENTS), name="liste.csv", kind=kind)
    confirm(client, run)
    return run, client.get(f"/importer/{run.pk}/").content.decode()


@pytest.fixture
def elsewhere(cast: Cast) -> Dyad:
    """A dyad of the board's other school."""
    return Dyad.objects.with_people().filter(program__school=cast.second_school, ends_on=None)[0]


def test_a_number_of_another_school_tells_nobody_and_ends_nothing(
    cast: Cast, client_of: ClientOf, elsewhere: Dyad
) -> None:
    client, student = client_of(cast.alain), elsewhere.student
    words = (str(student), student.family_name, str(elsewhere.mentor), str(student.birth_date))
    for row in (
        [student.key, "Zzz", "Qqq", "", "Actif"],
        [student.key, student.family_name[0], student.given_name, "", "Actif"],
        [student.key, student.family_name, student.given_name, "2001-01-01", "Actif"],
    ):
        run, page = sent(client, row, kind="students")
        assert "celui d’une personne d’une autre école" in page
        assert not [word for word in words if word in page.replace(row[1], "").replace(row[2], "")]
        assert apply(client, run, cast).state == "reviewed"
    run, page = sent(client, [student.key, student.family_name, student.given_name, "", "Inactif"], kind="students")
    assert "inconnu ici" in page
    assert str(elsewhere.mentor) not in page
    client.post(reverse("import_answer", args=[run.pk]), {"code": "with_relations", "answer": "end"})
    assert apply(client, run, cast).state == "applied"
    assert_untouched(student, elsewhere, cast)


def test_who_comes_from_another_school_leaves_there_what_they_held(
    cast: Cast, client_of: ClientOf, elsewhere: Dyad
) -> None:
    client, student = client_of(cast.alain), elsewhere.student
    run, page = sent(client, [student.key, student.family_name, student.given_name, "", "Actif"], kind="students")
    assert str(elsewhere.mentor) not in page
    client.post(reverse("import_answer", args=[run.pk]), {"code": "with_relations", "answer": "end"})
    assert apply(client, run, cast).state == "applied"
    student.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (student.school, elsewhere.ends_on) == (cast.school, None)
    assert elsewhere.pauses.exists(), "it waits for a decision of the school where it is"


def assert_untouched(student: Student, dyad: Dyad, cast: Cast) -> None:
    student.refresh_from_db()
    dyad.refresh_from_db()
    assert (student.school, student.left_on, dyad.ends_on) == (cast.second_school, None, None)


def test_a_second_number_of_a_child_of_another_school_is_not_told(
    cast: Cast, client_of: ClientOf, elsewhere: Dyad
) -> None:
    student = elsewhere.student
    born = student.birth_date.isoformat() if student.birth_date else ""
    line = ["N-1", student.family_name, student.given_name, born]
    _run, page = sent(client_of(cast.alain), [*line, "Actif"], kind="students")
    assert "Est-ce la même personne" in page
    assert student.key not in page
    run, page = sent(client_of(cast.alain), [*line, "Inactif"], kind="students")
    assert "Est-ce la même personne" not in page
    apply(client_of(cast.alain), run, cast)
    assert_untouched(student, elsewhere, cast)


def test_the_board_moves_and_ends_as_before(cast: Cast, client_of: ClientOf, elsewhere: Dyad) -> None:
    client, student = client_of(cast.robert), elsewhere.student
    row = [student.key, student.family_name, student.given_name, "", "Inactif", cast.second_school.name]
    run = send(client, text(row, header=[*STUDENTS, "École"]), name="liste.csv", kind="students")
    confirm(client, run)
    assert str(elsewhere.mentor) in client.get(f"/importer/{run.pk}/").content.decode()
    client.post(reverse("import_answer", args=[run.pk]), {"code": "with_relations", "answer": "end"})
    assert apply(client, run, cast).state == "applied"
    elsewhere.refresh_from_db()
    assert elsewhere.ends_on == cast.on


@pytest.mark.parametrize("wider", ["manager there", "lead there", "trainer of the board"])
def test_the_account_of_somebody_with_wider_rights_is_not_taken_over(
    cast: Cast, client_of: ClientOf, wider: str
) -> None:
    other = {"board": cast.board, "school": cast.second_school}
    role: dict[str, Any] = {
        "manager there": {"role": Role.SCHOOL_MANAGER, **other},
        "lead there": {"role": Role.PROGRAM_LEAD, "program": cast.second_mentoring, **other},
        "trainer of the board": {"role": Role.TRAINER, "board": cast.board},
    }[wider]
    karim, client = cast.karim, client_of(cast.alain)
    Membership.objects.create(person=karim, **role)
    before = karim.email
    run, page = sent(client, [karim.key, karim.family_name, karim.given_name, TAKEN, ""], kind="adults")
    assert "Relève d’une autre école" in page
    apply(client, run, cast)
    _run, page = sent(client, [karim.key, "Zzz", "Qqq", "", ""], kind="adults")
    assert "celui d’une personne d’une autre école" in page
    assert karim.family_name not in page
    close_accounts(people=[karim], person=cast.robert, at=timezone.now())
    run, _page = sent(client, [karim.key, karim.family_name, karim.given_name, TAKEN, ""], kind="adults")
    client.post(reverse("import_answer", args=[run.pk]), {"code": "closed", "answer": "reopen"})
    apply(client, run, cast)
    karim.refresh_from_db()
    assert (karim.email, karim.is_active) == (before, False)


@pytest.mark.parametrize("shut_out", ["account closed", "role ended"])
def test_a_list_that_waits_is_not_written_for_who_may_no_more(cast: Cast, client_of: ClientOf, shut_out: str) -> None:
    client = client_of(cast.alain)
    run, _page = sent(client, ["N-77", "Nouveau", "Noé", "noe@exemple.org", "direction"], kind="adults")
    client.post(f"/importer/{run.pk}/appliquer/")
    if shut_out == "account closed":
        close_accounts(people=[cast.alain], person=cast.robert, at=timezone.now())
    else:
        Membership.objects.filter(person=cast.alain).update(ends_on=cast.on)
    job.apply(run.pk, on=cast.on, now=timezone.now())
    run.refresh_from_db()
    assert (run.state, "ne gère plus" in run.error) == ("reviewed", True)
    assert not User.objects.get_queryset().filter(key="N-77").exists()
