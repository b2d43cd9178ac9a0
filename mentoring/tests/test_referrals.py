"""A student is referred, waits, waits no more; a mentor says what they can offer."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accompagnement.demo.cast import Cast
from mentoring.actions.referrals import SAID, close_referral, refer_student
from mentoring.models import Dyad, Mentor, Referral
from people.access import Role
from people.models import AuditEntry, Membership, Student, User
from programs.gestures.kinds import made_of
from programs.gestures.verbs import put_back, take_back

pytestmark = pytest.mark.on_postgresql

ClientOf = Callable[[User], Client]
NOTHING = {"needs": "", "wished_kind": "", "interests": [], "other_interests": "", "languages": []}
NOTHING |= {"other_languages": "", "times": []}


def test_a_group_that_one_does_not_see_says_nothing_of_its_members(cast: Cast, client_of: ClientOf) -> None:
    person = User.objects.create_user("lea@exemple.org", board=cast.board, school=cast.school, given_name="Léa")
    at = {"board": cast.board, "school": cast.school, "program": cast.mentoring}
    Membership.objects.create(person=person, role=Role.PROGRAM_LEAD, **at)
    asked = {"groupe": cast.tremplin.pk}
    for who, shown in ((person, 0), (cast.nadia, cast.tremplin.members.filter(ends_on=None).count())):
        page = client_of(who).get(reverse("referral_choose"), asked)
        assert len(page.context["students"]) == shown


@pytest.fixture
def pupil(cast: Cast) -> Student:
    """Of Nadia's group, without a dyad."""
    members = Student.objects.filter(group_memberships__group=cast.tremplin, dyads=None, referrals=None)
    return members.order_by("pk")[0]


def refer(cast: Cast, pupil: Student, on: date | None = None, **said: object) -> Referral:
    words = NOTHING | {"referred_on": on or cast.on} | said
    return refer_student(student=pupil, program=cast.mentoring, person=cast.nadia, on=cast.on, **words)


def waits(pupil: Student, on: date) -> bool:
    return Referral.objects.waiting(on).filter(student=pupil).exists()


def test_a_teacher_refers_a_student_of_theirs_and_the_lead_sees_since_when(
    cast: Cast, client_of: ClientOf, pupil: Student
) -> None:
    teacher = client_of(cast.nadia)
    group = teacher.get(reverse("group", args=[cast.tremplin.pk])).content.decode()
    chosen = f"{reverse('referral_choose')}?groupe={cast.tremplin.pk}"
    assert chosen in group
    assert reverse("referral_new", args=[pupil.pk]) in teacher.get(chosen).content.decode()
    said = {
        "program": cast.mentoring.pk, "needs": "Reprendre confiance", "interests": ["sport", "music"],
        "times": ["1-midday"], "languages": ["arabic"], "referred_on": (cast.on - timedelta(days=15)).isoformat(),
    }  # fmt: skip
    teacher.post(reverse("referral_new", args=[pupil.pk]), said)
    made = Referral.objects.get(student=pupil)
    assert (made.referred_by, made.interests, made.times) == (cast.nadia, ["sport", "music"], ["1-midday"])
    assert AuditEntry.objects.filter(verb="referral.opened", subject_id=made.pk, person=cast.nadia).count() == 1
    page = client_of(cast.julie).get(reverse("matching")).content.decode()
    assert str(pupil) in page
    assert "2 semaines" in page
    assert "Lundi midi" in page
    assert "Reprendre confiance" in client_of(cast.julie).get(reverse("referral", args=[made.pk])).content.decode()
    assert client_of(cast.karim).get(reverse("referral", args=[made.pk])).status_code == 404


def test_the_same_referral_twice_is_one_and_another_is_refused(cast: Cast, pupil: Student) -> None:
    assert refer(cast, pupil, needs="Confiance").pk == refer(cast, pupil, needs="Confiance").pk
    with pytest.raises(ValidationError, match="attend déjà"):
        refer(cast, pupil, needs="Organisation")
    with pytest.raises(ValidationError, match="déjà une dyade"):
        refer(cast, cast.thomas_nadia.student)
    with pytest.raises(ValidationError, match="futur"):
        refer(cast, cast.olivia_sylvie.student, cast.on + timedelta(days=1))


def test_a_student_waits_until_a_dyad_begins_and_again_once_it_is_taken_back(cast: Cast, pupil: Student) -> None:
    refer(cast, pupil, cast.on - timedelta(days=30))
    assert waits(pupil, cast.on)
    assert not waits(pupil, cast.on - timedelta(days=31))
    said = {"program": cast.mentoring, "mentor": cast.nadia_mentor, "student": pupil, "board": cast.board}
    dyad = Dyad.objects.create(**said, starts_on=cast.on)
    assert not waits(pupil, cast.on)
    take_back(kind=made_of(Dyad), row=dyad, person=cast.julie, on=cast.on)
    assert waits(pupil, cast.on)
    # One that had ended before is another story; one that ended since has been an answer.
    before, since = cast.on - timedelta(days=30), cast.on - timedelta(days=10)
    ended = Dyad.objects.create(**said, starts_on=cast.on - timedelta(days=90), ends_on=before)
    assert waits(pupil, cast.on)
    Dyad.objects.filter(pk=ended.pk).delete()
    Dyad.objects.create(**said, starts_on=cast.on - timedelta(days=90), ends_on=since)
    assert not waits(pupil, cast.on)


def test_a_referral_is_closed_put_back_and_taken_back(cast: Cast, client_of: ClientOf, pupil: Student) -> None:
    made = refer(cast, pupil)
    lead = client_of(cast.julie)
    page = lead.post(reverse("referral_close", args=[made.pk]), follow=True).content.decode()
    assert "n’attend plus" in page
    assert not waits(pupil, cast.on)
    assert not close_referral(referral=made, person=cast.julie, on=cast.on)
    undo = page.split('action="/gestes/')[1].split('"')[0]
    lead.post(f"/gestes/{undo}")
    assert waits(pupil, cast.on)
    gesture = take_back(kind=made_of(Referral), row=made, person=cast.nadia, on=cast.on)
    assert not Referral.objects.filter(student=pupil).exists()
    again = refer(cast, pupil)
    with pytest.raises(ValidationError, match="déjà en attente"):
        put_back(gesture=gesture, person=cast.nadia, on=cast.on)
    take_back(kind=made_of(Referral), row=again, person=cast.nadia, on=cast.on)
    assert put_back(gesture=gesture, person=cast.nadia, on=cast.on)
    assert waits(pupil, cast.on)


def test_a_mentor_says_what_they_offer_and_the_lead_reads_it(cast: Cast, client_of: ClientOf) -> None:
    mentor = cast.marc_mentor
    said = {"places": "2", "interests": ["cooking"], "other_interests": "échecs", "times": ["3-after"]}
    client_of(cast.marc).post(reverse("mentor_offer", args=[mentor.pk]), said)
    mentor.refresh_from_db()
    assert (mentor.places, mentor.interests) == (2, ["cooking"])
    assert AuditEntry.objects.filter(verb="mentor.availability_stated", person=cast.marc).count() == 1
    page = client_of(cast.julie).get(reverse("matching_mentors")).content.decode()
    row = page.split(str(mentor))[1].split("</tr>")[0]
    assert "sur 2" in row
    assert "Cuisine, échecs" in row
    assert "Mercredi après les cours" in row
    wrong = client_of(cast.marc).post(reverse("mentor_offer", args=[mentor.pk]), said | {"places": "99"})
    assert wrong.status_code == 422
    assert "De 0 à 20 dyades" in wrong.content.decode()


def test_lists_cost_as_much_for_one_as_for_many(cast: Cast, client_of: ClientOf) -> None:
    lead = client_of(cast.julie)

    def queries(name: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert lead.get(reverse(name)).status_code == 200
        return len(found)

    Referral.objects.filter(program=cast.mentoring).delete()
    students = Student.objects.filter(school=cast.school, dyads=None)[:12]
    said = {"program": cast.mentoring, "referred_on": cast.on}
    Referral.objects.create(student=students[0], **said)
    Mentor.objects.filter(dyads=None).delete()
    for name in ("matching", "matching_mentors"):
        queries(name)
    few = [queries("matching"), queries("matching_mentors")]
    Referral.objects.bulk_create(Referral(student=one, **said, referred_by=cast.nadia) for one in students[1:])
    for n in range(12):
        adult = User.objects.create_user(f"m{n}@rives.example", given_name="M", board=cast.board, school=cast.school)
        Mentor.objects.create(person=adult, kind="teacher")
    assert [queries("matching"), queries("matching_mentors")] == few


def test_what_is_said_of_a_student_and_of_a_mentor_is_the_same(cast: Cast) -> None:
    assert set(SAID) <= {field.name for field in Referral._meta.get_fields()}


def test_the_form_of_one_match_says_that_an_end_is_recent(cast: Cast, client_of: ClientOf, pupil: Student) -> None:
    end = cast.on - timedelta(days=5)
    before = {"program": cast.mentoring, "mentor": cast.marc_mentor, "student": pupil, "board": cast.board}
    Dyad.objects.create(**before, starts_on=end - timedelta(days=400), ends_on=end)
    said = {"program": cast.mentoring.pk, "student": pupil.pk, "mentor": cast.nadia_mentor.pk, "starts_on": cast.on}
    asked = client_of(cast.julie).post(reverse("dyad_new"), said | {"entry_uuid": uuid.uuid4()})
    assert asked.status_code == 422
    assert "a pris fin il y a peu" in asked.content.decode()
