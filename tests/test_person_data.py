"""One person's data out: all that is kept of them, nothing of another child, by whoever may, with why."""

import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accompagnement.demo.cast import Cast
from mentoring.models import Dyad
from people.models import AuditEntry, Student, User
from people.privacy.tables import DECLARED
from programs.models import StudentContact
from tests.furnished import furnish

ClientOf = Callable[[User], Client]
WHY = {"reason": "Demande d’accès reçue hier"}


@pytest.fixture
def furnished(cast: Cast) -> Cast:
    furnish(cast)
    return cast


def archive_of(client: Client, name: str, pk: int) -> tuple[zipfile.ZipFile, dict[str, Any]]:
    reply: Any = client.post(reverse(name, args=[pk]), WHY)
    assert reply.status_code == 200
    assert str(pk) in reply["Content-Disposition"]
    made = zipfile.ZipFile(BytesIO(b"".join(reply.streaming_content)))
    told = json.loads(made.read("renseignements.json"))
    return made, {one["table"]: one for one in told["tables"]}


@pytest.mark.on_postgresql
def test_every_table_that_is_about_a_student_is_in_their_archive(furnished: Cast, client_of: ClientOf) -> None:
    cast = furnished
    StudentContact.objects.filter(student=cast.tremplin.members.all()[0].student).update(
        note="Il a peur du noir.", note_level="confidential"
    )
    for student in (cast.ines, cast.tremplin.members.all()[0].student):
        made, tables = archive_of(client_of(cast.line), "student_data", student.pk)
        expected = {
            model._meta.label
            for one in DECLARED
            for model in one.tables
            if model._base_manager.filter(one.about("student", [student.pk], model)).exists()
        }
        assert expected <= set(tables)
        assert len(expected) >= 8
        text = b"".join(made.read(name) for name in made.namelist()).decode()
        assert "LISEZ-MOI.txt" in made.namelist()
        for other in Student.objects.exclude(pk=student.pk).exclude(family_name=student.family_name):
            assert str(other) not in text
    assert "Il a peur du noir." in text
    assert AuditEntry.objects.filter(verb="student.data_exported", reason=WHY["reason"]).count() == 2


def test_an_adult_gets_their_own_without_a_childs_name(furnished: Cast, client_of: ClientOf) -> None:
    cast = furnished
    Dyad.objects.filter(pk=cast.ines_marc.pk).update(end_reason="Inès Benali déménage")
    made, tables = archive_of(client_of(cast.line), "person_data", cast.marc.pk)
    text = b"".join(made.read(name) for name in made.namelist()).decode()
    assert {"people.User", "people.Membership", "mentoring.Mentor", "mentoring.Dyad"} <= set(tables)
    assert "Marc-Olivier" in text
    assert "password" not in text
    assert cast.marc.password not in text
    assert "Benali" not in text
    assert cast.karim.email not in text


def test_why_is_asked_and_nobody_else_gets_it(cast: Cast, client_of: ClientOf) -> None:
    student, adult = reverse("student_data", args=[cast.ines.pk]), reverse("person_data", args=[cast.marc.pk])
    for address in (student, adult):
        assert client_of(cast.line).post(address, {"reason": "bah"}).status_code == 422
        assert client_of(cast.alain).post(address, WHY).status_code == 403
    assert client_of(cast.robert).post(student, WHY).status_code == 404
    assert client_of(cast.robert).post(adult, WHY).status_code == 403
    assert client_of(cast.line).post(reverse("student_data", args=[cast.other_student.pk]), WHY).status_code == 404
    assert client_of(cast.line).post(reverse("person_data", args=[cast.other_lead.pk]), WHY).status_code == 404
    assert not AuditEntry.objects.exists()


def test_the_page_to_print_says_the_same_in_words(furnished: Cast, client_of: ClientOf) -> None:
    cast, said = furnished, {**WHY, "as": "sheet"}
    StudentContact.objects.filter(student=cast.tremplin.members.all()[0].student).update(note="Il a peur du noir.")
    student = cast.tremplin.members.all()[0].student
    page = client_of(cast.line).post(reverse("student_data", args=[student.pk]), said).content.decode()
    for words in (str(student), "Il a peur du noir.", "Contacts individuels", "Groupe", str(cast.tremplin)):
        assert words in page
    noted = page.partition("Présences")[2]
    for on in student.attendances.values_list("meeting__on", flat=True):
        assert f"<dt>Rencontre</dt><dd>{on.isoformat()}</dd>" in noted
    for code in ("entry_uuid", "student_id", str(student.key), "note_level", ">True<", ">None<"):
        assert code not in page
    for other in Student.objects.exclude(pk=student.pk).exclude(family_name=student.family_name):
        assert str(other) not in page
    assert AuditEntry.objects.filter(verb="student.data_exported", reason=WHY["reason"]).count() == 1
    adult = client_of(cast.line).post(reverse("person_data", args=[cast.marc.pk]), said).content.decode()
    assert "Marc-Olivier" in adult
    assert "Benali" not in adult
    assert "argon2" not in adult
