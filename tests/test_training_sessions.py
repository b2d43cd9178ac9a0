"""A training session: entered once for all who followed it, never twice for one person, taken back as a whole."""

import uuid
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mentoring.models import Mentor, Training
from people.access import Role
from people.models import AuditEntry, Membership, User
from tests.cast import Cast

pytestmark = pytest.mark.once

ClientOf = Callable[[User], Client]
PAGE = "/formations/seance/"


def said(cast: Cast, **more: object) -> dict[str, object]:
    facts = {"kind": "initial", "day": cast.on.isoformat(), "minutes": "120", "title": "Écouter"}
    return {**facts, "entry_uuid": str(uuid.uuid4()), **more}


def new_mentors(cast: Cast, count: int) -> list[User]:
    people = []
    for n in range(count):
        one = User.objects.create_user(None, board=cast.board, school=cast.school, given_name=f"A{n:02}")
        Mentor.objects.create(person=one, kind="teacher")
        people.append(one)
    return people


def test_all_are_entered_at_once_told_once_and_undone_at_once(cast: Cast, client_of: ClientOf) -> None:
    people, client = new_mentors(cast, 3), client_of(cast.julie)
    Training.objects.create(person=people[0], kind="initial", completed_on=cast.on, minutes=60, title="Autre")
    before = Training.objects.count()
    sent = said(cast, lacking=[one.pk for one in people])
    page = client.post(PAGE, sent, follow=True).content.decode()
    rows = Training.objects.filter(title="Écouter")
    assert {row.person for row in rows} == set(people[1:])
    assert "inscrite pour 2 personnes" in page
    assert f"donc pas une deuxième fois\u00a0: {people[0]}." in page
    assert client.post(PAGE, sent).status_code == 302
    assert Training.objects.count() == before + 2
    assert AuditEntry.objects.filter(verb="mentor.trained", person=cast.julie).count() == 2
    undo = f"/saisies/seance-formation/{rows.order_by('pk')[0].pk}/annuler/"
    assert undo in page
    gone = client.post(undo, follow=True).content.decode()
    assert Training.objects.count() == before
    assert "annulée pour tout le monde" in gone
    back = gone.split("/gestes/")[1].split("/")[0]
    client.post(f"/gestes/{back}/annuler/")
    assert {row.person for row in rows.all()} == set(people[1:])


def test_the_findings_of_all_follow_and_come_back(cast: Cast, client_of: ClientOf) -> None:
    from guidelines.evaluation import evaluate_board
    from guidelines.models import Flag

    evaluate_board(cast.board, on=cast.on)
    late = Flag.objects.live().filter(guideline="mentor-training", mentor__in=[cast.sylvie_mentor, cast.etienne_mentor])
    raised = late.count()
    assert raised == 2
    client = client_of(cast.julie)
    client.post(PAGE, said(cast, minutes="other", other_minutes="600", lacking=["all"]))
    assert not late.all().exists()
    row = Training.objects.filter(title="Écouter").order_by("pk")[0]
    client.post(f"/saisies/seance-formation/{row.pk}/annuler/")
    assert late.all().count() == raised


def test_what_was_typed_is_kept_where_something_lacks(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.julie)
    answer = client.post(PAGE, said(cast, day="other", other_on="2027-01-01", lacking=["all"]))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Écouter"' in page
    assert 'value="all" id="id_lacking_0" checked' in page
    assert client.post(PAGE, said(cast)).status_code == 422
    assert client.post(PAGE, said(cast, lacking=[cast.other_mentor.pk])).status_code == 422
    assert not Training.objects.filter(title="Écouter").exists()
    once = said(cast, lacking=[cast.marc.pk], trained=[cast.marc.pk])
    assert client.post(PAGE, once).status_code in {302, 422}


def test_a_trainer_enters_teachers_too_and_a_lead_mentors_alone(cast: Cast, client_of: ClientOf) -> None:
    karim = cast.karim
    assert not Mentor.objects.filter(person=karim).exists()
    assert str(karim) not in client_of(cast.julie).get(PAGE).content.decode()
    client = client_of(cast.chantal)
    assert client.post(PAGE, said(cast, kind="ongoing", staff=[karim.pk])).status_code == 302
    training = Training.objects.get(person=karim)
    edit = f"/formations/{training.pk}/modifier/"
    assert client.get(edit).status_code == 200
    assert client.post(edit, said(cast, kind="ongoing", minutes="60")).status_code == 302
    assert client_of(karim).get(edit).status_code == 403
    assert client.post(f"/saisies/formation/{training.pk}/annuler/").status_code == 302
    assert not Training.objects.filter(person=karim).exists()


def test_nobody_takes_back_the_trainings_of_people_beyond_theirs(cast: Cast, client_of: ClientOf) -> None:
    far = User.objects.create_user(None, board=cast.board, school=cast.second_school, given_name="Loin")
    Mentor.objects.create(person=far, kind="teacher")
    client_of(cast.chantal).post(PAGE, said(cast, lacking=[far.pk, *[one.pk for one in new_mentors(cast, 1)]]))
    row = Training.objects.filter(title="Écouter").exclude(person=far).get()
    assert client_of(cast.alain).post(f"/saisies/seance-formation/{row.pk}/annuler/").status_code == 403
    assert Training.objects.filter(title="Écouter").count() == 2


def test_the_page_does_not_grow_and_the_save_by_one_statement_a_mentor(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.julie)

    def queries(count: int) -> tuple[int, int]:
        people = new_mentors(cast, count)
        with CaptureQueriesContext(connection) as page:
            client.get(PAGE)
        with CaptureQueriesContext(connection) as save:
            assert client.post(PAGE, said(cast, title=str(count), lacking=[p.pk for p in people])).status_code == 302
        return len(page), len(save)

    queries(2)
    (page, save), (same, more) = queries(2), queries(12)
    assert same == page
    assert more - save <= 10, "the findings of each mentor are one statement"


def test_a_large_board_is_read_a_school_at_a_time(cast: Cast, client_of: ClientOf) -> None:
    new_mentors(cast, 60)
    far = User.objects.create_user(None, board=cast.board, school=cast.second_school, given_name="Loin")
    Membership.objects.create(person=far, role=Role.RESOURCE_TEACHER, board=cast.board, school=cast.second_school)
    client = client_of(cast.chantal)
    shown = {
        pk: {str(one) for one in client.get(PAGE, {"ecole": pk}).context["whom"].every}
        for pk in (cast.school.pk, cast.second_school.pk)
    }
    assert "A01" in shown[cast.school.pk]
    assert "A01" not in shown[cast.second_school.pk]
    assert "Loin" in shown[cast.second_school.pk]
