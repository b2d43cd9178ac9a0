"""What a record said before is kept, with who and when; it is corrected, compared and put back, never lost unseen."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accompagnement.demo.cast import Cast
from mentoring.models import DifficultEvent, DyadMeeting, FollowUp, RelationshipReview, TeacherLiaison
from mentoring.tasks import forget_undone_of
from people.models import AuditEntry, User
from programs.models import FamilyContact, GroupMeeting, GroupReview, StudentContact

ClientOf = Callable[[User], Client]
Sent = Callable[..., dict[str, Any]]


@pytest.fixture
def marc(cast: Cast, client_of: ClientOf) -> Client:
    return client_of(cast.marc)


def text(reply: Any) -> str:
    """The page's words, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", reply.content.decode().split("<main")[1]))


def history(client: Client, kind: str, pk: int) -> str:
    return text(client.get(f"/entrees/{kind}/{pk}/historique/"))


def stamp(client: Client, address: str) -> str:
    found = re.search(r'name="saved_at" value="([^"]+)"', client.get(address).content.decode())
    assert found
    return found[1]


def restore_forms(page: str) -> list[tuple[str, dict[str, str]]]:
    forms = re.findall(r'action="(/entrees/[^"]+/retablir/)">(.*?)</form>', page, re.DOTALL)
    return [(address, dict(re.findall(r'name="(version|vu)" value="(\d+)"', body))) for address, body in forms]


def put_back(client: Client, query: str = "") -> Any:
    """Press the first « Rétablir » of the page of what was undone."""
    address, said = restore_forms(client.get(f"/annulees/{query}").content.decode())[0]
    return client.post(address, said, follow=True)


def test_a_meetings_history_says_who_when_and_what_newest_first(
    cast: Cast, nadia: Client, julie: Client, planned: DyadMeeting, entry: Sent
) -> None:
    nadia.post(f"/rencontres/{planned.pk}/tenue/")
    edit = f"/rencontres/{planned.pk}/modifier/"
    changed = entry(minutes="60", activity="discussion", chosen_by="", topic="school", saved_at=stamp(julie, edit))
    assert julie.post(edit, changed).status_code == 302
    said = history(nadia, "rencontre", planned.pk)
    first, second, third = said.index("Modification"), said.index("Consignation"), said.index("Prévision")
    assert first < second < third
    newest = said[first:second]
    assert "Julie Archambault" in newest
    assert "lundi 23 novembre 2026, 9 h" in newest
    assert "Durée 25 min → 60 min" in newest
    assert "Thème scolaire" in newest
    assert "État prévue → tenue" in said[second:third]
    assert "Nadia Ferhat" in said[second:third]
    assert "De façon automatique" in said[third:]
    assert f"/entrees/rencontre/{planned.pk}/historique/" in nadia.get(edit).content.decode()


def test_a_row_that_came_in_bulk_is_its_own_history(cast: Cast, nadia: Client) -> None:
    meeting = DyadMeeting.objects.filter(dyad=cast.thomas_nadia, status="held")[0]
    said = history(nadia, "rencontre", meeting.pk)
    assert "Consignation" in said
    assert "État tenue" in said


def test_presences_are_in_the_history_of_a_groups_meeting(cast: Cast, nadia: Client, julie: Client) -> None:
    meeting = cast.tremplin.meetings.get(on=cast.on, status="planned")
    away, other = sorted(cast.tremplin.members.values_list("student", flat=True))[:2]
    nadia.post(f"/rencontres-groupe/{meeting.pk}/tenue/")
    edit = f"/rencontres-groupe/{meeting.pk}/modifier/"
    form = {"entry_uuid": str(uuid.uuid4()), "day": "2026-11-23", "minutes": "25", "activities": ["game"]}
    assert nadia.post(edit, form | {"absent": [away], "saved_at": stamp(nadia, edit)}).status_code == 302
    assert julie.post(edit, form | {"absent": [other], "saved_at": stamp(julie, edit)}).status_code == 302
    names = {row.student_id: str(row.student) for row in cast.tremplin.members.select_related("student")}
    said = history(nadia, "rencontre-groupe", meeting.pk)
    last, before, first = re.split(r"Modification (?=[A-Z])|Consignation (?=[A-Z])", said)[1:4]
    assert f"{names[away]} absence → présence" in last
    assert f"{names[other]} présence → absence" in last
    assert f"{names[away]} présence → absence" in before
    assert names[other] not in before
    assert "Présences groupe complet" in first


def test_a_confidential_note_is_redacted_in_every_version(
    cast: Cast, nadia: Client, julie: Client, client_of: ClientOf, entry: Sent
) -> None:
    nadia.post(f"/dyades/{cast.thomas_nadia.pk}/consigner/", entry(note="Au grand jour"))
    meeting = DyadMeeting.objects.get(dyad=cast.thomas_nadia, note="Au grand jour")
    edit = f"/rencontres/{meeting.pk}/modifier/"
    secret = entry(note="Sous le sceau", note_level="confidential", saved_at=stamp(nadia, edit))
    assert nadia.post(edit, secret).status_code == 302
    for reader in (nadia, julie):
        assert "Au grand jour → Sous le sceau" in history(reader, "rencontre", meeting.pk)
    shown = history(client_of(cast.alain), "rencontre", meeting.pk)
    assert "note confidentielle modifiée" in shown
    assert "Sous le sceau" not in shown
    assert "Au grand jour" not in shown, "made confidential, its earlier words are too"


KINDS: list[tuple[str, str, str, type[Any], dict[str, Any], dict[str, Any], tuple[str, str]]] = [
    ("dyades", "liaison", "echange", TeacherLiaison, {"channel": "phone", "subject": "Anglais"},
     {"subject": "Histoire"},
     ("Anglais", "Histoire")),
    ("dyades", "routine", "routine", FollowUp, {"recognised": "on"}, {"lates_reviewed": "on", "skill": "notes"},
     ("", "prendre des notes")),
    ("dyades", "evenement", "evenement", DifficultEvent, {"kind": "failure"}, {"kind": "conflict"},
     ("échec scolaire", "conflit")),
    ("dyades", "bilan", "bilan", RelationshipReview, {"agreed": "Le midi"}, {"agreed": "Le soir"},
     ("Le midi", "Le soir")),
    ("groupes", "contact", "contact", StudentContact, {"channel": "phone"}, {"channel": "video"},
     ("par téléphone", "par vidéo")),
    ("groupes", "famille", "famille", FamilyContact, {"channel": "phone", "outcome": "no_answer"},
     {"outcome": "reached"}, ("sans réponse", "échange avec la famille")),
    ("groupes", "bilan", "bilan-groupe", GroupReview, {"about": "group", "evolution": "Calme"},
     {"evolution": "Agité"}, ("Calme", "Agité")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("owners", "page", "kind", "model", "said", "change", "words"), KINDS, ids=lambda v: str(v)[:12]
)
def test_every_kind_is_corrected_compared_and_taken_back(
    cast: Cast, julie: Client, client_of: ClientOf, owners: str, page: str, kind: str, model: type[Any],
    said: dict[str, Any], change: dict[str, Any], words: tuple[str, str],
) -> None:  # fmt: skip
    owner = cast.thomas_nadia.pk if owners == "dyades" else cast.tremplin.pk
    student = cast.tremplin.members.all()[0].student_id
    whom = {"contact": {"students": [student]}, "famille": {"students": [student]}}.get(kind, {})
    form = {"entry_uuid": str(uuid.uuid4()), "day": "2026-11-23"} | said
    banner = julie.post(f"/{owners}/{owner}/{page}/", form | whom, follow=True)
    row = model.objects.get()
    edit = f"/entrees/{kind}/{row.pk}/modifier/"
    assert f'href="{edit}"' in banner.content.decode()
    seen = stamp(julie, edit)
    filled = form | ({"student": student} if kind in {"contact", "famille"} else {})

    corrected = julie.post(edit, filled | change | {"saved_at": seen}, follow=True)
    assert "La modification est enregistrée." in text(corrected)
    assert words[1] in history(julie, kind, row.pk).split("Consignation")[0]
    assert julie.post(edit, filled | change | {"saved_at": seen}).status_code == 302, "the same words twice"

    second = client_of(cast.julie)
    clash = second.post(edit, filled | {"saved_at": seen, "note": "La mienne"})
    assert clash.status_code == 422
    beside = clash.content.decode().split('class="comparison"')[1].split("</table>")[0]
    assert all(one in beside for one in (*words, "La mienne", "différent"))
    assert second.post(edit, filled | {"choice": "theirs"}).status_code == 302
    assert not model.objects.filter(note="La mienne").exists()
    mine = re.search(r'name="saved_at" value="([^"]+)"', clash.content.decode())
    assert mine
    assert second.post(edit, filled | {"saved_at": mine[1], "note": "La mienne"}).status_code == 302
    assert model.objects.get().note == "La mienne"
    assert model.history.filter(id=row.pk).count() == 3

    undo = re.search(r'action="(/entrees/[^"]+)"', corrected.content.decode())
    assert undo
    assert "a changé entre-temps" in text(julie.post(undo[1].replace("&amp;", "&"), follow=True)), (
        "not the last any more"
    )


def test_the_banner_of_a_correction_takes_it_back(cast: Cast, marc: Client) -> None:
    form = {"entry_uuid": str(uuid.uuid4()), "day": "2026-11-23", "channel": "phone", "subject": "Anglais"}
    marc.post(f"/dyades/{cast.ines_marc.pk}/liaison/", form)
    row = TeacherLiaison.objects.get()
    edit = f"/entrees/echange/{row.pk}/modifier/"
    page = marc.post(edit, form | {"subject": "Art", "saved_at": stamp(marc, edit)}, follow=True).content.decode()
    undo = re.search(r'action="(/entrees/[^"]+)"', page)
    assert undo
    for _press in range(2):
        assert "C’est rétabli." in text(marc.post(undo[1].replace("&amp;", "&"), follow=True))
    row.refresh_from_db()
    assert (row.subject, row.history.count()) == ("Anglais", 3)


def test_a_correction_that_can_t_be_keeps_what_was_typed(cast: Cast, marc: Client) -> None:
    form = {"entry_uuid": str(uuid.uuid4()), "day": "2026-11-23", "channel": "phone"}
    marc.post(f"/dyades/{cast.ines_marc.pk}/liaison/", form)
    edit = f"/entrees/echange/{TeacherLiaison.objects.get().pk}/modifier/"
    bad = form | {"day": "other", "other_on": "2026-12-24", "note": "À garder", "saved_at": stamp(marc, edit)}
    reply = marc.post(edit, bad)
    assert reply.status_code == 422
    assert "À garder" in reply.content.decode()
    assert "futur" in text(reply)


def test_a_routine_is_corrected_whole(cast: Cast, marc: Client) -> None:
    form = {"entry_uuid": str(uuid.uuid4()), "day": "2026-11-23", "recognised": "on", "work_heard": "on"}
    marc.post(f"/dyades/{cast.ines_marc.pk}/routine/", form)
    routine, liaison = FollowUp.objects.get(), TeacherLiaison.objects.get()
    edit = f"/entrees/routine/{routine.pk}/modifier/"
    assert marc.get(f"/entrees/echange/{liaison.pk}/modifier/").headers["Location"] == edit
    del form["work_heard"]
    assert marc.post(edit, form | {"saved_at": stamp(marc, edit)}).status_code == 302
    assert not TeacherLiaison.objects.kept().exists()
    form |= {"achievement_heard": "on"}
    assert marc.post(edit, form | {"saved_at": stamp(marc, edit)}).status_code == 302
    assert TeacherLiaison.objects.kept().get().achievement_heard
    nothing = {"entry_uuid": form["entry_uuid"], "day": "2026-11-23", "saved_at": stamp(marc, edit)}
    assert marc.post(edit, nothing).status_code == 422


def test_someone_elses_confidence_survives_a_correction(cast: Cast, nadia: Client, client_of: ClientOf) -> None:
    """The group's lead corrects what the programme's lead noted in confidence: the note is neither shown nor lost."""
    student = cast.tremplin.members.all()[0].student_id
    form = {"entry_uuid": str(uuid.uuid4()), "day": "2026-11-23", "channel": "phone"}
    secret = {"students": [student], "note": "Sous le sceau", "note_level": "confidential"}
    client_of(cast.julie).post(f"/groupes/{cast.tremplin.pk}/contact/", form | secret)
    row = StudentContact.objects.get()
    edit = f"/entrees/contact/{row.pk}/modifier/"
    assert "Sous le sceau" not in nadia.get(edit).content.decode()
    sent = form | {"student": student, "channel": "video", "note": "", "saved_at": stamp(nadia, edit)}
    assert nadia.post(edit, sent).status_code == 302
    row.refresh_from_db()
    assert (row.channel, row.note, row.logged_by) == ("video", "Sous le sceau", cast.julie)


def test_what_was_undone_is_put_back_once(cast: Cast, nadia: Client, entry: Sent) -> None:
    nadia.post(f"/dyades/{cast.kim_nadia.pk}/consigner/", entry(note="Précieuse"))
    meeting = DyadMeeting.objects.get(note="Précieuse")
    nadia.post(f"/rencontres/{meeting.pk}/annuler/")
    assert not DyadMeeting.objects.kept().filter(note="Précieuse").exists()
    dyad = f"?dyade={cast.kim_nadia.pk}"
    assert "Annulation par Nadia Ferhat" in text(nadia.get(f"/annulees/{dyad}"))
    address, said = restore_forms(nadia.get(f"/annulees/{dyad}").content.decode())[0]
    for _press in range(2):
        assert "C’est rétabli." in text(nadia.post(address, said, follow=True))
    assert DyadMeeting.objects.kept().filter(note="Précieuse").count() == 1
    assert "Rien d’annulé" in text(nadia.get(f"/annulees/{dyad}"))
    assert "Rétablissement" in history(nadia, "rencontre", meeting.pk)


def test_a_log_taken_back_to_its_plan_is_put_back_with_its_presences(cast: Cast, nadia: Client) -> None:
    meeting = cast.tremplin.meetings.get(on=cast.on, status="planned")
    away = cast.tremplin.members.all()[0].student_id
    form = {"entry_uuid": str(uuid.uuid4()), "day": "2026-11-23", "minutes": "40", "absent": [away], "note": "Vif"}
    nadia.post(f"/groupes/{cast.tremplin.pk}/consigner/", form)
    nadia.post(f"/rencontres-groupe/{meeting.pk}/annuler/")
    meeting.refresh_from_db()
    assert (meeting.status, meeting.note, meeting.attendances.count()) == ("planned", "", 0)
    assert "C’est rétabli." in text(put_back(nadia, f"?groupe={cast.tremplin.pk}"))
    meeting.refresh_from_db()
    assert (meeting.status, meeting.note, meeting.minutes, meeting.logged_by) == ("held", "Vif", 40, cast.nadia)
    assert meeting.attendances.count() == 12
    assert list(meeting.attendances.filter(status="absent").values_list("student", flat=True)) == [away]


def test_what_was_logged_again_meanwhile_is_not_doubled(cast: Cast, nadia: Client, entry: Sent) -> None:
    address = f"/dyades/{cast.kim_nadia.pk}/consigner/"
    nadia.post(address, entry(day="other", other_on="2026-11-18", note="Première"))
    first = DyadMeeting.objects.get(note="Première")
    nadia.post(f"/rencontres/{first.pk}/annuler/")
    nadia.post(address, entry(day="other", other_on="2026-11-18", channel="video", note="Seconde"))
    reply = put_back(nadia)
    assert "a été consignée entre-temps" in text(reply)
    assert list(
        DyadMeeting.objects.kept().filter(dyad=cast.kim_nadia, on="2026-11-18").values_list("note", flat=True)
    ) == ["Seconde"]


def test_what_one_press_took_away_comes_back_together(cast: Cast, nadia: Client, marc: Client) -> None:
    met = list(cast.tremplin.members.values_list("student", flat=True)[:3])
    form = {"entry_uuid": str(uuid.uuid4()), "day": "2026-11-23", "channel": "in_person", "students": met}
    nadia.post(f"/groupes/{cast.tremplin.pk}/contact/", form)
    nadia.post(f"/groupes/{cast.tremplin.pk}/entrees/{form['entry_uuid']}/annuler/")
    assert len(restore_forms(nadia.get("/annulees/").content.decode())) == 1
    put_back(nadia)
    assert StudentContact.objects.kept().count() == 3
    routine = {"entry_uuid": str(uuid.uuid4()), "day": "2026-11-23", "recognised": "on", "work_heard": "on"}
    marc.post(f"/dyades/{cast.ines_marc.pk}/routine/", routine)
    marc.post(f"/suivis/routine/{FollowUp.objects.get().pk}/annuler/")
    put_back(marc)
    assert (FollowUp.objects.kept().count(), TeacherLiaison.objects.kept().count()) == (1, 1)


def test_only_who_may_log_sees_and_puts_back_what_was_undone(
    cast: Cast, marc: Client, julie: Client, client_of: ClientOf
) -> None:
    marc.post(
        f"/dyades/{cast.ines_marc.pk}/evenement/", {"entry_uuid": uuid.uuid4(), "day": "2026-11-23", "kind": "other"}
    )
    event = DifficultEvent.objects.get()
    marc.post(f"/suivis/evenement/{event.pk}/annuler/")
    address, said = restore_forms(julie.get("/annulees/").content.decode())[0]
    for stranger, status in ((cast.nadia, 404), (cast.other_lead, 404), (cast.alain, 404)):
        client = client_of(stranger)
        assert client.post(address, said).status_code == status
        assert client.get(f"/entrees/evenement/{event.pk}/historique/").status_code == status
    assert not restore_forms(client_of(cast.nadia).get("/annulees/").content.decode())
    assert julie.post(address, said).status_code == 302
    assert DifficultEvent.objects.kept().exists()


def test_after_thirty_days_it_is_forgotten_and_the_audit_knows(cast: Cast, marc: Client) -> None:
    for day in ("2026-11-23", "2026-11-20"):
        form = {"entry_uuid": uuid.uuid4(), "day": "other", "other_on": day, "kind": "other"}
        marc.post(f"/dyades/{cast.ines_marc.pk}/evenement/", form)
    old, recent = DifficultEvent.objects.order_by("on")
    for event in (old, recent):
        marc.post(f"/suivis/evenement/{event.pk}/annuler/")
    old.refresh_from_db()
    assert old.deleted_at
    DifficultEvent.objects.filter(pk=old.pk).update(deleted_at=old.deleted_at - timedelta(days=32))
    assert len(restore_forms(marc.get("/annulees/").content.decode())) == 1
    late = {"version": str(old.history.last().history_id), "vu": str(old.history.first().history_id)}
    assert "Plus de 30 jours" in text(marc.post(f"/entrees/evenement/{old.pk}/retablir/", late, follow=True))
    for _time in range(2):
        forget_undone_of(cast.board.pk, cast.on.isoformat())
    assert list(DifficultEvent.objects.values_list("pk", flat=True)) == [recent.pk]
    assert not DifficultEvent.history.filter(id=old.pk).exists()
    assert list(AuditEntry.objects.filter(verb="record.forgotten").values_list("subject_id", flat=True)) == [old.pk]


def test_an_earlier_version_comes_back_from_the_history(cast: Cast, nadia: Client, entry: Sent) -> None:
    nadia.post(f"/dyades/{cast.kim_nadia.pk}/consigner/", entry(note="Longue et juste"))
    meeting = DyadMeeting.objects.get(note="Longue et juste")
    edit = f"/rencontres/{meeting.pk}/modifier/"
    nadia.post(edit, entry(note="", saved_at=stamp(nadia, edit)))
    page = nadia.get(f"/entrees/rencontre/{meeting.pk}/historique/").content.decode()
    ((address, said),) = restore_forms(page)
    nadia.post(address, said)
    meeting.refresh_from_db()
    assert meeting.note == "Longue et juste"


@pytest.mark.once
def test_the_lists_take_the_same_queries_for_one_and_for_thirty(cast: Cast, marc: Client) -> None:
    def log(number: int) -> None:
        for _n in range(number):
            said = {"entry_uuid": uuid.uuid4(), "day": "2026-11-23", "channel": "phone", "subject": f"M{uuid.uuid4()}"}
            marc.post(f"/dyades/{cast.ines_marc.pk}/liaison/", said)
        for row in TeacherLiaison.objects.kept():
            marc.post(f"/suivis/echange/{row.pk}/annuler/")

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            assert marc.get(address).status_code == 200
        return len(caught)

    log(1)
    one = queries("/annulees/")
    row = TeacherLiaison.objects.get()
    short = queries(f"/entrees/echange/{row.pk}/historique/")
    log(29)
    assert queries("/annulees/") == one <= 32
    for number in range(29):
        row.subject = f"N{number}"
        row.save()
    assert queries(f"/entrees/echange/{row.pk}/historique/") == short <= 16


def test_two_editors_of_a_groups_meeting_see_both_with_the_presences(cast: Cast, nadia: Client, julie: Client) -> None:
    meeting = GroupMeeting.objects.get(group=cast.tremplin, on=cast.on, status="planned")
    nadia.post(f"/rencontres-groupe/{meeting.pk}/tenue/")
    edit = f"/rencontres-groupe/{meeting.pk}/modifier/"
    seen = stamp(julie, edit)
    away = cast.tremplin.members.select_related("student")[0].student
    form = {"entry_uuid": str(uuid.uuid4()), "day": "2026-11-23", "activities": ["game"]}
    nadia.post(edit, form | {"minutes": "25", "absent": [away.pk], "saved_at": seen})
    clash = julie.post(edit, form | {"minutes": "40", "activities": ["schoolwork"], "saved_at": seen})
    assert clash.status_code == 422
    table = text(clash).split("Deux versions")[1].split("Garder ma version")[0]
    assert "Nadia Ferhat l’a enregistrée à 9 h" in table
    assert "Activités différent Travaux Jeu" in table
    assert f"{away} différent présence absence" in table
    assert "Durée différent 40 min 25 min" in table
    assert julie.post(edit, form | {"minutes": "40", "choice": "theirs"}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.minutes == 25
