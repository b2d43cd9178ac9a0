"""A school's calendar from the file that its centre publishes: what is understood, and what is said of the rest."""

from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from exchange.calendars.events import Edge, Event, edge_of
from people.models import AuditEntry, User
from programs.models import SchoolDay, SchoolYear
from tests.cast import Cast

pytestmark = [pytest.mark.once, pytest.mark.django_db]
TEXTS = {
    "Journée pédagogique": "pedagogical",
    "JOURNEE PEDAGOGIQUE – congé pour les élèves": "pedagogical",
    "Péda.": "pedagogical",
    "Congé": "holiday",
    "Semaine de relâche": "holiday",
    "Semaine de lecture": "holiday",
    "Fête du Travail": "holiday",
    "Lundi de Pâques (férié)": "holiday",
    "Jour férié": "holiday",
    "Début des classes": "class",
    "Fin des classes": "class",
    "Jour de classe": "class",
    "holiday": "holiday",
    "Retour du congé des Fêtes": None,
    "Concert de Noël": None,
    "Rentrée du personnel": None,
    "Remise des bulletins": None,
    "Fin de l’étape 1": None,
    "": None,
}


def event(*lines: str) -> list[str]:
    return ["BEGIN:VEVENT", *lines, "END:VEVENT"]


def ics(*events: list[str]) -> str:
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//essai//FR"]
    return "\r\n".join([*head, *(line for one in events for line in one), "END:VCALENDAR", ""])


def run(tmp_path: Path, cast: Cast, content: str | bytes, name: str = "cal.ics", **options: object) -> str:
    path, out = tmp_path / name, StringIO()
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    call_command("import_calendar", str(path), school=cast.school.key, stdout=out, **options)
    return out.getvalue()


def kinds(cast: Cast, *days: str) -> list[str | None]:
    known = dict(SchoolDay.objects.filter(school=cast.school, date__in=days).values_list("date", "kind"))
    return [known.get(date.fromisoformat(day)) for day in days]


def test_words_that_centres_use() -> None:
    said = {text: Event.told(date(2026, 9, 1), date(2026, 9, 1), text).kind for text in TEXTS}
    assert said == TEXTS
    assert (edge_of("Début des classes"), edge_of("Dernier jour de classe")) == (Edge.FIRST, Edge.LAST)


def test_an_event_by_its_days(tmp_path: Path, cast: Cast) -> None:
    content = ics(
        event("UID:1", "DTSTART;VALUE=DATE:20261204", "DTEND;VALUE=DATE:20261205", "SUMMARY:Journée pédagogique"),
        event("UID:2", "DTSTART;VALUE=DATE:20270301", "DTEND;VALUE=DATE:20270306", "SUMMARY:Semaine de\r\n  relâche"),
        event("UID:3", "DTSTART;VALUE=DATE:20261210", "SUMMARY:Pédagogique"),  # without an end: one day
        event("UID:4", "DTSTART:20261216T130000Z", "DTEND:20261216T210000Z", "SUMMARY:Congé"),
        event("UID:5", "DTSTART;VALUE=DATE:20261217", "DTEND;VALUE=DATE:20261218", "SUMMARY:Concert"),
        event("UID:6", "STATUS:CANCELLED", "DTSTART;VALUE=DATE:20261218", "SUMMARY:Congé"),
        event("UID:7", "DTSTART;VALUE=DATE:20400101", "DTEND;VALUE=DATE:20400102", "SUMMARY:Congé"),
        event(
            "UID:8", "DTSTART;VALUE=DATE:20270108", "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=3",
            "EXDATE;VALUE=DATE:20270122", "SUMMARY:Congé",
        ),
    )  # fmt: skip
    before, untouched = kinds(cast, "2026-12-04", "2026-12-17"), kinds(cast, "2027-01-22")
    assert "Essai seulement" in run(tmp_path, cast, content, dry_run=True)
    assert kinds(cast, "2026-12-04", "2026-12-17") == before
    said = run(tmp_path, cast, content)
    assert kinds(cast, "2026-12-04", "2027-03-01", "2027-03-05", "2027-03-06") == [
        "pedagogical",
        "holiday",
        "holiday",
        None,
    ]
    assert kinds(cast, "2026-12-10", "2026-12-16", "2026-12-17") == ["pedagogical", "holiday", "class"]
    assert kinds(cast, "2026-12-18", "2027-01-15", "2027-02-05") == ["class", "class", "holiday"]
    assert kinds(cast, "2027-01-22") == untouched
    assert "2026-12-17, «\u00a0Concert\u00a0»\u00a0: non reconnu" in said
    assert "2040-01-01, «\u00a0Congé\u00a0»\u00a0: hors des années scolaires" in said
    assert AuditEntry.objects.filter(verb="calendar.imported").count() == 1
    assert "Jours changés\u00a0: 0." in run(tmp_path, cast, content)


def test_a_calendar_that_tells_the_whole_year_opens_it(tmp_path: Path, cast: Cast) -> None:
    content = ics(
        event("UID:1", "DTSTART;VALUE=DATE:20300829", "SUMMARY:Début des classes"),
        event("UID:2", "DTSTART;VALUE=DATE:20310620", "SUMMARY:Fin des classes"),
        event("UID:3", "DTSTART;VALUE=DATE:20301223", "DTEND;VALUE=DATE:20310104", "SUMMARY:Congé des Fêtes"),
    )
    assert "Année 2030-2031" in run(tmp_path, cast, content)
    year = SchoolYear.objects.get(label="2030-2031")
    assert (year.starts_on, year.ends_on) == (date(2030, 8, 29), date(2031, 6, 21))
    assert kinds(cast, "2030-08-29", "2030-09-02", "2030-12-27", "2031-06-20") == [
        "class",
        "holiday",
        "holiday",
        "class",
    ]


def test_a_table_as_a_spreadsheet_of_quebec_writes_it(tmp_path: Path, cast: Cast) -> None:
    content = "Du;Au;Événement\n04/12/2026;;Journée pédagogique\n1er mars 2027;05/03/2027;Relâche\n".encode("cp1252")
    run(tmp_path, cast, content, "cal.csv")
    assert kinds(cast, "2026-12-04", "2027-03-01", "2027-03-05") == ["pedagogical", "holiday", "holiday"]
    run(tmp_path, cast, "date,kind\n2026-12-04,class\n", "cal.csv")
    assert kinds(cast, "2026-12-04") == ["class"]


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "cal.ics", "vide"),
        (b"bonjour", "cal.ics", "iCalendar"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR", "cal.ics", "iCalendar"),
        (b"%PDF-1.4", "cal.pdf", r"\.ics ou en \.csv"),
        (b"nom,age\nx,2\n", "cal.csv", "une colonne «\u00a0date\u00a0»"),
        (b"date,kind\n32/13/2026,holiday\n2026-12-02,holiday\nx,class\n", "cal.csv", "ligne 2.*\n.*ligne 4"),
        (b"date,au,kind\n2026-12-04,2026-12-01,holiday\n", "cal.csv", "précède"),
        (b"x" * (5 * 1024 * 1024 + 1), "cal.ics", "dépasse 5 Mo"),
    ],
)
def test_what_can_not_be_read_is_said(tmp_path: Path, cast: Cast, content: bytes, name: str, words: str) -> None:
    with pytest.raises(CommandError, match=words):
        run(tmp_path, cast, content, name)


def test_an_unknown_school_is_said(tmp_path: Path, cast: Cast) -> None:
    with pytest.raises(CommandError, match="Aucune école"):
        call_command("import_calendar", "x.ics", school="inconnue")
    with pytest.raises(CommandError, match="n’existe pas"):
        call_command("import_calendar", str(tmp_path / "rien.ics"), school=cast.school.key)


def test_the_page_shows_what_a_file_says_before_anything_is_written(
    cast: Cast, client_of: Callable[[User], Client]
) -> None:
    content = ics(
        event("UID:1", "DTSTART;VALUE=DATE:20300829", "SUMMARY:Début des classes"),
        event("UID:2", "DTSTART;VALUE=DATE:20310620", "SUMMARY:Fin des classes"),
        event("UID:3", "DTSTART;VALUE=DATE:20301223", "DTEND;VALUE=DATE:20310104", "SUMMARY:Congé des Fêtes"),
        event("UID:4", "DTSTART;VALUE=DATE:20301004", "SUMMARY:Photo d’école <b>"),
    )
    client, days = client_of(cast.alain), SchoolDay.objects.count()
    file = SimpleUploadedFile("cal.ics", content.encode())
    shown = client.post("/calendrier/fichier/", {"school": cast.school.pk, "file": file})
    page = shown.content.decode()
    assert shown.status_code == 200
    assert "4 événements lus, dont 3 reconnus." in page
    assert all(f'value="{value}"' in page for value in ("2030-2031", "2031-06-20", "2031-01-03"))
    assert "Photo d’école &lt;b&gt;" in page
    assert SchoolDay.objects.count() == days
    form = shown.context["form"]
    values = {form.add_prefix(field.name): field.value() for field in form if field.value() not in (None, False)}
    sent = {name: str(value) for name, value in values.items()} | {"school": str(cast.school.pk), "annee-sure": "on"}
    assert client.post("/calendrier/annee/", sent).status_code == 302
    assert kinds(cast, "2030-12-24", "2030-10-04") == ["holiday", "class"]


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"bonjour", "iCalendar"), (None, "Choisissez un fichier"), (ics().encode(), "Aucun événement")],
)
def test_a_file_that_says_nothing_is_refused_on_the_page(
    cast: Cast, client_of: Callable[[User], Client], content: bytes | None, words: str
) -> None:
    given = {"school": cast.school.pk} | ({"file": SimpleUploadedFile("cal.ics", content)} if content else {})
    response = client_of(cast.alain).post("/calendrier/fichier/", given)
    assert response.status_code == 422
    assert words in response.content.decode()


def test_a_file_for_the_year_that_runs_keeps_its_days(cast: Cast, client_of: Callable[[User], Client]) -> None:
    content = ics(event("UID:1", "DTSTART;VALUE=DATE:20261204", "SUMMARY:Journée pédagogique"))
    file = SimpleUploadedFile("cal.ics", content.encode())
    shown = client_of(cast.alain).post("/calendrier/fichier/", {"school": cast.school.pk, "file": file})
    year = SchoolYear.objects.of(cast.board, cast.on)
    assert year is not None
    assert f'value="{year.label}"' in shown.content.decode()
