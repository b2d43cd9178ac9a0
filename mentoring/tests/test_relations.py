"""A dyad begins, rests and ends once, within one board, and each step is in the audit."""

import re
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from mentoring.actions.relations import early_ended, end_dyad, start_dyad
from mentoring.defaults import conforming_commitment
from mentoring.models import Dyad, DyadMeeting, Training
from people.models import AuditEntry, Student, User
from people.months import add_months
from programs.actions.planning import plan_ahead
from programs.log.kinds import KINDS, Entry
from programs.log.verbs import not_hold
from programs.models import SchoolYear
from tests.cast import Cast

pytestmark = pytest.mark.on_postgresql


@pytest.fixture
def free_student(cast: Cast) -> Student:
    return Student.objects.create(board=cast.board, school=cast.school, given_name="Zoé", family_name="Lavoie")


@pytest.fixture
def sylvie(cast: Cast, client_of: Callable[[User], Client]) -> Client:
    return client_of(cast.sylvie)


@pytest.fixture
def match(cast: Cast, free_student: Student) -> dict[str, Any]:
    return {
        "entry_uuid": str(uuid.uuid4()),
        "program": cast.mentoring.pk,
        "student": free_student.pk,
        "mentor": cast.thomas_nadia.mentor_id,
        "starts_on": "2026-11-23",
        "last_day": "2027-06-22",
    }


def verbs() -> list[str]:
    """What was written; what was opened to do so is another's test."""
    written = AuditEntry.objects.exclude(verb="student.file_opened").order_by("pk")
    return list(written.values_list("verb", flat=True))


def ended_early(cast: Cast, student: Student, **changes: Any) -> Dyad:
    facts: dict[str, Any] = {
        "board": cast.board,
        "program": cast.mentoring,
        "mentor": cast.marc_mentor,
        "student": student,
        "starts_on": date(2026, 1, 12),
        "ends_on": date(2026, 4, 13),
    }
    return Dyad.objects.create(**facts | changes)


def test_a_match_is_made_once_and_audited(cast: Cast, julie: Client, match: dict[str, Any]) -> None:
    for _time in range(2):
        assert julie.post("/dyades/nouvelle/", match).status_code == 302
    dyad = Dyad.objects.get(student=match["student"])
    assert (dyad.starts_on, dyad.committed_until, dyad.ends_on) == (date(2026, 11, 23), date(2027, 6, 23), None)
    assert verbs() == ["dyad.started"]


def test_a_student_has_one_open_dyad_in_a_programme(cast: Cast, julie: Client, match: dict[str, Any]) -> None:
    reply = julie.post("/dyades/nouvelle/", match | {"student": cast.thomas.pk})
    assert reply.status_code == 422
    assert "a déjà une dyade ouverte" in reply.content.decode()
    assert not verbs()


def test_both_ends_belong_to_one_board_and_the_programmes_school(cast: Cast, free_student: Student) -> None:
    common: dict[str, Any] = {"person": cast.julie, "on": cast.on, "starts_on": cast.on}
    start = {"program": cast.mentoring, "mentor": cast.sylvie_mentor, "student": free_student}
    elsewhere = [{"mentor": cast.other_mentor_row}, {"student": cast.other_student}, {"program": cast.groups_program}]
    for change in elsewhere:
        with pytest.raises(ValidationError):
            start_dyad(**common, **start | change)
    assert not Dyad.objects.filter(student=free_student).exists()


def test_another_boards_people_are_no_choice(cast: Cast, julie: Client, match: dict[str, Any]) -> None:
    page = julie.get("/dyades/nouvelle/").content.decode()
    assert str(cast.other_student) not in page
    for change in ({"student": cast.other_student.pk}, {"mentor": cast.other_mentor_row.pk}, {"program": 10**30}):
        assert julie.post("/dyades/nouvelle/", match | change).status_code == 422


def test_a_rematch_after_an_early_ending_asks_for_its_reason(
    cast: Cast, julie: Client, match: dict[str, Any], free_student: Student
) -> None:
    ended_early(cast, free_student)
    asked = julie.post("/dyades/nouvelle/", match)
    assert asked.status_code == 422
    assert "a pris fin plus tôt que prévu" in asked.content.decode()
    assert 'name="rematch_reason"' in asked.content.decode()
    assert julie.post("/dyades/nouvelle/", match | {"rematch_reason": "Affinités"}).status_code == 302
    assert verbs() == ["dyad.started", "dyad.rematched"]
    assert AuditEntry.objects.get(verb="dyad.rematched").reason == "Affinités"


def test_the_end_of_commitment_proposed_conforms(cast: Cast, julie: Client) -> None:
    """The later of the school year's end and six months: in spring, six months go past the year."""
    year = SchoolYear.objects.get(board=cast.board, starts_on__lte=cast.on, ends_on__gt=cast.on)
    last_day = julie.get("/dyades/nouvelle/").context["form"].initial["last_day"]
    assert last_day == year.ends_on - timedelta(days=1)
    spring = year.ends_on - timedelta(days=60)
    assert conforming_commitment(cast.mentoring, spring, spring) == add_months(spring, 6)


def test_training_is_asked_before_the_match(cast: Cast, julie: Client, match: dict[str, Any]) -> None:
    Training.objects.filter(person=cast.marc).delete()
    untrained = match | {"mentor": cast.marc_mentor.pk}
    page = julie.get("/dyades/nouvelle/").content.decode()
    assert "formation de base à compléter" in page
    assert "Formation de base de la personne mentore" in page
    assert julie.post("/dyades/nouvelle/", untrained | {"trained_on": "2026-11-20"}).status_code == 422
    assert not verbs()
    trained = untrained | {"trained_on": "2026-11-20", "trained_minutes": "120"}
    assert julie.post("/dyades/nouvelle/", trained).status_code == 302
    assert verbs() == ["mentor.trained", "dyad.started"]
    assert Training.objects.get(person=cast.marc).minutes == 120


def test_a_match_without_training_says_why(cast: Cast, julie: Client, match: dict[str, Any]) -> None:
    Training.objects.filter(person=cast.marc).delete()
    why = {"mentor": cast.marc_mentor.pk, "untrained_reason": "Formation prévue jeudi"}
    told = julie.post("/dyades/nouvelle/", match | why, follow=True).content.decode().replace("\u00a0", " ")
    assert "reste à compléter : 0 minutes sur 120" in told
    assert verbs() == ["dyad.started", "dyad.started_untrained"]
    assert AuditEntry.objects.get(verb="dyad.started_untrained").reason == "Formation prévue jeudi"


def test_what_is_early(cast: Cast, free_student: Student) -> None:
    def early(mentor: Any = cast.sylvie_mentor, **changes: Any) -> bool:
        Dyad.objects.filter(student=free_student).delete()
        ended_early(cast, free_student, **changes)
        return early_ended(student=free_student, mentor=mentor, before=cast.on) is not None

    assert early()
    assert not early(mentor=cast.marc_mentor), "the same mentor is no re-match"
    assert not early(planned_handover=True)
    assert not early(ends_on=date(2026, 7, 12)), "exactly six months are not early"
    assert early(ends_on=date(2026, 7, 11))
    assert early(ends_on=date(2026, 7, 12), committed_until=date(2026, 7, 13))
    assert not early(ends_on=cast.on + timedelta(days=1)), "not ended by then"


def test_length_runs_from_the_first_held_meeting(cast: Cast, free_student: Student) -> None:
    dyad = ended_early(cast, free_student, ends_on=date(2026, 7, 20))
    start = {"board": cast.board, "dyad": dyad, "status": "held"}
    DyadMeeting.objects.create(**start, on=date(2026, 1, 13), channel="phone")
    assert early_ended(student=free_student, mentor=cast.sylvie_mentor, before=cast.on) is None
    DyadMeeting.objects.create(**start, on=date(2026, 2, 13), channel="in_person")
    assert early_ended(student=free_student, mentor=cast.sylvie_mentor, before=cast.on) == dyad


def test_an_ending_says_its_last_day_and_drops_what_was_planned_later(cast: Cast, julie: Client) -> None:
    dyad = cast.kim_nadia
    plan_ahead(board=cast.board, on=cast.on)
    said = {"last_day": "2026-11-23", "reason": "Déménagement", "ended_by": "family", "planned_handover": "on"}
    said |= {"closure_talk": "held", "confirm": "on"}
    for _time in range(2):
        assert julie.post(f"/dyades/{dyad.pk}/terminer/", said).status_code == 302
    dyad.refresh_from_db()
    assert (dyad.ends_on, dyad.end_reason, dyad.ended_by) == (date(2026, 11, 24), "Déménagement", "family")
    assert (dyad.planned_handover, dyad.closure_talk) == (True, "held")
    assert not DyadMeeting.objects.filter(dyad=dyad, status="planned", on__gt=cast.on).exists()
    assert verbs() == ["dyad.ended"]
    page = julie.get(f"/dyades/{dyad.pk}/").content.decode()
    assert "Dernier jour" in page
    assert "/terminer/" not in page


def test_an_impossible_ending_is_refused(cast: Cast, julie: Client) -> None:
    address = f"/dyades/{cast.thomas_nadia.pk}/terminer/"
    said = {"last_day": "2026-11-23", "reason": "Déménagement", "ended_by": "family"}
    said |= {"closure_talk": "planned", "confirm": "on", "end_code": "student_left"}
    refused = [
        ({"last_day": "2026-12-01"}, "ne peut pas être dans le futur"),
        ({"last_day": "2020-01-06"}, "La dyade a commencé le"),
        ({"last_day": cast.thomas_nadia.starts_on.isoformat()}, "Une rencontre est consignée le"),
        ({"reason": ""}, "Indiquez le motif"),
        ({"ended_by": ""}, "Choisissez qui a pris l’initiative"),
        ({"last_day": "9999-12-31"}, "Vérifiez l’année"),
        ({"closure_talk": ""}, "Dites si un dernier échange"),
        ({"confirm": ""}, "Cochez la case pour confirmer"),
    ]
    for change, sentence in refused:
        reply = julie.post(address, said | change)
        assert (reply.status_code, sentence in reply.content.decode()) == (422, True), change
    cast.thomas_nadia.refresh_from_db()
    assert cast.thomas_nadia.ends_on is None


def test_a_pause_includes_its_last_day_and_is_lifted_today(cast: Cast, julie: Client) -> None:
    dyad = cast.kim_nadia
    plan_ahead(board=cast.board, on=cast.on)
    planned = DyadMeeting.objects.filter(dyad=dyad, status="planned", on__gte=cast.on)
    assert planned.exists()
    said = {"starts_on": "2026-11-23", "last_day": "2027-01-08", "reason": "Stage"}
    for _time in range(2):
        assert julie.post(f"/dyades/{dyad.pk}/pause/", said).status_code == 302
    assert [pause.ends_on for pause in dyad.pauses.all()] == [date(2027, 1, 9)]
    assert not planned.exists()
    overlapping = julie.post(f"/dyades/{dyad.pk}/pause/", {"starts_on": "2027-01-08"})
    assert overlapping.status_code == 422
    assert julie.post(f"/dyades/{dyad.pk}/reprendre/").status_code == 302
    assert [pause.ends_on for pause in dyad.pauses.all()] == [cast.on]
    assert planned.exists()
    assert verbs() == ["dyad.paused", "dyad.resumed"]


def call_off(meeting: DyadMeeting, cast: Cast, note: str = "") -> None:
    kind, entry = KINDS["rencontre"], Entry(meeting.on, {"reason": "adult_absent"}, note=note)
    not_hold(kind=kind, record=meeting, entry=entry, person=cast.sylvie, on=cast.on, saved_at=None)


def end(cast: Cast) -> None:
    said = {"reason": "Déménagement", "ended_by": "family", "end_code": "student_left"}
    end_dyad(dyad=cast.loic_sylvie, person=cast.julie, on=cast.on, last_day=cast.on, **said)


def test_a_meeting_called_off_later_does_not_keep_a_dyad_open(cast: Cast) -> None:
    later = DyadMeeting.objects.create(
        board=cast.board, dyad=cast.loic_sylvie, on=cast.on + timedelta(days=9), status="planned", planned=True
    )
    call_off(later, cast)
    end(cast)
    assert not cast.loic_sylvie.meetings.kept().filter(on__gt=cast.on).exists()


def test_an_ending_sets_aside_what_was_said_of_a_later_day(cast: Cast, sylvie: Client) -> None:
    said = {"board": cast.board, "dyad": cast.loic_sylvie, "status": "planned", "planned": True}
    called_off, bare = (DyadMeeting.objects.create(on=cast.on + timedelta(days=n), **said) for n in (9, 10))
    call_off(called_off, cast, note="Je serai en congé")
    end(cast)
    called_off.refresh_from_db()
    assert (called_off.deleted_at is not None, called_off.note) == (True, "Je serai en congé")
    assert not DyadMeeting.objects.filter(pk=bare.pk).exists()
    assert "absence de l’adulte" in sylvie.get(f"/annulees/?dyade={cast.loic_sylvie.pk}").content.decode()
    assert "Je serai en congé" in sylvie.get(f"/entrees/rencontre/{called_off.pk}/historique/").content.decode()


def test_a_pause_to_come_is_shown_and_called_off_once(cast: Cast, julie: Client) -> None:
    dyad, page = cast.kim_nadia, f"/dyades/{cast.kim_nadia.pk}/"
    plan_ahead(board=cast.board, on=cast.on)
    planned = DyadMeeting.objects.filter(dyad=dyad, status="planned", on__gte="2026-12-01")
    before = list(planned.values_list("on", flat=True))
    assert before
    julie.post(f"{page}pause/", {"starts_on": "2026-12-01", "last_day": "2027-06-01"})
    assert not planned.exists()
    shown = julie.get(page).content.decode().replace("\u00a0", " ")
    assert "En pause à compter du 1er décembre 2026, jusqu’au 1er juin 2027." in shown
    named = re.search(r'<button[^>]*name="pause"\s+value="(\d+)"', shown)
    assert named
    julie.post(f"{page}reprendre/")
    assert dyad.pauses.count() == 1, "lifting the pause that runs leaves the one to come"
    for _press in range(2):
        assert julie.post(f"{page}reprendre/", {"pause": named[1]}).status_code == 302
    assert not dyad.pauses.exists()
    assert list(planned.values_list("on", flat=True)) == before
    assert verbs() == ["dyad.paused", "dyad.pause_cancelled"]
    assert "En pause à compter" not in julie.get(page).content.decode()


@pytest.mark.parametrize(
    ("first_met_on", "said"),
    [
        ("2026-09-01", "avant 3 mois est associée à une baisse"),
        ("2026-08-23", "3 à 6 mois est associée à très peu"),
        ("2026-05-23", "Reste à bien finir"),
    ],
)
def test_the_page_of_an_ending_says_what_the_review_says_of_such_a_length(
    cast: Cast, julie: Client, first_met_on: str, said: str
) -> None:
    dyad = cast.thomas_nadia
    dyad.starts_on = date(2026, 5, 1)
    dyad.save()
    DyadMeeting.objects.filter(dyad=dyad).delete()
    common = {"board": cast.board, "dyad": dyad, "status": "held"}
    DyadMeeting.objects.create(**common, on=date(2026, 5, 2), channel="phone")
    DyadMeeting.objects.create(**common, on=date.fromisoformat(first_met_on))
    page = julie.get(f"/dyades/{dyad.pk}/terminer/").content.decode()
    assert said in page
    assert "§\u00a03.2" in page
    assert ("Mettre en pause" in page) is (first_met_on != "2026-05-23")
