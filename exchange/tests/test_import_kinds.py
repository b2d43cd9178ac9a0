"""What a school knows of its groups, its dyads and its adults, out of its own tables."""

import io
import zipfile
from datetime import timedelta

import pytest

from exchange.tests.test_imports import ClientOf, apply, confirm, send, text
from mentoring.models import Dyad, DyadMeeting, Outcome, Training
from people.models import AuditEntry, School, Student
from programs.models import GroupMember, Term
from tests.cast import Cast

pytestmark = pytest.mark.on_postgresql


def test_members_come_into_their_group(cast: Cast, client_of: ClientOf) -> None:
    client, header = client_of(cast.alain), ["Groupe", "Fiche", "Nom de l’élève", "Début"]
    zoe = Student.objects.create(
        board=cast.board, school=cast.school, key="9001", given_name="Zoé", family_name="Roy", grade=1
    )
    rows = [
        ["groupe tremplin", "9001.0", "", cast.on.isoformat()],
        ["Tremplin", "", "Maïka Bellefeuille-Inconnue", ""],
        ["Fantôme", "9001", "", ""],
    ]
    run = send(client, text(*rows, header=header), "groupes.csv")
    assert run.kind == "members"
    confirm(client, run)
    page = client.get(f"/importer/{run.pk}/").content.decode()
    assert "Aucun groupe ouvert ne se nomme «\u00a0Fantôme\u00a0»" in page
    assert "est inconnu ici" in page
    apply(client, run, cast, reste="laisser")
    member = GroupMember.objects.get(student=zoe)
    assert (member.group, member.starts_on, member.ends_on) == (cast.tremplin, cast.on, None)
    assert member.history.count() == 1
    assert AuditEntry.objects.filter(verb="group.member_added", person=cast.alain, subject_id=member.pk).exists()
    again = send(client, text(rows[0], header=header), "groupes.csv")
    assert "<strong>1</strong> <span>sans changement</span>" in client.get(f"/importer/{again.pk}/").content.decode()


@pytest.mark.parametrize(("duration", "minutes"), [("2 h", 120), ("90 min", 90), ("1 h 30", 90), ("75", 75)])
def test_trainings_are_recorded_once(cast: Cast, client_of: ClientOf, duration: str, minutes: int) -> None:
    client, header = client_of(cast.alain), ["Mentor", "Date", "Durée", "Type de formation"]
    before = Training.objects.count()
    row = ["Thériault Marc-Olivier", "5 oct. 2026", duration, "Continue"]
    run = send(client, text(row, row, header=header), "formations.csv")
    assert run.kind == "trainings"
    confirm(client, run)
    apply(client, run, cast)
    training = Training.objects.latest("pk")
    assert (training.person, training.minutes, training.kind) == (cast.marc, minutes, "ongoing")
    assert (training.completed_on.isoformat(), Training.objects.count()) == ("2026-10-05", before + 1)


def test_dyads_come_in_with_what_the_law_asks(cast: Cast, client_of: ClientOf) -> None:
    client, header = client_of(cast.alain), ["Mentor", "Élève", "Début", "Dernier jour", "Type de mentor"]
    pupils = [
        Student.objects.create(board=cast.board, school=cast.school, given_name=name, family_name="Roy", grade=1)
        for name in ("Zoé", "Léo", "Max")
    ]
    starts_on, last = (cast.on - timedelta(days=60)).isoformat(), (cast.on - timedelta(days=10)).isoformat()
    rows = [
        ["Nadia Ferhat", "Roy, Zoé", starts_on, "", ""],
        ["Nadia Ferhat", "Léo Roy", starts_on, last, ""],
        ["Karim Haddad", "Roy Max", starts_on, "", "Bénévole de la communauté"],
        ["Nadia Ferhat", "Benali, Inès", starts_on, "", ""],
    ]
    run = send(client, text(*rows, header=header), "dyades.csv")
    assert run.kind == "dyads"
    confirm(client, run)
    page = client.get(f"/importer/{run.pk}/").content.decode()
    assert "Les antécédents judiciaires de Karim Haddad ne sont pas vérifiés" in page
    assert "L’élève a déjà une dyade avec Marc-Olivier Thériault" in page
    client.post(f"/importer/{run.pk}/", {"row": ["4"], "ask_4_not_verified": "anyway"})
    apply(client, run, cast, reste="laisser")
    zoe, leo, others = (Dyad.objects.get(student=pupil) for pupil in pupils)
    assert (zoe.mentor, zoe.ends_on) == (cast.nadia_mentor, None)
    assert leo.ends_on == cast.on - timedelta(days=9)
    assert others.mentor.kind == "community_volunteer"
    exception = AuditEntry.objects.get(verb="dyad.started_unverified", subject_id=others.pk)
    assert (exception.person, bool(exception.reason)) == (cast.alain, True)


def test_past_meetings_are_logged_where_they_belong(cast: Cast, client_of: ClientOf) -> None:
    client, header = client_of(cast.alain), ["Date", "Élève", "Groupe", "Durée", "Statut", "Moyen", "Note"]
    dyad, before = cast.ines_marc, DyadMeeting.objects.count()
    logged = dyad.meetings.filter(status="held").latest("on")
    free = next(
        day
        for day in (cast.on - timedelta(days=back) for back in range(1, 60))
        if not dyad.meetings.filter(on=day).exists()
    )
    planned = dyad.meetings.create(board=cast.board, on=free - timedelta(days=0), status="planned", planned=True)
    rows = [
        [planned.on.isoformat(), "Benali, Inès", "", "45 min", "Tenue", "En personne", "Parle de son stage"],
        [logged.on.isoformat(), "Benali, Inès", "", "30", "", "", ""],
        ["2020-01-05", "Benali, Inès", "", "30", "", "", ""],
        [(cast.on - timedelta(days=3)).isoformat(), "", "Tremplin", "50", "oui", "", ""],
    ]
    run = send(client, text(*rows, header=header), "rencontres.csv")
    assert run.kind == "meetings"
    confirm(client, run)
    page = client.get(f"/importer/{run.pk}/").content.decode()
    assert "Aucune dyade de cette personne n’existe le 2020-01-05" in page
    apply(client, run, cast, reste="laisser")
    planned.refresh_from_db()
    logged_minutes = logged.minutes
    logged.refresh_from_db()
    assert (planned.status, planned.minutes, planned.note, planned.logged_by) == (
        "held", 45, "Parle de son stage", cast.alain,
    )  # fmt: skip
    assert planned.history.count() == 2
    assert (logged.minutes, DyadMeeting.objects.count()) == (logged_minutes, before + 1)
    assert cast.tremplin.meetings.filter(on=cast.on - timedelta(days=3), status="held", minutes=50).exists()
    client.post(f"/importer/{run.pk}/annuler/")
    planned.refresh_from_db()
    assert (planned.status, planned.note) == ("planned", "")
    assert not cast.tremplin.meetings.filter(on=cast.on - timedelta(days=3), minutes=50).exists()


ROSTER = {
    "orgs.csv": "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\nEC,,,École Neuve,school,,",
    "users.csv": "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,"
    "familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\n"
    "s1,,,true,EC,student,s1,,Noémie,Lachance,,,,,,,07,\nt1,,,true,EC,teacher,t1,,Josée,Hébert,,,j@neuve.example,,,,,",
}


def zipped(files: dict[str, str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, words in files.items():
            archive.writestr(name, words)
    return content.getvalue()


def test_an_archive_is_the_administrations_seen_applied_and_taken_back(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.robert)
    run = send(client, zipped(ROSTER), "oneroster.zip")
    assert (run.kind, run.state, run.error) == ("roster", "reviewed", "")
    assert not Student.objects.filter(key="s1").exists()
    assert "OneRoster" in client.get(f"/importer/{run.pk}/").content.decode()
    assert apply(client, run, cast).state == "applied"
    assert str(Student.objects.get(key="s1").school) == "École Neuve"
    client.post(f"/importer/{run.pk}/annuler/")
    run.refresh_from_db()
    assert run.state == "undone"
    assert not Student.objects.filter(key="s1").exists()


def test_a_bundle_of_another_board_is_refused(cast: Cast, client_of: ClientOf) -> None:
    mine = zipped({"schools.csv": f"key,board,name\nneuve,{cast.board.key},École Neuve"})
    assert send(client_of(cast.robert), mine, "paquet.zip").state == "reviewed"
    other = zipped({"schools.csv": f"key,board,name\nneuve,{cast.other_board.key},École Neuve"})
    refused = send(client_of(cast.robert), other, "paquet.zip")
    assert refused.state == "failed"
    # Behind the wall of PostgreSQL, the other board is not even known.
    assert any(words in refused.error for words in ("autre organisme", f"{cast.other_board.key}\u00a0» est inconnu"))
    assert not School.objects.filter(name="École Neuve").exists()


def test_outcomes_come_in_for_who_agrees_and_no_one_else(cast: Cast, client_of: ClientOf) -> None:
    client, header = client_of(cast.alain), ["Fiche", "Nom de l’élève", "Étape", "Absences", "Retards", "Résultat"]
    ines, other = cast.ines_marc.student, cast.thomas_nadia.student
    ines.consents.create(purpose="outcomes", giver="parent", given_on=cast.on)
    term = Term.objects.filter(school_year__board=cast.board, ends_on__lte=cast.on).latest("ends_on")
    year = term.school_year
    rows = [
        [ines.key, "", term.name, "4", "", "71", year.label],
        [other.key, "", term.name, "2", "1", "60", year.label],
        [ines.key, "", "Étape 9", "2", "", "", year.label],
        [ines.key, "", term.name, "900", "", "", "2019-2020"],
    ]
    run = send(client, text(*rows, header=[*header, "Année scolaire"]), "resultats.csv")
    assert run.kind == "outcomes"
    confirm(client, run)
    page = client.get(f"/importer/{run.pk}/").content.decode()
    assert f"Aucun consentement ne tient pour «\u00a0{other}\u00a0»" in page
    assert "Aucune étape finie ne se nomme «\u00a0Étape 9\u00a0»" in page
    apply(client, run, cast, reste="laisser")
    kept = Outcome.objects.get()
    assert (kept.student, kept.term, kept.days_absent, kept.lates, kept.result) == (ines, term.name, 4, None, 71)
    assert AuditEntry.objects.filter(verb="outcome.entered", person=cast.alain, subject_id=kept.pk).exists()
    more = [ines.key, "", "1", "4", "3", "", year.label]
    again = send(client, text(more, header=[*header, "Année scolaire"]), "corrections.csv")
    confirm(client, again)
    apply(client, again, cast)
    kept.refresh_from_db()
    assert (kept.days_absent, kept.lates, kept.result) == (4, 3, 71)
