"""Every finding on a dyad or a mentor that rests on a record can be raised and settled through the pages alone."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import Q
from django.test import Client

from accompagnement.demo.cast import Cast
from guidelines.models import Flag
from mentoring.models import Dyad, Mentor
from people.access import Role
from people.models import Membership, Student, User, Verification
from programs.models import SchoolDay, Term

pytestmark = pytest.mark.once

STARTED = date(2026, 9, 8)


class Relation:
    """A new dyad, the clients of its mentor and of its programme's lead, and what is found about it."""

    def __init__(self, cast: Cast, mentor: Client, lead: Client, dyad: Dyad) -> None:
        self.cast, self.mentor, self.lead, self.dyad = cast, mentor, lead, dyad
        term = Term.objects.filter(school_year__board=cast.board, ends_on__lte=cast.on).order_by("ends_on").last()
        assert term is not None
        self.in_term = term.ends_on - timedelta(days=7)

    @property
    def codes(self) -> set[str]:
        rows = Flag.objects.live().filter(Q(dyad=self.dyad) | Q(mentor=self.dyad.mentor_id))
        return set(rows.values_list("guideline", flat=True))

    def says(self, client: Client, address: str, **form: Any) -> None:
        sent = {"entry_uuid": str(uuid.uuid4()), **form}
        reply = client.post(address.format(dyad=self.dyad.pk, mentor=self.dyad.mentor_id), sent)
        assert reply.status_code == 302, (address, form)

    def on(self, day: date) -> dict[str, str]:
        return {"day": "other", "other_on": day.isoformat()}


def started(cast: Cast, lead: Client, mentor: Mentor, name: str) -> Dyad:
    student = Student.objects.create(board=cast.board, school=cast.school, given_name=name, family_name="Lavoie")
    sent = {"entry_uuid": str(uuid.uuid4()), "program": cast.mentoring.pk, "student": student.pk}
    sent["untrained_reason"] = "Formation prévue plus tard"
    assert lead.post("/dyades/nouvelle/", sent | {"mentor": mentor.pk, "starts_on": STARTED}).status_code == 302
    return Dyad.objects.get(student=student)


@pytest.fixture
def relation(cast: Cast, client_of: Callable[[User], Client]) -> Relation:
    person = User.objects.create(board=cast.board, school=cast.school, given_name="Rose", family_name="Caron")
    Membership.objects.create(person=person, role=Role.MENTOR, board=cast.board, school=cast.school)
    Verification.objects.create(person=person, kind=Verification.Kind.JUDICIAL, verified_on=STARTED)
    mentor = Mentor.objects.create(person=person, kind="community_volunteer")
    lead = client_of(cast.julie)
    return Relation(cast, client_of(person), lead, started(cast, lead, mentor, "Zoé"))


def test_what_a_new_dyad_lacks_is_settled_one_page_at_a_time(relation: Relation) -> None:
    lacking = {
        "dyad-duration-planned": (relation.lead, "engagement", {"day": "other", "other_on": "2027-06-30"}),
        "dyad-agreement": (relation.mentor, "entente", {"signed_on": "2026-11-23", "objectives": "a", "tasks": "b"}),
        "dyad-teacher-liaison": (relation.mentor, "liaison", {"channel": "phone", **relation.on(relation.in_term)}),
        "dyad-systematic-followup": (
            relation.mentor,
            "routine",
            relation.on(relation.in_term)
            | dict.fromkeys(("lates_reviewed", "discipline_reviewed", "results_reviewed"), "on"),
        ),
        "dyad-review": (relation.lead, "bilan", relation.on(relation.in_term)),
    }
    assert set(lacking) <= relation.codes
    for code, (client, name, form) in lacking.items():
        assert code in relation.codes
        relation.says(client, f"/dyades/{{dyad}}/{name}/", **form)
        assert code not in relation.codes


def test_an_event_waits_for_support(relation: Relation) -> None:
    relation.says(relation.mentor, "/dyades/{dyad}/evenement/", kind="conflict", **relation.on(date(2026, 11, 9)))
    assert "dyad-support-after-event" in relation.codes
    event = relation.dyad.difficult_events.get()
    relation.says(relation.mentor, f"/evenements/{event.pk}/soutien/", day="2026-11-23")
    assert "dyad-support-after-event" not in relation.codes
    relation.says(relation.mentor, f"/suivis/evenement/{event.pk}/annuler/")
    assert not relation.dyad.difficult_events.kept().exists()


def test_training_style_approach_and_age_are_settled_on_the_mentors_pages(relation: Relation) -> None:
    assert {"mentor-training", "mentor-approach"} <= relation.codes
    for minutes in ("60", "60"):
        assert "mentor-training" in relation.codes
        title = str(uuid.uuid4())
        relation.says(
            relation.lead,
            "/mentors/{mentor}/formation/",
            kind="initial",
            minutes=minutes,
            day="2026-11-23",
            title=title,
        )
    assert "mentor-training" not in relation.codes
    words = dict.fromkeys(("beliefs", "attitudes", "behaviours", "style"), "Oui")
    relation.says(relation.mentor, "/mon-approche/", **words)
    assert "mentor-approach" not in relation.codes
    relation.says(relation.mentor, "/mon-style/", markers=["change", "results", "trust"])
    assert "mentor-style" in relation.codes
    relation.says(relation.mentor, "/mon-style/", markers=["change", "needs", "trust"])
    assert "mentor-style" not in relation.codes
    born = f"student_{relation.dyad.student_id}"
    for birth_date, raised in (("2013-05-05", True), ("2009-05-05", False)):
        form = {"kind": "older_peer", "birth_date": birth_date, born: "2013-02-03"}
        relation.says(relation.lead, "/mentors/{mentor}/modifier/", **form)
        assert ("mentor-peer-age" in relation.codes) == raised


def test_a_sixth_dyad_is_one_too_many_until_one_ends(relation: Relation) -> None:
    more = [started(relation.cast, relation.lead, relation.dyad.mentor, f"Élève {n}") for n in range(5)]
    assert "mentor-load" in relation.codes
    form = {"last_day": "2026-11-20", "reason": "Relais", "ended_by": "school", "planned_handover": "on"}
    form |= {"closure_talk": "held", "confirm": "on"}
    relation.says(relation.lead, f"/dyades/{more[0].pk}/terminer/", **form)
    relation.dyad.refresh_from_db()
    assert "mentor-load" not in relation.codes


def test_how_one_meets_is_read_from_the_log(relation: Relation) -> None:
    weeks = class_days(relation.cast, 9)
    late = {"late_reason": "Notes reprises du cahier"}
    away = late | {"minutes": "10", "channel": "video", "setting": "group", "activity": "problem_solving"}
    for day in weeks[:4]:
        relation.says(
            relation.mentor, "/dyades/{dyad}/consigner/", **away, topic="school", chosen_by="mentor", **relation.on(day)
        )
    raised = {
        "dyad-individual-share",
        "dyad-remote-share",
        "dyad-shared-activity",
        "dyad-student-choice",
        "dyad-homework-heavy",
        "dyad-weekly-minutes",
        "mentor-training",
    }
    assert raised <= relation.codes
    near = late | {"minutes": "40", "channel": "in_person", "setting": "individual", "activity": "shared_activity"}
    for day in weeks[4:]:
        relation.says(
            relation.mentor,
            "/dyades/{dyad}/consigner/",
            **near,
            structured="yes",
            chosen_by="student",
            **relation.on(day),
        )
    assert not (raised - {"mentor-training"}) & relation.codes


def class_days(cast: Cast, count: int) -> list[date]:
    """A class day of each of the last so many weeks, the oldest first."""
    days = SchoolDay.objects.class_days().filter(school=cast.school, date__gte=STARTED, date__lte=cast.on)
    firsts: dict[tuple[int, int], date] = {}
    for day in days.order_by("date").values_list("date", flat=True):
        firsts.setdefault(day.isocalendar()[:2], day)
    return list(firsts.values())[-count:]
