"""Personnes: who may add, correct, invite and give what; several at once; nobody reaches above their own scope."""

import re
import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from mentoring.models import Mentor, Training
from people.access import Role
from people.models import AuditEntry, FormerGrade, Invitation, Membership, Message, Student, User, Verification
from tests.cast import Cast

pytestmark = pytest.mark.once

ClientOf = Callable[[User], Client]


def newcomer(cast: Cast, **other: object) -> dict[str, object]:
    said = {"given_name": "Ada", "family_name": "Roy", "email": "Ada@Rive-Claire.example", "invite": "on"}
    days = {"scope": f"school-{cast.school.pk}", "starts_on": "2026-11-23", "entry_uuid": str(uuid.uuid4())}
    return {**said, **days, "roles": ["resource_teacher"], **other}


def test_a_colleague_is_added_with_roles_and_invited_once(cast: Cast, client_of: ClientOf) -> None:
    client, said = client_of(cast.alain), newcomer(cast, roles=["resource_teacher", "mentor"], last_day="2027-06-23")
    for _ in range(2):
        assert client.post("/personnes/ajouter/", said).status_code == 302
    ada = User.objects.get(email="ada@rive-claire.example")
    held = [(row.role, row.school_id, str(row.starts_on), str(row.ends_on)) for row in ada.memberships.all()]
    days = (cast.school.pk, "2026-11-23", "2027-06-24")
    assert held == [("resource_teacher", *days), ("mentor", *days)]
    assert Message.objects.filter(person=ada, kind="invitation").count() == 1
    assert Invitation.objects.filter(person=ada).count() == 1
    assert AuditEntry.objects.filter(verb="person.added", subject_id=ada.pk).count() == 1


def test_without_a_mail_server_the_link_is_shown_once_and_opens(
    cast: Cast, client_of: ClientOf, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    client = client_of(cast.alain)
    page = client.post(f"/personnes/{cast.karim.pk}/inviter/", follow=True).content.decode()
    [link] = re.findall(r"http://testserver(/invitation/[^<\s]+)", page)
    assert "/invitation/" not in client.get(f"/personnes/{cast.karim.pk}/").content.decode()
    visitor = Client()
    assert visitor.get(link).status_code == 200
    short = {"new_password1": "court", "new_password2": "court"}
    assert visitor.post(link, short).status_code == 422
    good = dict.fromkeys(short, "une phrase assez longue")
    assert visitor.post(link, good).headers["Location"] == "/"
    assert visitor.get("/semaine/").status_code == 200
    assert Client().get(link).status_code == 410


@pytest.mark.parametrize(
    ("who", "role", "scope", "given"),
    [
        ("alain", "program_lead", "program-{mentoring}", True),
        ("alain", "school_manager", "school-{school}", True),
        ("alain", "board_admin", "board", False),
        ("alain", "mentor", "school-{second}", False),
        ("alain", "school_manager", "program-{mentoring}", False),
        ("robert", "board_admin", "board", True),
        ("robert", "school_manager", "school-{second}", True),
        ("robert", "school_manager", "board", False),
        ("robert", "mentor", "school-{other}", False),
    ],
)
def test_nobody_gives_a_role_above_or_outside_their_scope(
    cast: Cast, client_of: ClientOf, who: str, role: str, scope: str, given: bool
) -> None:
    places = {"mentoring": cast.mentoring.pk, "school": cast.school.pk, "second": cast.second_school.pk}
    said = {"role": role, "scope": scope.format(**places, other=cast.other_school.pk), "starts_on": "2026-11-23"}
    answer = client_of(getattr(cast, who)).post(f"/personnes/{cast.karim.pk}/role/", said)
    assert answer.status_code == (302 if given else 422)
    assert cast.karim.memberships.filter(role=role).exists() is given


def test_nobody_changes_their_own_roles_nor_those_of_who_holds_more(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.alain)
    said = {"role": "program_lead", "scope": f"school-{cast.school.pk}", "starts_on": "2026-11-23"}
    assert client.post(f"/personnes/{cast.alain.pk}/role/", said).status_code == 422
    client.post(f"/personnes/{cast.alain.pk}/fermer/")
    cast.alain.refresh_from_db()
    assert cast.alain.is_active
    Membership.objects.create(person=cast.karim, role=Role.PRIVACY_OFFICER, board=cast.board)
    for deed in ("corriger", "inviter", "fermer", "role"):
        assert client.post(f"/personnes/{cast.karim.pk}/{deed}/", said).status_code == 403


def test_a_role_ends_on_its_last_day_or_never_begins(cast: Cast, client_of: ClientOf) -> None:
    client, role = client_of(cast.alain), cast.karim.memberships.get()
    assert client.post(f"/roles-tenus/{role.pk}/fin/", {"last_day": "2020-01-01"}).status_code == 422
    assert client.post(f"/roles-tenus/{role.pk}/fin/", {"last_day": "2026-12-18"}).status_code == 302
    role.refresh_from_db()
    assert str(role.ends_on) == "2026-12-19"
    to_come = {"role": "mentor", "scope": f"school-{cast.school.pk}", "starts_on": "2027-01-11"}
    client.post(f"/personnes/{cast.karim.pk}/role/", to_come)
    client.post(f"/roles-tenus/{cast.karim.memberships.latest('pk').pk}/fin/", {"annuler": "1"})
    assert cast.karim.memberships.get() == role


def test_several_are_added_or_none_and_each_wrong_line_is_named(cast: Cast, client_of: ClientOf) -> None:
    client, lines = (
        client_of(cast.alain),
        [
            "Prénom;Nom;Courriel;Rôle",
            "Ada;Roy;ada@rive-claire.example;personnel-ressource, mentore",
            "Bo\tLê\tbo@rive-claire.example\tResponsable de programme",
            "",
            "Sans Courriel;;;mentor",
        ],
    )
    said = {"scope": f"school-{cast.school.pk}", "entry_uuid": str(uuid.uuid4()), "invite": "on"}
    wrong = [
        *lines,
        "X;Y;pas-une-adresse;mentor",
        ";;z@z.example;roi",
        f"N;F;{cast.nadia.email};",
        "A;B;ada@rive-claire.example;",
    ]
    answer = client.post("/personnes/plusieurs/", said | {"lines": "\n".join(wrong)})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert all(f"Ligne {n}\u00a0: " in page for n in (6, 7, 8, 9))
    assert "Ligne 2" not in page
    assert "Sans Courriel;;;mentor" in page, "what was typed stays"
    assert not User.objects.filter(email="ada@rive-claire.example")
    for _ in range(2):
        assert client.post("/personnes/plusieurs/", said | {"lines": "\n".join(lines)}).status_code == 302
    new = User.objects.filter(board=cast.board).order_by("-pk")[:3]
    assert [{row.role for row in one.memberships.all()} for one in reversed(new)] == [
        {"resource_teacher", "mentor"}, {"program_lead"}, {"mentor"},
    ]  # fmt: skip
    assert Invitation.objects.filter(person__in=new, revoked_at__isnull=True).count() == 2


def test_a_mentor_is_made_with_training_and_the_role_to_log(cast: Cast, client_of: ClientOf) -> None:
    Membership.objects.filter(person=cast.karim).delete()
    client, said = client_of(cast.alain), {"kind": "community_volunteer", "birth_date": "1980-02-03"}
    path = f"/personnes/{cast.karim.pk}/mentorat/"
    assert client.post(path, said | {"trained_on": "2026-11-20"}).status_code == 422
    for _ in range(2):
        assert client.post(path, said | {"trained_on": "2026-11-20", "trained_minutes": "120"}).status_code == 302
    assert Mentor.objects.get(person=cast.karim).kind == "community_volunteer"
    assert Training.objects.get(person=cast.karim).minutes == 120
    assert cast.karim.memberships.get().role == "mentor"


def test_students_are_added_and_corrected(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.alain)
    said = {"given_name": "Zoé", "family_name": "", "number": "4412", "grade": "2", "birth_date": "2013-04-05"}
    new = said | {"school": cast.school.pk, "entry_uuid": str(uuid.uuid4())}
    for _ in range(2):
        assert client.post("/eleves/ajouter/", new).status_code == 302
    zoe = Student.objects.get(key="4412")
    assert client.post("/eleves/ajouter/", new | {"given_name": "Léa"}).status_code == 422, "the number of another"
    assert client.post(f"/eleves/{zoe.pk}/corriger/", said | {"grade": "3"}).status_code == 302
    zoe.refresh_from_db()
    assert (zoe.grade, FormerGrade.objects.get(student=zoe).grade) == (3, 2)
    assert client.post(f"/eleves/{zoe.pk}/corriger/", said | {"birth_date": "2031-01-01"}).status_code == 422


def test_a_verification_is_inscribed_corrected_and_taken_back(cast: Cast, client_of: ClientOf) -> None:
    client, said = (
        client_of(cast.alain),
        {"kind": "judicial", "verified_on": "2026-11-02", "verified_by": cast.alain.pk},
    )
    path = f"/personnes/{cast.karim.pk}/verification/"
    assert client.post(path, said | {"verified_on": "2026-12-02"}).status_code == 422
    for last_day in ("", "2029-11-01", "2029-11-01"):
        assert client.post(path, said | {"last_day": last_day}).status_code == 302
    row = Verification.objects.get(person=cast.karim)
    assert (row.verified_by, str(row.valid_until)) == (cast.alain, "2029-11-02")
    client.post(f"/verifications/{row.pk}/retirer/")
    verbs = AuditEntry.objects.filter(subject_id=row.pk, subject_type="people.verification").order_by("pk")
    assert [entry.verb for entry in verbs] == ["person.verified", "person.verified", "verification.removed"]
