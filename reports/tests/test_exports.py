"""Files: who gets which rows, why, and nothing that a spreadsheet would run."""

import csv
import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from guidelines.catalogue import Audience, read_by
from guidelines.catalogue.ties import GROUP_ATTENDANCE
from guidelines.evaluation import evaluate_board
from guidelines.models import EndingReview, Flag
from mentoring.models import DyadMeeting
from people.access import Role
from people.models import AuditEntry, Membership, User
from people.spreadsheets import DELIMITER, guarded
from reports.scope import Period
from tests.cast import Cast, also_mentors

pytestmark = pytest.mark.on_postgresql

ClientOf = Callable[[User], Client]
REASON = "Rencontre du comité de suivi"
OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1))


@pytest.fixture
def evaluated(cast: Cast) -> Cast:
    for board in (cast.board, cast.other_board):
        evaluate_board(board, on=cast.on)
    return cast


def sent(client: Client, name: str, start: date, end: date, reason: str = REASON, **more: str):
    return client.post(reverse(name), {"start": start, "end": end, "reason": reason} | more)


def rows_of(client: Client, name: str, start: date, end: date, **more: str) -> list[dict[str, str]]:
    response = sent(client, name, start, end, **more)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(response).decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(text.removeprefix("\ufeff").splitlines(), delimiter=DELIMITER))


def totals_of(client: Client, name: str, **more: str) -> list[dict[str, str]]:
    """A file of numbers, of a fixed period: the month before the day of the cast."""
    return rows_of(client, name, OCTOBER.since, OCTOBER.last_day, **{"periode": "mois-2026-10", **more})


@pytest.fixture
def raised_in_october(evaluated: Cast) -> Cast:
    Flag.objects.update(raised_on=OCTOBER.since)
    return evaluated


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


def test_who_only_mentors_makes_no_file(evaluated: Cast, client_of: ClientOf, term: tuple[date, date]) -> None:
    period = {"kind": "rows", "start": term[0].isoformat(), "end": term[1].isoformat()}
    for name in ("report_meetings_csv", "report_findings_csv"):
        assert client_of(evaluated.marc).post(reverse(name), period).status_code == 403


def test_a_teachers_file_has_their_groups(evaluated: Cast, client_of: ClientOf, term: tuple[date, date]) -> None:
    rows = rows_of(client_of(evaluated.karim), "report_meetings_csv", *term)

    assert {row["Élève ou groupe"] for row in rows} == {"Élan", "Passerelle"}
    held = next(row for row in rows if row["Élève ou groupe"] == "Élan" and row["État"] == "tenue")
    assert (held["Présences notées"], held["Était prévue"]) == ("16", "oui")


def test_the_boards_administration_gets_numbers_of_its_board(raised_in_october: Cast, client_of: ClientOf) -> None:
    cast = raised_in_october
    robert = client_of(cast.robert)
    meetings = totals_of(robert, "report_meetings_csv")
    findings = totals_of(robert, "report_findings_csv")

    assert {row["École"] for row in meetings} == {"École Rive-Claire", "École du Boisé"}
    mentoring = next(row for row in meetings if row["Programme"] == cast.mentoring.name)
    month = (OCTOBER.since, OCTOBER.last_day)
    held = DyadMeeting.objects.meetings().filter(dyad__program=cast.mentoring, status="held", on__range=month)
    assert int(mentoring["Tenues"]) == held.count()
    for word in ("Inès", "Élan", "Parent", "Rosalie", "Cime"):
        assert word not in words_in(meetings) + words_in(findings)
    large = next(row for row in findings if row["Balise"] == "group-too-large")
    assert large["Points de vigilance"] == "2"
    of_people = [row for row in findings if row["Balise"].startswith("dyad") and row["Balise suivie"] == "oui"]
    assert {row["Points de vigilance"] for row in of_people} == {"masqué"}
    assert {row["Points de vigilance"] for row in findings if row["Balise suivie"] == "non suivie"} == {""}


def test_a_trainer_gets_numbers_on_training_only(raised_in_october: Cast, client_of: ClientOf) -> None:
    chantal = client_of(raised_in_october.chantal)

    assert {row["Balise"] for row in totals_of(chantal, "report_findings_csv")} == {"mentor-training"}
    assert sent(chantal, "report_meetings_csv", OCTOBER.since, OCTOBER.last_day).status_code == 403


def test_what_tells_of_children_one_by_one_leaves_no_lead(raised_in_october: Cast, client_of: ClientOf) -> None:
    cast = raised_in_october
    cast.groups_program.guidelines.create(guideline=GROUP_ATTENDANCE.code, followed_from=cast.on - timedelta(days=90))
    fields = {"board": cast.board, "guideline": GROUP_ATTENDANCE.code, "group": cast.elan, "raised_on": OCTOBER.since}
    Flag.objects.update_or_create(
        **fields, defaults={"severity": "warning", "confidence": "complete", "catalogue_version": 1}
    )
    assert Flag.objects.filter(guideline__in=read_by(Audience.LEADS)).exists()
    robert = client_of(cast.robert)
    told = words_in(totals_of(robert, "report_findings_csv"))
    told += robert.get(reverse("board")).content.decode() + robert.get(reverse("vigilance")).content.decode()
    assert GROUP_ATTENDANCE.code not in told
    assert str(GROUP_ATTENDANCE.title) not in told


@pytest.mark.parametrize("name", ["report_meetings_csv", "report_findings_csv"])
def test_free_days_are_refused_where_small_numbers_are_masked(
    raised_in_october: Cast, client_of: ClientOf, name: str
) -> None:
    cast = raised_in_october
    robert = client_of(cast.robert)
    free = sent(robert, name, cast.on - timedelta(days=9), cast.on)
    assert free.status_code == 422
    assert "Choisissez une étape, un mois ou une année scolaire de la liste." in free.content.decode()
    running = sent(robert, name, cast.on, cast.on, periode=f"mois-{cast.on:%Y-%m}")
    assert running.status_code == 422
    assert "n’est pas terminée" in running.content.decode()
    assert not AuditEntry.objects.filter(verb__endswith=".exported").exists()


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
    assert not AuditEntry.objects.filter(verb="meetings.exported").exists()

    assert sent(julie, "report_meetings_csv", *term).status_code == 200
    entry = AuditEntry.objects.get(verb="meetings.exported")
    assert (entry.person, entry.reason) == (evaluated.julie, REASON)


@pytest.mark.parametrize(
    ("start", "end"), [("", "2026-11-20"), ("2026-11-20", "2026-13-01"), ("2026-11-20", "2026-11-19")]
)
def test_a_wrong_period_is_said(cast: Cast, client_of: ClientOf, start: str, end: str) -> None:
    response = client_of(cast.karim).post(reverse("report_meetings_csv"), {"start": start, "end": end})

    assert response.status_code == 422
    assert f'value="{start}"' in response.content.decode() or not start


def test_one_form_prepares_or_gives_at_once_the_report_chosen(
    evaluated: Cast, client_of: ClientOf, term: tuple[date, date]
) -> None:
    julie = client_of(evaluated.julie)
    said = {"kind": "rows", "report": "findings", "start": term[0], "end": term[1], "reason": REASON}

    at_once = julie.post(reverse("report_prepare"), said | {"tout_de_suite": "1"})
    assert at_once["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="points' in at_once["Content-Disposition"]

    refused = julie.post(reverse("report_prepare"), said | {"end": "", "tout_de_suite": "1"})
    assert refused.status_code == 422
    assert re.search(r'value="findings"\s+checked', refused.content.decode())


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


def test_several_roles_add_up(raised_in_october: Cast, client_of: ClientOf, term: tuple[date, date]) -> None:
    cast = raised_in_october
    also_mentors(cast.robert, cast.ines_marc)
    robert = client_of(cast.robert)

    own = rows_of(robert, "report_meetings_csv", *term, kind="rows")
    totals = totals_of(robert, "report_meetings_csv", kind="board")
    assert {row["Élève ou groupe"] for row in own} == {f"Dyade nº {cast.ines_marc.pk}"}
    assert {row["École"] for row in totals} == {"École Rive-Claire", "École du Boisé"}
    findings = words_in(rows_of(robert, "report_findings_csv", *term, kind="rows"))
    assert "dyad-critical-period" in findings
    assert "Inès" not in findings
    counted = totals_of(robert, "report_findings_csv", kind="board")
    assert {"group-too-large", "mentor-training"} < {row["Balise"] for row in counted}
    assert "Dyade nº" not in words_in(counted)
    page = robert.get(reverse("reports")).content.decode()
    assert page.count('name="kind"') == 2


def test_nobody_asks_for_the_files_of_a_role_that_they_lack(cast: Cast, client_of: ClientOf) -> None:
    for person, kind in ((cast.marc, "board"), (cast.robert, "rows"), (cast.julie, "training"), (cast.julie, "x")):
        sent = {"start": cast.on, "end": cast.on, "reason": REASON, "kind": kind}
        assert client_of(person).post(reverse("report_findings_csv"), sent).status_code == 403


def test_a_lead_who_administers_says_why_for_names_alone(evaluated: Cast, client_of: ClientOf) -> None:
    Membership.objects.create(
        person=evaluated.julie, role=Role.BOARD_ADMIN, board=evaluated.board, starts_on=evaluated.on
    )
    julie, period = client_of(evaluated.julie), {"start": evaluated.on, "end": evaluated.on, "periode": "mois-2026-10"}
    assert julie.post(reverse("report_findings_csv"), period | {"kind": "board"}).status_code == 200
    refused = julie.post(reverse("report_findings_csv"), period | {"kind": "rows"})
    assert refused.status_code == 422
    assert 'href="#rows_reason"' in refused.content.decode()


def test_endings_name_students_and_reviews_to_who_answers_for_them(
    evaluated: Cast, client_of: ClientOf, term: tuple[date, date]
) -> None:
    """Nadia mentors too: her own file knows the relation by its number, and not that its end was looked back at."""
    ended = evaluated.kim_nadia
    ended.ends_on, ended.end_code = evaluated.on, "relation_no_bond"
    ended.save()
    EndingReview.objects.create(dyad=ended, what_happened="Peu d’affinités", learnt="Attendre", on=evaluated.on)
    name = f"Dyade nº {ended.pk}"
    hers = {row["Élève"]: row for row in rows_of(client_of(evaluated.nadia), "report_endings_csv", *term)}
    assert (hers[name]["Ce qui y a mené, de qui"], hers[name]["Fin revue le"]) == ("la relation", "")
    leads = {row["Élève"]: row for row in rows_of(client_of(evaluated.julie), "report_endings_csv", *term)}
    assert leads[str(ended.student)]["Fin revue le"] == evaluated.on.isoformat()
    assert "affinités" not in words_in(list(leads.values()))
    refused = sent(client_of(evaluated.julie), "report_endings_csv", *term, reason="")
    assert refused.status_code == 422
