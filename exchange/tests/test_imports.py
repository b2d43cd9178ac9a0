"""Files on their way in by page: what is recognised, what is shown, what is written, what comes back."""

import io
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exchange.imports import job
from exchange.models import ImportRun
from people.models import AuditEntry, Student, User
from tests.cast import Cast

ClientOf = Callable[[User], Client]
HEADER = ["Fiche", " CODE PERMANENT", "Nom et prénom ", "Statut", "Classe", "Groupe-repere"]


def workbook(*rows: list[object], header: list[str] = HEADER) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Liste")
        for number, cells in enumerate([header, *rows]):
            sheet.write_row(number, 0, cells)
    return content.getvalue()


def text(*rows: list[str], header: list[str] = HEADER, encoding: str = "cp1252") -> bytes:
    return "\r\n".join(";".join(cells) for cells in [header, *rows]).encode(encoding)


def send(client: Client, content: bytes, name: str = "liste.xlsx", **said: str) -> ImportRun:
    sent = {"entry_uuid": uuid.uuid4(), "file": SimpleUploadedFile(name, content), **said}
    response = client.post("/importer/", sent)
    assert response.status_code == 302, response.content.decode()
    return ImportRun.objects.get(pk=int(response["Location"].rstrip("/").rpartition("/")[2]))


def confirm(client: Client, run: ImportRun) -> None:
    """Take the columns as they were recognised."""
    page = f"/importer/{run.pk}/colonnes/"
    said = {f"column_{place}": name for name, place in run.mapping.items()}
    assert client.post(page, {"kind": run.kind, **said}).status_code == 302


def apply(client: Client, run: ImportRun, cast: Cast, **said: str) -> ImportRun:
    client.post(f"/importer/{run.pk}/appliquer/", said)
    job.apply(run.pk, on=cast.on, now=timezone.now())
    run.refresh_from_db()
    return run


GABRIEL = [12345.0, "TREG12345678", "Tremblay, Gabriel", "Actif", "3", "302"]


def test_a_list_of_students_comes_in(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.alain)
    run = send(client, workbook(GABRIEL, ["0067890", "", "Gagnon Léa", "actif ", "", "101"]))
    assert (run.kind, run.state) == ("students", "read")
    assert set(run.mapping) == {"number", "code", "full_name", "status", "classe", "homeroom"}
    columns = client.get(f"/importer/{run.pk}/colonnes/").content.decode()
    assert "12345 · 0067890" in columns
    assert "12345.0" not in columns
    confirm(client, run)
    preview = client.get(f"/importer/{run.pk}/").content.decode()
    assert "<strong>2</strong> <span>à créer</span>" in preview
    assert not Student.objects.filter(key="12345")
    assert apply(client, run, cast).state == "applied"
    gabriel, lea = Student.objects.get(key="12345"), Student.objects.get(key="67890")
    assert (str(gabriel), gabriel.grade, gabriel.school) == ("Gabriel Tremblay", 3, cast.school)
    assert (str(lea), lea.grade) == ("Léa Gagnon", 1)
    deeds = AuditEntry.objects.filter(person=cast.alain).order_by("pk").values_list("verb", flat=True)
    assert list(deeds) == ["import.uploaded", "import.applied"]


@pytest.mark.parametrize("fiche", ["12345", "12345.0", "0012345", " 12 345 "])
def test_a_number_is_one_however_it_is_written(cast: Cast, client_of: ClientOf, fiche: str) -> None:
    known = Student.objects.create(
        board=cast.board, school=cast.school, key="12345", given_name="Gabriel", family_name="Tremblay", grade=3
    )
    run = send(client_of(cast.alain), text([fiche, "", "Tremblay Gabriel", "Actif", "4", "402"]), "liste.csv")
    confirm(client_of(cast.alain), run)
    assert apply(client_of(cast.alain), run, cast).state == "applied"
    known.refresh_from_db()
    assert (known.grade, Student.objects.filter(family_name="Tremblay", given_name="Gabriel").count()) == (4, 1)


def test_the_header_is_found_under_a_title_and_remembered(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.alain)
    rows = ["Liste des élèves;;\r\n", "\r\n", "NO;Élève ;grp\r\n", "12345;Tremblay, Gabriel;302\r\n"]
    content = "".join(rows).encode("cp1252")
    run = send(client, content, "liste.csv", kind="students")
    client.post(
        f"/importer/{run.pk}/colonnes/",
        {"kind": "students", "column_0": "number", "column_1": "full_name", "column_2": "homeroom"},
    )
    again = send(client, content, "liste.csv")
    assert again.state == "reviewed"
    assert again.mapping == {"number": 0, "full_name": 1, "homeroom": 2}
    assert [row.number for row in again.rows.all()] == [4]


def test_what_nobody_sees_in_a_cell_makes_no_other_person(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.alain)
    header = ["\u200eFiche", "Nom", "Pre\u0301nom", "Date de naissance"]
    rows = [["\u200e9001", "Roy\u200b", "Zoe\u0301", "\u200e2012-03-04\u200e"], ["９００２", "Côté", "Ève", ""]]
    run = send(client, text(*rows, header=header, encoding="utf-8"), "liste.csv")
    confirm(client, run)
    assert apply(client, run, cast).state == "applied"
    zoe = Student.objects.get(key="9001", birth_date="2012-03-04")
    assert (zoe.family_name, zoe.given_name) == ("Roy", "Zo\u00e9")
    assert Student.objects.filter(key="9002").exists()


def test_a_total_and_a_number_cut_short_are_nobody(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.alain)
    run = send(client, text(["Total", "", "245", "", "", ""], ["1,23457E+11", "", "Roy, Zoé", "", "", ""]), "liste.csv")
    confirm(client, run)
    page = client.get(f"/importer/{run.pk}/").content.decode()
    assert "Le nom manque" in page
    assert "«\u00a01,23457E+11\u00a0» est un numéro que le tableur a abrégé" in page
    assert apply(client, run, cast, reste="laisser").state == "applied"
    assert not Student.objects.filter(family_name__in=["245", "Roy"], given_name__in=["", "Zoé"]).exists()


def test_what_is_wrong_is_said_by_line_and_fixed_in_place(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.alain)
    header = [*HEADER, "Date de naissance"]
    run = send(
        client,
        text(
            ["1", "", "Roy, Zoé", "Actif", "1", "", "2014-02-30"],
            ["2", "", "Roy, Léo", "Vacances", "1", "", "03/02/2014"],
            ["", "", "Roy, Max", "Actif", "1", "", ""],
            ["4", "", "Roy, Ève", "Actif", "1", "", "2031-01-01"],
            header=header,
        ),
        "liste.csv",
    )
    confirm(client, run)
    page = f"/importer/{run.pk}/"
    shown = client.get(page).content.decode()
    assert "Ligne 2\u00a0: Roy, Zoé" in shown
    for sentence in ("n’est pas une date", "Vacances\u00a0» n’est pas un mot connu", "Ni fiche ni code", "est à venir"):
        assert sentence in shown
    still = {"row": ["2", "3", "4", "5"], "fix_2_birth_date": "2014-02-31", "leave_4": "on", "leave_5": "on"}
    refused = client.post(page, still | {"fix_3_status": "Actif"})
    assert refused.status_code == 422
    assert "2014-02-31" in refused.content.decode()
    assert client.post(page, {"row": ["2"], "fix_2_birth_date": "3 févr. 2014"}).status_code == 302
    assert apply(client, run, cast).state == "applied"
    assert {student.given_name for student in Student.objects.filter(family_name="Roy", key__in="1245")} == {
        "Zoé",
        "Léo",
    }
    left = b"".join(client.get(f"{page}laissees.csv")).decode("utf-8-sig")  # type: ignore[call-overload]
    assert left.splitlines()[0].startswith("Ligne;Raison;Fiche;")
    assert "4;Ni fiche ni code permanent" in left


def test_nothing_is_written_while_something_waits(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.alain)
    run = send(client, text(["1", "", "Roy, Zoé", "Actif", "1", ""], ["2", "", "Roy, Léo", "?", "1", ""]), "liste.csv")
    confirm(client, run)
    assert apply(client, run, cast).state == "reviewed"
    assert apply(client, run, cast, reste="laisser").state == "applied"
    assert Student.objects.filter(key__in="12").count() == 1


def test_a_number_of_another_child_is_stopped(cast: Cast, client_of: ClientOf) -> None:
    client, header = client_of(cast.alain), [*HEADER, "Date de naissance"]
    Student.objects.filter(pk=cast.ines.pk).update(key="1001", birth_date="2014-02-03")
    run = send(
        client, text(["1001", "", "Champagne, Olivier", "Actif", "2", "", "2012-07-07"], header=header), "liste.csv"
    )
    confirm(client, run)
    assert "est déjà celui d’une autre personne (Inès Benali" in client.get(f"/importer/{run.pk}/").content.decode()
    apply(client, run, cast, reste="laisser")
    cast.ines.refresh_from_db()
    assert str(cast.ines) == "Inès Benali"
    second = [["2002", "", "Benali, Inès", "Actif", "2", "", "2014-02-03"]]
    run = send(client, text(*second, header=header), "liste.csv")
    assert "Est-ce la même personne" in client.get(f"/importer/{run.pk}/").content.decode()
    client.post(f"/importer/{run.pk}/", {"row": ["2"], "ask_2_same_person": "other"})
    apply(client, run, cast)
    assert Student.objects.filter(given_name="Inès", family_name="Benali").count() == 2


def test_who_leaves_is_shown_with_what_they_hold(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.alain)
    Student.objects.filter(pk=cast.ines.pk).update(key="1001")
    run = send(client, text(["1001", "", "Benali, Inès", "Inactif", "2", ""]), "liste.csv")
    confirm(client, run)
    page = client.get(f"/importer/{run.pk}/").content.decode()
    assert "dyade avec Marc-Olivier Thériault" in page
    client.post(f"/importer/{run.pk}/", {"row": ["2"], "ask_2_with_relations": "end"})
    assert "1 dyade prend fin." in client.get(f"/importer/{run.pk}/").content.decode()
    cast.ines_marc.refresh_from_db()
    assert cast.ines_marc.ends_on is None
    apply(client, run, cast)
    cast.ines_marc.refresh_from_db()
    cast.ines.refresh_from_db()
    assert (cast.ines_marc.ends_on, cast.ines.left_on) == (cast.on, cast.on)
    assert not cast.ines.group_memberships.filter(ends_on=None).exists()
    assert "tout peut redevenir comme avant" in client.get(f"/importer/{run.pk}/").content.decode()
    back = send(client, text(["1001", "", "Benali, Inès", "Actif", "2", ""]), "liste.csv")
    assert "<strong>1</strong> <span>de retour</span>" in client.get(f"/importer/{back.pk}/").content.decode()
    apply(client, back, cast)
    cast.ines.refresh_from_db()
    assert cast.ines.left_on is None


def test_a_whole_import_is_taken_back_until_something_is_built_on_it(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.alain)
    known = Student.objects.create(
        board=cast.board, school=cast.school, key="7", given_name="Léa", family_name="Roy", grade=1
    )
    run = send(
        client, text(["1", "", "Roy, Zoé", "Actif", "1", ""], ["7", "", "Roy, Léa", "Actif", "2", ""]), "liste.csv"
    )
    confirm(client, run)
    apply(client, run, cast)
    member = cast.tremplin.members.create(student=Student.objects.get(key="1"), starts_on=cast.on)
    client.post(f"/importer/{run.pk}/annuler/")
    run.refresh_from_db()
    assert run.state == "applied"
    page = client.get(f"/importer/{run.pk}/").content.decode()
    assert "Ce qui s’appuie sur l’importation (places dans un groupe)\u00a0: 1." in page
    member.delete()
    client.post(f"/importer/{run.pk}/annuler/")
    run.refresh_from_db()
    known.refresh_from_db()
    assert (run.state, known.grade, Student.objects.filter(key="1").exists()) == ("undone", 1, False)


def test_adults_get_their_roles(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.alain)
    header = ["Nom", "Prénom", "Courriel", "Rôle"]
    rows = [
        ["Lavoie", "Maude", "Maude.Lavoie@ecole.example ", "Enseignante-ressource, Mentore"],
        ["Ferhat", "Nadia", cast.nadia.email or "", "Responsable de programme"],
        ["Cyr", "Luc", "luc@ecole.example", "administration du centre"],
        ["Doré", "Alain", cast.alain.email or "", "mentor"],
    ]
    run = send(client, workbook(*rows, header=header))
    assert run.kind == "adults"
    confirm(client, run)
    page = client.get(f"/importer/{run.pk}/").content.decode()
    assert "seule l’administration l’accorde" in page
    client.post(f"/importer/{run.pk}/", {"row": ["2"], "ask_2_which_mentor": "teacher"})
    apply(client, run, cast, reste="laisser")
    maude = User.objects.get(email="maude.lavoie@ecole.example")
    held = set(maude.memberships.values_list("role", "school", "starts_on"))
    assert held == {("resource_teacher", cast.school.pk, cast.on), ("mentor", cast.school.pk, cast.on)}
    assert maude.mentor.kind == "teacher"
    assert not maude.has_usable_password()
    assert cast.nadia.memberships.filter(role="program_lead", school=cast.school).exists()
    assert not User.objects.filter(email="luc@ecole.example").exists()
    assert not cast.alain.memberships.filter(role="mentor").exists()
    verbs = AuditEntry.objects.filter(person=cast.alain).values_list("verb", flat=True)
    assert list(verbs).count("role.given") == 3


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("liste.pdf", b"%PDF-1.7 etc", "c’est un PDF"),
        ("liste.xlsx", b"<!DOCTYPE html><table>", "c’est une page Web"),
        ("liste.xlsx", b"PK\x03\x04[Content_Types].xml xl/ broken", "damag|endommagé"),
        ("liste.csv", b"Fiche;Nom\r\n", "aucune ligne n’est remplie sous l’en-tête"),
        ("liste.csv", b"Fiche;Nom\r\n1;a\0b", "caractère nul"),
        ("liste.csv", b"x;" * 300 + b"\r\n1", "256 colonnes"),
        ("liste.csv", b'Fiche;Nom\r\n1;"Roy\r\n2;Roy', "guillemet"),
        ("liste.zip", b"PK\x05\x06" + bytes(18), "administration"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    cast: Cast, client_of: ClientOf, name: str, content: bytes, sentence: str
) -> None:
    client = client_of(cast.alain)
    run = send(client, content, name)
    page = client.get(f"/importer/{run.pk}/").content.decode()
    assert (run.state, run.rows.count()) == ("failed", 0)
    assert any(part in page for part in sentence.split("|")), run.error


def test_a_job_that_died_is_taken_over_and_one_delivered_twice_is_done_once(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.alain)
    run = send(client, text(["1", "", "Roy, Zoé", "Actif", "1", ""]), "liste.csv")
    confirm(client, run)
    client.post(f"/importer/{run.pk}/appliquer/")
    now = timezone.now()
    dead = ImportRun.objects.filter(pk=run.pk)
    dead.update(state="applying", claim=uuid.uuid4(), beat_at=now)
    job.apply(run.pk, on=cast.on, now=now)
    run.refresh_from_db()
    assert run.state == "applying"
    job.apply(run.pk, on=cast.on, now=now + timedelta(minutes=3))
    job.apply(run.pk, on=cast.on, now=now + timedelta(minutes=9))
    run.refresh_from_db()
    assert run.state == "applied"
    assert Student.objects.filter(key="1").count() == 1
    assert AuditEntry.objects.filter(verb="import.applied").count() == 1


def test_a_list_sent_twice_is_one_import_and_changes_nothing_the_second_time(cast: Cast, client_of: ClientOf) -> None:
    client, key = client_of(cast.alain), str(uuid.uuid4())
    content = text(["1", "", "Roy, Zoé", "Actif", "1", "101"])
    first, second = (send(client, content, "liste.csv", entry_uuid=key) for _time in range(2))
    assert first == second
    confirm(client, first)
    apply(client, first, cast)
    again = send(client, content, "liste.csv")
    assert "<strong>1</strong> <span>sans changement</span>" in client.get(f"/importer/{again.pk}/").content.decode()


def test_queries_do_not_grow_with_lines(cast: Cast, client_of: ClientOf) -> None:
    client, counts = client_of(cast.alain), []
    for size in (1, 2, 60):  # the first knows nobody, the others somebody
        rows = [[str(9000 + n), "", f"Roy, Enfant{n}", "Actif", "1", ""] for n in range(size)]
        run = send(client, text(*rows), "liste.csv")
        if run.state == "read":
            confirm(client, run)
        with CaptureQueriesContext(connection) as seen:
            client.get(f"/importer/{run.pk}/")
        client.post(f"/importer/{run.pk}/appliquer/")
        with CaptureQueriesContext(connection) as written:
            job.apply(run.pk, on=cast.on, now=timezone.now())
        counts.append((len(seen), len(written)))
    assert counts[1] == counts[2]
