"""Files: who gets which rows, why, and nothing that a spreadsheet would run."""

import csv
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from guidelines.evaluation import evaluate_board
from mentoring.models import DyadMeeting
from people.models import AuditEntry, User
from reports.csv_files import DELIMITER, guarded
from tests.cast import Cast

ClientOf = Callable[[User], Client]
REASON = "Rencontre du comité de suivi"


@pytest.fixture
def evaluated(cast: Cast) -> Cast:
    for board in (cast.board, cast.other_board):
        evaluate_board(board, on=cast.on)
    return cast


def sent(client: Client, name: str, start: date, end: date, reason: str = REASON):
    return client.post(reverse(name), {"start": start, "end": end, "reason": reason})


def rows_of(client: Client, name: str, start: date, end: date) -> list[dict[str, str]]:
    response = sent(client, name, start, end)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(response).decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(text.removeprefix("\ufeff").splitlines(), delimiter=DELIMITER))


def words_in(rows: list[dict[str, str]]) -> str:
    return " ".join(value for row in rows for value in row.values())


@pytest.fixture
def term(cast: Cast) -> tuple[date, date]:
    return cast.on - timedelta(days=100), cast.on


def test_a_lead_gets_the_programmes_meetings_by_name_and_no_note(
    evaluated: Cast, client_of: ClientOf, term: tuple[date, date]
) -> None:
    rows = rows_of(client_of(evaluated.julie), "report_meetings_csv", *term)

    words = words_in(rows)
    for word in ("Inès Benali", "Élan", "en personne", "absence de l’élève"):
        assert word in words
    for word in ("Mia", "Rosalie", "Cordée", "exposé", "préfère en parler"):
        assert word not in words
    of_dyads = DyadMeeting.objects.filter(dyad__program=evaluated.mentoring, on__range=term)
    assert sum(row["Nature"] == "Dyade" for row in rows) == of_dyads.count()


def test_the_last_day_is_in_and_the_next_is_not(evaluated: Cast, client_of: ClientOf) -> None:
    julie = client_of(evaluated.julie)
    meeting = DyadMeeting.objects.filter(dyad=evaluated.loic_sylvie, status="held").order_by("-on")[0]

    on_the_day = rows_of(julie, "report_meetings_csv", meeting.on, meeting.on)
    assert {row["Date"] for row in on_the_day} == {meeting.on.isoformat()}
    assert "Loïc Gauthier" in words_in(on_the_day)
    before = rows_of(julie, "report_meetings_csv", meeting.on - timedelta(days=6), meeting.on - timedelta(days=1))
    assert meeting.on.isoformat() not in {row["Date"] for row in before}


def test_a_mentors_own_file_names_no_student(evaluated: Cast, client_of: ClientOf, term: tuple[date, date]) -> None:
    rows = rows_of(client_of(evaluated.marc), "report_meetings_csv", *term)

    assert rows
    assert {row["Élève ou groupe"] for row in rows} == {f"Dyade nº {evaluated.ines_marc.pk}"}
    findings = words_in(rows_of(client_of(evaluated.marc), "report_findings_csv", *term))
    assert "dyad-critical-period" in findings
    assert "Inès" not in findings


def test_a_teachers_file_has_their_groups(evaluated: Cast, client_of: ClientOf, term: tuple[date, date]) -> None:
    rows = rows_of(client_of(evaluated.karim), "report_meetings_csv", *term)

    assert {row["Élève ou groupe"] for row in rows} == {"Élan", "Passerelle"}
    held = next(row for row in rows if row["Élève ou groupe"] == "Élan" and row["État"] == "tenue")
    assert (held["Présences notées"], held["Était prévue"]) == ("16", "oui")


def test_the_boards_administration_gets_numbers_of_its_board(
    evaluated: Cast, client_of: ClientOf, term: tuple[date, date]
) -> None:
    robert = client_of(evaluated.robert)
    meetings = rows_of(robert, "report_meetings_csv", *term)
    findings = rows_of(robert, "report_findings_csv", *term)

    assert {row["École"] for row in meetings} == {"École Rive-Claire", "École du Boisé"}
    mentoring = next(row for row in meetings if row["Programme"] == evaluated.mentoring.name)
    held = DyadMeeting.objects.meetings().filter(dyad__program=evaluated.mentoring, status="held", on__range=term)
    assert int(mentoring["Tenues"]) == held.count()
    for word in ("Inès", "Élan", "Parent", "Rosalie", "Cime"):
        assert word not in words_in(meetings) + words_in(findings)
    large = next(row for row in findings if row["Balise"] == "group-too-large")
    assert large["Points de vigilance"] == "1"
    assert {row["Points de vigilance"] for row in findings if row["Balise"].startswith("dyad")} == {"moins de\u00a05"}


def test_a_trainer_gets_numbers_on_training_only(evaluated: Cast, client_of: ClientOf, term: tuple[date, date]) -> None:
    chantal = client_of(evaluated.chantal)

    assert {row["Balise"] for row in rows_of(chantal, "report_findings_csv", *term)} == {"mentor-training"}
    assert sent(chantal, "report_meetings_csv", *term).status_code == 403


def test_findings_by_name_for_those_who_decide(evaluated: Cast, client_of: ClientOf, term: tuple[date, date]) -> None:
    words = words_in(rows_of(client_of(evaluated.alain), "report_findings_csv", *term))

    for word in ("Inès Benali et Marc-Olivier Thériault", "Étienne Parent", "Élan"):
        assert word in words
    for word in ("Mia", "Denis", "Rosalie", "Cordée"):
        assert word not in words


def test_a_file_of_names_asks_why_and_remembers_it(
    evaluated: Cast, client_of: ClientOf, term: tuple[date, date]
) -> None:
    julie = client_of(evaluated.julie)
    for reason in ("", "pour"):
        refused = sent(julie, "report_meetings_csv", *term, reason=reason)
        assert refused.status_code == 422
        assert "Il y a un problème" in refused.content.decode()
    assert not AuditEntry.objects.filter(verb="export_meetings").exists()

    assert sent(julie, "report_meetings_csv", *term).status_code == 200
    entry = AuditEntry.objects.get(verb="export_meetings")
    assert (entry.person, entry.reason) == (evaluated.julie, REASON)


@pytest.mark.parametrize(
    ("start", "end"), [("", "2026-11-20"), ("2026-11-20", "2026-13-01"), ("2026-11-20", "2026-11-19")]
)
def test_a_wrong_period_is_said(cast: Cast, client_of: ClientOf, start: str, end: str) -> None:
    response = client_of(cast.robert).post(reverse("report_meetings_csv"), {"start": start, "end": end})

    assert response.status_code == 422
    assert f'value="{start}"' in response.content.decode() or not start


def test_the_privacy_officer_has_no_report(cast: Cast, client_of: ClientOf) -> None:
    line = client_of(cast.line)
    for name in ("reports", "report_meetings_csv", "report_findings_csv"):
        assert line.get(reverse(name)).status_code == 403
    assert client_of(cast.julie).get(reverse("report_meetings_csv")).status_code == 302
    assert client_of(cast.julie).get(reverse("reports")).status_code == 200


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_a_cell_that_a_spreadsheet_would_run_is_text(cell: str) -> None:
    assert guarded(cell) == "'" + cell


def test_a_student_named_like_a_formula_stays_text(
    evaluated: Cast, client_of: ClientOf, term: tuple[date, date]
) -> None:
    student = evaluated.ines
    student.given_name = "=HYPERLINK(1)"
    student.save()

    rows = rows_of(client_of(evaluated.julie), "report_meetings_csv", *term)

    assert "'=HYPERLINK(1) Benali" in {row["Élève ou groupe"] for row in rows}
