"""Who comes back in a file: what a person had decided, or what waits, is asked, and never undone by itself."""

from pathlib import Path

import pytest
from django.utils import timezone

from exchange.models import ImportRun
from exchange.tests.roster_files import archive
from exchange.tests.test_imports import ClientOf, apply, confirm, send, text
from exchange.tests.test_moves import USERS, listed
from mentoring.models import Pause
from people.actions.accounts import close_accounts
from people.models import AuditEntry, Student, User
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.on_postgresql]

ADULTS = ["Nom et prénom", "Courriel", "Rôles"]
STUDENTS = ["Fiche", "Nom et prénom", "Statut"]


def is_open(person: User) -> bool:
    return User.objects.get(pk=person.pk).is_active


def adults(cast: Cast, client_of: ClientOf) -> ImportRun:
    """A list in which the account of one of those named is closed."""
    close_accounts(people=[cast.marc], person=cast.julie, at=timezone.now())
    name = f"{cast.marc.family_name}, {cast.marc.given_name}"
    run = send(client_of(cast.alain), text([name, str(cast.marc.email), "Mentor"], header=ADULTS), "adultes.csv")
    confirm(client_of(cast.alain), run)
    return run


@pytest.mark.parametrize("answer", ["stay", "reopen"])
def test_a_list_asks_whether_a_closed_account_opens(cast: Cast, client_of: ClientOf, answer: str) -> None:
    run, client = adults(cast, client_of), client_of(cast.alain)
    page = client.get(f"/importer/{run.pk}/").content.decode()
    assert "Faut-il le rouvrir" in page
    assert "Laisser le compte fermé" in page
    assert apply(client, run, cast).state == "reviewed", "nothing is answered by itself"
    client.post(f"/importer/{run.pk}/", {"row": ["2"], "ask_2_closed": answer})
    assert apply(client, run, cast).state == "applied"
    assert is_open(cast.marc) == (answer == "reopen")
    deeds = AuditEntry.objects.filter(verb="account.reopened", subject_id=cast.marc.pk, person=cast.alain)
    assert deeds.exists() == (answer == "reopen")


def paused(cast: Cast) -> None:
    """Inès left, and came back in a list."""
    Student.objects.bulk_update([_left(cast.ines, cast)], ["left_on"])
    assert Pause.objects.filter(dyad=cast.ines_marc, ends_on=None).exists()


def _left(student: Student, cast: Cast) -> Student:
    student.left_on = cast.on
    return student


@pytest.mark.parametrize("answer", ["rest", "resume"])
def test_a_list_proposes_to_lift_the_pause(cast: Cast, client_of: ClientOf, answer: str) -> None:
    paused(cast)
    client = client_of(cast.alain)
    name = f"{cast.ines.family_name}, {cast.ines.given_name}"
    run = send(client, text([cast.ines.key, name, "Actif"], header=STUDENTS), "liste.csv", kind="students")
    confirm(client, run)
    assert "Lever la pause dès aujourd’hui" in client.get(f"/importer/{run.pk}/").content.decode()
    client.post(f"/importer/{run.pk}/", {"row": ["2"], "ask_2_still_paused": answer})
    assert apply(client, run, cast).state == "applied"
    assert Pause.objects.filter(dyad=cast.ines_marc, ends_on=None).exists() == (answer == "rest")


@pytest.mark.parametrize("agrees", [False, True])
def test_an_archive_asks_both(cast: Cast, client_of: ClientOf, tmp_path: Path, agrees: bool) -> None:
    paused(cast)
    close_accounts(people=[cast.marc], person=cast.julie, at=timezone.now())
    schools = f"{cast.school.key},,,{cast.school.name},school,,\n"
    orgs = f"sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n{schools}"
    users = USERS + "\n".join(listed(cast, one) for one in (cast.ines, cast.marc))
    client = client_of(cast.robert)
    run = send(client, archive(tmp_path, {"orgs.csv": orgs, "users.csv": users}).read_bytes(), "oneroster.zip")
    page = client.get(f"/importer/{run.pk}/").content.decode()
    assert page.count("Faut-il") == 2, page
    said = {"ask_0": "yes", "ask_1": "yes"} if agrees else {"ask_0": "", "ask_1": ""}
    assert client.post(f"/importer/{run.pk}/", said).status_code == 302
    assert apply(client, run, cast).state == "applied"
    assert is_open(cast.marc) == agrees
    assert Pause.objects.filter(dyad=cast.ines_marc, ends_on=None).exists() == (not agrees)
