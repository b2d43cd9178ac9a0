"""The follow-up sheet and the half-year report of a student: what is in them, for whom, and what never is."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from mentoring.models import DyadMeeting, FollowUp
from people.models import AuditEntry, User
from people.text import spoken
from programs.models import FamilyContact, SchoolYear, StudentContact
from tests.cast import Cast
from tests.printed import faults_of

pytestmark = pytest.mark.on_postgresql

ClientOf = Callable[[User], Client]
SECRET, SAID = "Parle de sa mère hospitalisée.", "A fini son travail de sciences."
REASON = "Plan d’intervention de décembre"


def asked(cast: Cast, **said: str) -> dict[str, str]:
    """A sheet of the first semester, with notes."""
    year = SchoolYear.objects.filter(board=cast.board, starts_on__lte=cast.on).latest("starts_on")
    return {"document": "fiche", "periode": f"semestre-{year.starts_on}", "notes": "on", "reason": REASON} | said


def address(cast: Cast) -> str:
    return reverse("student_sheet", args=[cast.ines_marc.student_id])


@pytest.fixture
def noted(cast: Cast) -> Cast:
    """A member of Tremplin who is also in a dyad of another adult, with a note of each level in both."""
    student = cast.tremplin.members.all()[0].student
    cast.ines_marc.student = student
    cast.ines_marc.save()
    said = {"board": cast.board, "on": cast.on, "logged_by": cast.nadia, "logged_on": cast.on}
    for log in (StudentContact, FamilyContact):
        log.objects.create(group=cast.tremplin, student=student, note=SAID, **said)
    for level, note in (("ordinary", "Retards revus ensemble."), ("confidential", SECRET)):
        said["logged_by"] = cast.marc
        FollowUp.objects.create(dyad=cast.ines_marc, lates_reviewed=True, note=note, note_level=level, **said)
    return cast


def sheet(client: Client, cast: Cast, **said: str) -> str:
    reply = client.post(address(cast), asked(cast, **said))
    assert reply.status_code == 200, reply.status_code
    return reply.content.decode()


def test_the_sheet_tells_what_its_reader_sees(noted: Cast, client_of: ClientOf) -> None:
    whole = sheet(client_of(noted.alain), noted)
    assert f"<strong>{noted.ines_marc.student}</strong>" in whole
    assert SAID in whole
    assert "Retards revus ensemble." in whole
    assert "Routine de la semaine" in whole
    assert "Marc-Olivier Thériault" in whole
    teacher = sheet(client_of(noted.nadia), noted)
    assert SAID in teacher
    assert "Retards revus ensemble." not in teacher
    assert "Marc-Olivier" not in teacher
    without = client_of(noted.nadia).post(address(noted), {**asked(noted), "notes": ""})
    assert without.status_code == 200
    assert SAID not in without.content.decode()


@pytest.mark.parametrize("person", ["alain", "julie", "marc"])
def test_a_confidential_note_is_counted_and_never_printed(noted: Cast, client_of: ClientOf, person: str) -> None:
    student, client = noted.ines_marc.student_id, client_of(getattr(noted, person))
    assert SECRET not in client.get(reverse("student", args=[student])).content.decode()
    if person == "marc":  # its author, who prints no sheet
        assert client.post(address(noted), asked(noted)).status_code == 403
        return
    for document in ("fiche", "rapport"):
        page = sheet(client, noted, document=document)
        assert SECRET not in page
        assert "Une note confidentielle existe" in page


def test_a_reason_is_asked_of_whoever_answers_for_more_than_their_own(noted: Cast, client_of: ClientOf) -> None:
    student = noted.ines_marc.student_id
    refused = client_of(noted.julie).post(address(noted), asked(noted, reason="oui"))
    assert refused.status_code == 422
    assert "trois au moins" in refused.content.decode()
    entries = AuditEntry.objects.filter(verb="student.sheet_exported", subject_id=student)
    assert not entries.exists()
    sheet(client_of(noted.julie), noted)
    sheet(client_of(noted.nadia), noted)
    assert list(entries.order_by("pk").values_list("person", "reason")) == [
        (noted.julie.pk, REASON),
        (noted.nadia.pk, ""),
    ]


@pytest.mark.parametrize("document", ["fiche", "rapport"])
def test_the_file_is_readable_by_everybody_and_names_nobody(noted: Cast, client_of: ClientOf, document: str) -> None:
    student = noted.ines_marc.student
    reply = client_of(noted.alain).post(address(noted), asked(noted, document=document) | {"as": "pdf"})
    assert reply["Content-Type"] == "application/pdf"
    assert student.family_name.lower() not in reply["Content-Disposition"].lower()
    assert faults_of(reply.content) == []


def test_a_semester_holds_what_was_done_in_it_up_to_today(noted: Cast, client_of: ClientOf) -> None:
    year = SchoolYear.objects.filter(board=noted.board, starts_on__lte=noted.on).latest("starts_on")
    DyadMeeting.objects.filter(dyad=noted.ines_marc).delete()
    for day in (year.starts_on - timedelta(days=1), year.starts_on, noted.on):
        DyadMeeting.objects.create(board=noted.board, dyad=noted.ines_marc, on=day, status="held")
    page = sheet(client_of(noted.alain), noted, document="rapport")
    assert "1er semestre" in page
    assert f"du {spoken(year.starts_on)} au 23 novembre 2026" in page
    assert "<td>2 (dernière fois le 23 novembre 2026)</td>" in page.partition("Marc-Olivier Thériault")[2]
    assert f"semestre-{year.ends_on}" not in page
