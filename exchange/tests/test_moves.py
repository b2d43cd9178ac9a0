"""Who leaves, who comes back: a list says it and does it, and nobody is blamed for what follows."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from exchange.bundle.importing import import_bundle
from exchange.bundle.writer import export_bundle
from exchange.tests.bundles import read, write
from exchange.tests.roster_files import archive, run
from guidelines.evaluation import evaluate_board, findings
from guidelines.measures.scope import Scope
from mentoring.models import Dyad, DyadMeeting, DyadTimetable, Pause
from people.actions.accounts import close_accounts
from people.models import AuditEntry, FormerSchool, Guardian, School, Student, User
from programs.actions.planning import plan_ahead
from programs.models import FamilyContact, GroupLead, GroupMeeting, GroupMember, GroupTimetable
from tests.cast import Cast

pytestmark = pytest.mark.django_db

ClientOf = Callable[[User], Client]
USERS = (
    "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,"
    "middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\n"
)


def listed(
    cast: Cast, person: User | Student, status: str = "active", school: School | None = None, agents: str = ""
) -> str:
    """The row of somebody of the cast, who is there or not."""
    role = "student" if isinstance(person, Student) else "teacher"
    there = "true" if status == "active" else "false"
    names = f"{person.given_name},{person.family_name}"
    return f"{person.key},{status},,{there},{(school or cast.school).key},{role},u,,{names},,,,,,{agents},,"


def brought(cast: Cast, folder: Path, *rows: str) -> dict[str, Any]:
    schools = "".join(f"{one.key},,,{one.name},school,,\n" for one in (cast.school, cast.second_school))
    orgs = f"sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n{schools}"
    told = run(archive(folder, {"orgs.csv": orgs, "users.csv": USERS + "\n".join(rows)}), board=cast.board.key)
    assert told["errors"] == []
    return told


def said(told: dict[str, Any], kind: str) -> list[str]:
    return [one["message"].replace("\u00a0", " ") for one in told["tolerances"] if one["kind"] == kind]


# Families


def parent(student: Student, name: str) -> str:
    return f"{name},active,,true,,parent,u,,{name.title()},Roy,,,,,418 555-0101,{{}},,"


@pytest.mark.parametrize(
    ("child_lists", "anne_lists", "luc_lists", "left"),
    [
        ("anne;luc", "S", "S", {"anne", "luc"}),
        ("anne", "S", "", {"anne"}),
        ("anne", "", "", {"anne"}),  # the students' side alone carries the families
        ("", "S", "", {"anne"}),  # the parents' side alone
        ("anne", "S", "S", {"anne", "luc"}),  # one of them still says so
        ("", "", "", {"anne", "luc"}),  # a list that carries no family says nothing of it
    ],
)
def test_a_parent_is_of_the_family_as_long_as_a_side_says_so(
    cast: Cast, tmp_path: Path, child_lists: str, anne_lists: str, luc_lists: str, left: set[str]
) -> None:
    def bring(child: str, *parents: str) -> dict[str, Any]:
        rows = [
            parent(cast.ines, name).format(lists.replace("S", cast.ines.key))
            for name, lists in zip(("anne", "luc"), parents, strict=True)
        ]
        return brought(cast, tmp_path, listed(cast, cast.ines, agents=child), *rows)

    bring("anne;luc", "S", "S")
    told = bring(child_lists, anne_lists, luc_lists)
    assert {one.given_name.lower() for one in cast.ines.guardians.all()} == left
    assert told["counts"]["guardians"]["ended"] == 2 - len(left) == len(said(told, "guardian_ended"))
    assert Guardian.past_and_present.filter(student=cast.ines).count() == 2, "nobody is destroyed"
    again = bring(child_lists, anne_lists, luc_lists)
    assert again["counts"]["guardians"] == {"created": 0, "updated": 0, "unchanged": len(left), "ended": 0} or not (
        child_lists or anne_lists
    )
    back = bring("anne;luc", "S", "S")
    assert len(said(back, "guardian_back")) == 2 - len(left)
    assert cast.ines.guardians.count() == 2


def test_who_left_a_family_is_called_no_more_and_keeps_what_was_said(
    cast: Cast, tmp_path: Path, client_of: ClientOf
) -> None:
    member = cast.tremplin.members.active_on(cast.on).select_related("student")[0].student
    told = brought(cast, tmp_path, parent(member, "luc").format(member.key), listed(cast, member, agents="luc"))
    assert told["counts"]["guardians"]["created"] == 1
    luc = Guardian.objects.get(given_name="Luc")
    contact = FamilyContact.objects.create(
        board=cast.board, group=cast.tremplin, student=member, guardian=luc, on=cast.on, channel="phone",
        outcome="reached", logged_on=cast.on, logged_by=cast.nadia,
    )  # fmt: skip
    page = f"/groupes/{cast.tremplin.pk}/famille/"
    nadia = client_of(cast.nadia)
    assert "Luc Roy" in nadia.get(page).content.decode()
    gone = brought(cast, tmp_path, parent(member, "luc").format(member.key).replace("active", "tobedeleted"))
    assert len(said(gone, "guardian_ended")) == 1
    assert "Luc Roy" not in nadia.get(page).content.decode()
    assert FamilyContact.objects.get(pk=contact.pk).guardian == luc, "the contact of then is still with them"
    export_bundle(board=cast.board, path=tmp_path / "out.zip")
    rows = read(tmp_path / "out.zip")["guardians.csv"]
    assert [row["ended_on"] for row in rows if row["given_name"] == "Luc"] == [cast.on.isoformat()]


# Adults


def with_slots(cast: Cast) -> None:
    """Etienne's dyad and Nadia's group meet every Monday."""
    DyadTimetable.objects.create(dyad=cast.sofia_etienne, weekday=1, starts_on=cast.on)
    GroupTimetable.objects.create(group=cast.tremplin, weekday=1, starts_on=cast.on)
    plan_ahead(board=cast.board, on=cast.on)


def planned(cast: Cast) -> tuple[int, int]:
    later = {"status": "planned", "on__gt": cast.on, "timetable__isnull": False}
    dyads = DyadMeeting.objects.filter(dyad=cast.sofia_etienne, **later).count()
    return dyads, GroupMeeting.objects.filter(group=cast.tremplin, **later).count()


@pytest.mark.parametrize("way", ["list", "person", "bundle"])
def test_an_adult_who_leaves_leaves_nothing_planned_and_nothing_asked(
    cast: Cast, tmp_path: Path, client_of: ClientOf, way: str
) -> None:
    with_slots(cast)
    assert min(planned(cast)) > 0
    leaving = [cast.etienne, cast.nadia]
    if way == "list":
        told = brought(cast, tmp_path, *(listed(cast, one, "tobedeleted") for one in leaving))
        words = said(told, "adult_left")
        assert "dyade" in words[0]
        assert "rencontre" in words[0]
        assert "groupe" in words[1]
    elif way == "person":
        close_accounts(people=leaving, person=cast.julie, at=timezone.now())
    else:
        table = "person,active\n" + "\n".join(f"{one.key},false" for one in leaving)
        import_bundle(path=write(tmp_path / "b.zip", {"closed_accounts.csv": table}))
    plan_ahead(board=cast.board, on=cast.on)
    assert planned(cast) == (0, 0)
    lead = GroupLead.objects.get(group=cast.tremplin, person=cast.nadia)
    assert (lead.ends_on, lead.reason) == (cast.on, GroupLead.Reason.LEFT)
    assert Dyad.objects.get(pk=cast.sofia_etienne.pk).ends_on is None, "a person ends a relationship"
    found = findings(Scope(cast.board, cast.on))
    assert not [one for one in found if one.subject == "mentor" and one.subject_id == cast.etienne_mentor.pk]
    assert not [one for one in found if one.subject == "teacher" and one.subject_id == cast.nadia.pk]
    julie = client_of(cast.julie)
    assert "compte fermé" in julie.get(f"/dyades/{cast.sofia_etienne.pk}/").content.decode()
    assert "confiez le groupe" in julie.get(f"/groupes/{cast.tremplin.pk}/").content.decode()
    assert "compte fermé" in julie.get("/mentors/").content.decode()
    listed_there = julie.get("/vigilance/").content.decode()
    assert "À décider" in listed_there
    assert listed_there.count("n’est plus là") >= 2


def test_a_substitute_keeps_the_relation_served(cast: Cast) -> None:
    with_slots(cast)
    cast.sofia_etienne.substitutes.create(person=cast.sylvie, starts_on=cast.on, ends_on=cast.on + timedelta(days=15))
    close_accounts(people=[cast.etienne], person=cast.julie, at=timezone.now())
    days = DyadMeeting.objects.filter(dyad=cast.sofia_etienne, status="planned", timetable__weekday=1, on__gt=cast.on)
    assert {row.on for row in days} == {cast.on + timedelta(days=7), cast.on + timedelta(days=14)}
    assert not cast.sofia_etienne.is_left_on(cast.on)
    assert cast.sofia_etienne.is_left_on(cast.on + timedelta(days=15))


def test_a_lead_who_is_only_away_leaves_the_group_planned(cast: Cast) -> None:
    with_slots(cast)
    before = planned(cast)
    GroupLead.objects.filter(group=cast.tremplin).update(ends_on=cast.on, reason=GroupLead.Reason.LEAVE)
    plan_ahead(board=cast.board, on=cast.on)
    assert planned(cast) == before


def test_who_comes_back_is_let_in_again_unless_a_person_closed_the_account(cast: Cast, tmp_path: Path) -> None:
    brought(cast, tmp_path, listed(cast, cast.etienne, "tobedeleted"))
    close_accounts(people=[cast.marc], person=cast.julie, at=timezone.now())
    told = brought(cast, tmp_path, *(listed(cast, one) for one in (cast.etienne, cast.marc)))
    active = dict(User.objects.filter(pk__in=[cast.etienne.pk, cast.marc.pk]).values_list("pk", "is_active"))
    assert active == {cast.etienne.pk: True, cast.marc.pk: False}
    assert len(said(told, "account_reopened")) == 1
    assert "Personnes" in said(told, "account_stays_closed")[0]
    assert AuditEntry.objects.filter(verb="account.reopened", subject_id=cast.etienne.pk, person=None).exists()


def test_a_bundle_says_who_may_sign_in(cast: Cast, tmp_path: Path) -> None:
    marc = User.objects.filter(pk=cast.marc.pk)

    def bring(**files: str) -> bool:
        import_bundle(path=write(tmp_path / "b.zip", {}, **files))
        return marc.get().is_active

    names = f"{cast.marc.given_name},{cast.marc.family_name}"
    gives_roles = "key,board,school,given_name,family_name,roles\n"
    gives_roles += f"{cast.marc.key},{cast.board.key},{cast.school.key},{names},mentor\n"
    closes, opens = (f"person,active\n{cast.marc.key},{active}\n" for active in ("false", "true"))
    before = marc.get().access_version
    assert not bring(closed_accounts=closes)
    assert marc.get().access_version > before, "their sessions are dead"
    export_bundle(board=cast.board, path=tmp_path / "out.zip")
    assert [row["person"] for row in read(tmp_path / "out.zip")["closed_accounts.csv"]] == [cast.marc.key]
    again = import_bundle(path=tmp_path / "out.zip")
    assert not marc.get().is_active, "an export that comes back opens nothing"
    assert not any(count.created or count.updated for count in again.values())
    assert bring(people=gives_roles), "a file that gives roles opens what a file closed"
    assert not bring(closed_accounts=closes)
    assert bring(closed_accounts=opens)
    close_accounts(people=[cast.marc], person=cast.julie, at=timezone.now())
    assert not bring(people=gives_roles), "what a person closed stays closed"
    assert bring(closed_accounts=opens)


# Students


@pytest.mark.parametrize("way", ["another school", "no school"])
def test_a_student_who_leaves_is_nobody_s_fault(cast: Cast, tmp_path: Path, client_of: ClientOf, way: str) -> None:
    ines = cast.ines
    if not cast.tremplin.members.active_on(cast.on).filter(student=ines).exists():
        GroupMember.objects.create(group=cast.tremplin, student=ines, starts_on=cast.on - timedelta(days=30))
    page = f"/groupes/{cast.tremplin.pk}/famille/"
    nadia = client_of(cast.nadia)
    assert str(ines) in nadia.get(page).content.decode()
    if way == "another school":
        told = brought(cast, tmp_path, listed(cast, ines, school=cast.second_school))
        words = said(told, "student_moved")
        assert FormerSchool.objects.get().until == cast.on
    else:
        told = brought(cast, tmp_path, listed(cast, ines, "tobedeleted"))
        words = said(told, "student_left")
    assert "dyade" in words[0]
    assert "groupe" in words[0]
    pause = Pause.objects.get(dyad=cast.ines_marc, ends_on=None)
    monday = cast.on - timedelta(days=cast.on.weekday())
    assert pause.starts_on == max(monday, cast.ines_marc.starts_on)
    assert Dyad.objects.get(pk=cast.ines_marc.pk).ends_on is None
    assert GroupMember.objects.filter(student=ines, ends_on=None).exists()
    evaluate_board(cast.board, on=cast.on)
    assert str(ines) not in nadia.get(page).content.decode()
    julie = client_of(cast.julie)
    assert "levez la pause si" in julie.get(f"/dyades/{cast.ines_marc.pk}/").content.decode()
    assert "notez son départ" in julie.get(f"/groupes/{cast.tremplin.pk}/").content.decode()
    assert "À décider" in julie.get("/vigilance/").content.decode()
    again = brought(cast, tmp_path, listed(cast, ines, "tobedeleted") if way == "no school" else listed(cast, ines))
    assert said(again, "student_left") == []
    assert Pause.objects.filter(dyad=cast.ines_marc, ends_on=None).count() == 1


def test_a_student_who_is_back_is_of_the_school_again(cast: Cast, tmp_path: Path, client_of: ClientOf) -> None:
    brought(cast, tmp_path, listed(cast, cast.ines, "tobedeleted"))
    assert Student.objects.get(pk=cast.ines.pk).left_on == cast.on
    told = brought(cast, tmp_path, listed(cast, cast.ines))
    assert Student.objects.get(pk=cast.ines.pk).left_on is None
    assert len(said(told, "student_back")) == 1
    assert "levez la pause si" not in client_of(cast.julie).get(f"/dyades/{cast.ines_marc.pk}/").content.decode()


def test_nobody_but_who_decides_is_asked_to(cast: Cast, client_of: ClientOf) -> None:
    close_accounts(people=[cast.etienne], person=cast.julie, at=timezone.now())
    assert "À décider" not in client_of(cast.nadia).get("/vigilance/").content.decode()
