"""A mistake of entry is taken back as if it had never been, and can be put back; a start is corrected."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accompagnement.demo.cast import Cast
from guidelines.evaluation import evaluate_board
from guidelines.models import Flag
from people.models import AuditEntry, Student, User
from programs.gestures.verbs import forget
from programs.models import Attendance, Gesture, GroupLead, GroupMeeting, GroupMember, SupportGroup

pytestmark = pytest.mark.on_postgresql

DAY = timedelta(days=1)
ClientOf = Callable[[User], Client]


def newcomer(cast: Cast, name: str = "Zacharie") -> Student:
    return Student.objects.create(board=cast.board, school=cast.school, given_name=name, family_name="Beau", grade=1)


def undo_in(page: Any) -> str:
    """The address under « Annuler », in the banner of a page."""
    found = re.search(r'action="(/(?:saisies|gestes)/[^"]+/annuler/)"', page.content.decode())
    assert found
    return found[1]


def added(client: Client, group: SupportGroup, student: Student, day: date) -> Any:
    sent = {"student": student.pk, "starts_on": day.isoformat()}
    return client.post(f"/groupes/{group.pk}/membres/ajouter/", sent, follow=True)


def test_a_member_added_by_mistake_was_never_there_and_can_come_back(cast: Cast, client_of: ClientOf) -> None:
    client, student, group = client_of(cast.julie), newcomer(cast), cast.horizon
    undo = undo_in(added(client, group, student, cast.on))
    member = GroupMember.objects.get(student=student)
    assert client_of(cast.nadia).post(undo).status_code in (403, 404)
    gone = client.post(undo, follow=True)
    assert not GroupMember.objects.filter(student=student).exists()
    assert [row.verb for row in AuditEntry.objects.filter(subject_id=member.pk, verb__startswith="group.member")] == [
        "group.member_cancelled", "group.member_added",
    ]  # fmt: skip
    assert client.post(undo).status_code == 302  # a second press
    back = undo_in(gone)
    assert [client.post(back).status_code for _press in range(2)] == [302, 302]
    assert GroupMember.objects.get(student=student).pk == member.pk
    assert member.history.count() == 3


def test_what_takes_its_place_meanwhile_keeps_it_out(cast: Cast, client_of: ClientOf) -> None:
    client, student = client_of(cast.julie), newcomer(cast)
    gone = client.post(undo_in(added(client, cast.horizon, student, cast.on)), follow=True)
    added(client, cast.horizon, student, cast.on)
    assert "rien n’est rétabli" in client.post(undo_in(gone), follow=True).content.decode()
    assert GroupMember.objects.filter(student=student).count() == 1


def test_what_is_logged_does_not_vanish(cast: Cast, client_of: ClientOf) -> None:
    client, student = client_of(cast.julie), newcomer(cast)
    undo = undo_in(added(client, cast.horizon, student, cast.on))
    cast.horizon.student_contacts.create(board=cast.board, student=student, on=cast.on)
    assert "1 entrée y est consignée" in client.post(undo, follow=True).content.decode()
    assert GroupMember.objects.filter(student=student).exists()
    held = f"/saisies/groupe/{cast.tremplin.pk}/annuler/"
    client.post(held)
    assert SupportGroup.objects.filter(pk=cast.tremplin.pk).exists()


def test_after_thirty_days_it_is_destroyed_with_its_history(cast: Cast, client_of: ClientOf) -> None:
    client, student = client_of(cast.julie), newcomer(cast)
    client.post(undo_in(added(client, cast.horizon, student, cast.on)))
    gesture = Gesture.objects.get()
    assert forget(board=cast.board, on=cast.on + timedelta(days=30)) == 0
    assert forget(board=cast.board, on=cast.on + timedelta(days=32)) == 1
    assert not GroupMember.history.filter(id=gesture.subject_id).exists()


def test_an_earlier_start_lets_earlier_presences_be_noted(cast: Cast, client_of: ClientOf) -> None:
    client, student = client_of(cast.julie), newcomer(cast)
    cast.tremplin.members.all()[0].delete()
    added(client, cast.tremplin, student, cast.on)
    member = GroupMember.objects.get(student=student)
    held = GroupMeeting.objects.filter(group=cast.tremplin, status="held", on__lt=cast.on).latest("on")
    form = f"/rencontres-groupe/{held.pk}/modifier/"
    assert str(student) not in client.get(form).content.decode()
    edit = f"/membres/{member.pk}/modifier/"
    assert client.post(edit, {"starts_on": "2019-01-01"}).status_code == 422
    assert client.post(edit, {"starts_on": held.on.isoformat()}).status_code == 302
    assert str(student) in client.get(form).content.decode()
    again = added(client, cast.tremplin, student, held.on - DAY)  # said again, from an earlier day
    assert again.status_code == 200
    assert GroupMember.objects.get(student=student).starts_on == held.on - DAY


def test_a_departure_learnt_late_settles_presences_everywhere(cast: Cast, client_of: ClientOf) -> None:
    client, group = client_of(cast.julie), cast.tremplin
    held = GroupMeeting.objects.filter(group=group, status="held").latest("on")
    row = Attendance.objects.filter(meeting=held, status="present").first()
    assert row
    member = group.members.get(student=row.student_id)
    before = Attendance.objects.filter(meeting=held).count()
    last = (held.on - DAY).isoformat()
    left = client.post(f"/membres/{member.pk}/retirer/", {"last_on": last, "reason": "Déménagement"}, follow=True)
    assert "ne compte" in left.content.decode()
    assert Attendance.objects.of_members().filter(meeting=held).count() == before - 1
    assert f"{before - 1}" in left.content.decode()
    client.post(undo_in(left))
    assert Attendance.objects.of_members().filter(meeting=held).count() == before


def test_a_lead_taken_back_gives_the_group_back_to_who_led_it(cast: Cast, client_of: ClientOf) -> None:
    client, group = client_of(cast.julie), cast.tremplin
    sent = {"lead": cast.karim.pk, "starts_on": cast.on.isoformat(), "reason": "reassigned"}
    page = client.post(f"/groupes/{group.pk}/responsable/", sent, follow=True)
    raised = Flag.objects.live().filter(guideline="group-continuity", group=group)
    assert raised.exists()
    gone = client.post(undo_in(page), follow=True)
    assert not raised.exists()
    assert list(group.leads.values_list("person", "ends_on", "reason")) == [(cast.nadia.pk, None, "")]
    client.post(undo_in(gone))
    assert group.leads.get(person=cast.nadia).ends_on == cast.on
    assert GroupLead.objects.get(person=cast.karim, group=group).starts_on == cast.on


def test_a_slot_taken_back_gives_its_place_back(cast: Cast, client_of: ClientOf) -> None:
    client, group = client_of(cast.julie), cast.tremplin
    before = set(group.meetings.filter(on__gte=cast.on, status="planned").values_list("on", flat=True))
    assert before
    sent = {"weekday": "5", "starts_at": "08:00", "minutes": "40", "starts_on": cast.on.isoformat(), "replaces": "on"}
    page = client.post(f"/groupes/{group.pk}/horaire/", sent, follow=True)
    assert set(group.meetings.filter(on__gt=cast.on, status="planned").values_list("on", flat=True)) != before
    client.post(undo_in(page))
    assert set(group.meetings.filter(on__gte=cast.on, status="planned").values_list("on", flat=True)) >= before
    assert not group.timetables.filter(weekday=5).exists()


def test_a_group_is_closed_with_all_that_it_holds_and_goes_on_if_undone(cast: Cast, client_of: ClientOf) -> None:
    client, group = client_of(cast.julie), cast.tremplin
    members = group.members.active_on(cast.on).count()
    early = client.post(f"/groupes/{group.pk}/terminer/", {"last_on": (group.starts_on - DAY).isoformat()})
    assert early.status_code == 422
    page = client.post(f"/groupes/{group.pk}/terminer/", {"last_on": cast.on.isoformat()}, follow=True)
    after = cast.on + DAY
    for rows in (group.members, group.leads, group.timetables):
        assert not rows.active_on(after).exists()
    assert not group.meetings.filter(on__gte=after).exists()
    client.post(undo_in(page))
    group.refresh_from_db()
    assert group.members.active_on(after).count() == members
    assert group.meetings.filter(on__gte=after, status="planned").exists()
    assert group.leads.active_on(after).get().person == cast.nadia


def test_a_group_is_renamed_and_its_first_day_takes_along_who_came_on_it(cast: Cast, client_of: ClientOf) -> None:
    client, group = client_of(cast.julie), cast.tremplin
    first = group.starts_on - timedelta(days=7)
    with_it = group.members.filter(starts_on=group.starts_on).count()
    sent = {"name": "Tremplin du midi", "starts_on": first.isoformat(), "last_on": ""}
    assert client.post(f"/groupes/{group.pk}/modifier/", sent).status_code == 302
    group.refresh_from_db()
    assert (group.name, group.starts_on) == ("Tremplin du midi", first)
    assert group.leads.get().starts_on == first
    assert group.members.filter(starts_on=first).count() == with_it
    assert client.post(f"/groupes/{group.pk}/modifier/", sent | {"starts_on": cast.on.isoformat()}).status_code == 422


def test_twelve_students_come_in_with_one_form(cast: Cast, client_of: ClientOf) -> None:
    client, group = client_of(cast.julie), cast.horizon
    group.members.all().delete()
    students = [newcomer(cast, f"Élève{number}") for number in range(12)]
    page = client.get(f"/groupes/{group.pk}/membres/ajouter/").content.decode()
    assert all(f'value="{one.pk}"' in page for one in students[:3])
    lines = "\n".join([f"Beau, {one.given_name}" for one in students[:5]] + [f"{one}" for one in students[5:8]])
    sent = {"names": lines.upper(), "students": [one.pk for one in students[8:]], "starts_on": cast.on.isoformat()}
    wrong = client.post(f"/groupes/{group.pk}/membres/ajouter/", sent | {"names": f"{lines}\nPersonne Ici"})
    assert wrong.status_code == 422
    assert "Ligne 9" in wrong.content.decode()
    assert not group.members.exists()
    assert client.post(f"/groupes/{group.pk}/membres/ajouter/", sent).status_code == 302
    assert set(group.members.values_list("student", flat=True)) == {one.pk for one in students}
    more = newcomer(cast)
    asked = client.post(f"/groupes/{group.pk}/membres/ajouter/", {"names": str(more), "starts_on": cast.on.isoformat()})
    assert asked.status_code == 422  # the thirteenth


def test_other_groups_and_the_year_are_shown_where_one_chooses(cast: Cast, client_of: ClientOf) -> None:
    client, student = client_of(cast.julie), newcomer(cast)
    added(client, cast.horizon, student, cast.on)
    page = client.get(f"/groupes/{cast.tremplin.pk}/membres/ajouter/").content.decode()
    assert "secondaire 1 · Groupe Horizon" in page


@pytest.mark.parametrize("name", ["programme", "contenu"])
def test_what_a_programme_holds_is_taken_back_and_put_back(cast: Cast, client_of: ClientOf, name: str) -> None:
    client = client_of(cast.julie)
    if name == "programme":
        facts = {"name": "Essai", "school": cast.school.pk, "domaine": "group", "cadence_unit": "week"}
        page = client.post("/programmes/nouveau/", facts | {"logging_grace_days": "7"}, follow=True)
    else:
        address = reverse("program_activity_new", args=[cast.groups_program.pk])
        page = client.post(address, {"name": "Jeux"}, follow=True)
    gone = client.post(undo_in(page), follow=True)
    assert Gesture.objects.get().kind == name
    client.post(undo_in(gone))
    assert Gesture.objects.get().undone_at is not None


def test_a_programme_is_closed_with_its_groups_and_goes_on_if_undone(cast: Cast, client_of: ClientOf) -> None:
    client, program = client_of(cast.julie), cast.groups_program
    last = cast.on + timedelta(days=1)
    running = program.groups.exclude(ends_on__lte=last).count()
    open_ = client.post(f"/programmes/{cast.mentoring.pk}/terminer/", {"last_on": last.isoformat()})
    assert (open_.status_code, "terminez-les d’abord" in open_.content.decode()) == (422, True)
    page = client.post(f"/programmes/{program.pk}/terminer/", {"last_on": last.isoformat()}, follow=True)
    assert not program.groups.exclude(ends_on__lte=last + DAY).exists()
    late = {"name": "Cap", "program": program.pk, "lead": cast.karim.pk, "starts_on": (last + DAY).isoformat()}
    assert client.post("/groupes/nouveau/", late).status_code == 422
    evaluate_board(cast.board, on=cast.on)
    assert Flag.objects.live().filter(program=program).exists()
    with time_machine.travel(datetime.combine(last + DAY, time(12), tzinfo=UTC)):
        evaluate_board(cast.board, on=last + DAY)
    assert not Flag.objects.live().filter(program=program).exists()
    client.post(undo_in(page))
    program.refresh_from_db()
    assert program.ends_on is None
    assert program.groups.exclude(ends_on__lte=last).count() == running
