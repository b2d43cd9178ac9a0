"""A whole import is taken back, with what it changed and what it ended, until something is built on it."""

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from exchange.bundle.writer import export_bundle
from exchange.models import ImportRun
from exchange.tests.roster_files import archive
from exchange.tests.test_imports import ClientOf, apply, confirm, send, text
from exchange.tests.test_moves import USERS, listed
from mentoring.models import Agreement, Dyad, DyadMeeting, DyadTimetable, Pause
from people.models import FormerSchool, Guardian, Membership, Student, User
from programs.actions.planning import plan_ahead
from programs.models import GroupLead, GroupMember
from tests.cast import Cast

pytestmark = pytest.mark.django_db

OLD = timedelta(days=30)


def state(cast: Cast) -> dict[str, list[Any]]:
    """All that an archive may change of the board."""
    return {
        "students": list(Student.objects.order_by("pk").values()),
        "schools": list(FormerSchool.objects.order_by("pk").values("student", "school", "until")),
        "adults": list(
            User.objects.get_queryset().order_by("pk").values("family_name", "name_key", "email", "school", "is_active")
        ),
        "roles": list(Membership.objects.order_by("pk").values()),
        "leads": list(GroupLead.objects.order_by("pk").values()),
        "pauses": list(Pause.objects.order_by("pk").values()),
        "families": list(Guardian.past_and_present.order_by("pk").values()),
        "places": list(GroupMember.objects.order_by("pk").values()),
        "dyads": list(Dyad.objects.order_by("pk").values()),
        "planned": list(DyadMeeting.objects.filter(status="planned").order_by("dyad", "on").values("dyad", "on")),
    }  # fmt: skip


def differing(before: dict[str, list[Any]], after: dict[str, list[Any]]) -> dict[str, Any]:
    return {
        name: [one for one in after[name] if one not in rows] or "gone"
        for name, rows in before.items()
        if rows != after[name]
    }


def undo(client: Client, run: ImportRun) -> str:
    """What the page says in the way, empty when it was taken back."""
    page = client.post(f"/importer/{run.pk}/annuler/", follow=True).content.decode().replace("\u00a0", " ")
    run.refresh_from_db()
    return "" if run.state == "undone" else page


def applied(cast: Cast, client: Client, folder: Path) -> ImportRun:
    """An archive in which one adult and one student leave, another student moves, a third is renamed and goes up."""
    plan_ahead(board=cast.board, on=cast.on)
    schools = "".join(f"{one.key},,,{one.name},school,,\n" for one in (cast.school, cast.second_school))
    orgs = f"sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n{schools}"
    renamed = listed(cast, cast.maika).replace(cast.maika.family_name, "Autrement").split(",")
    renamed[16] = "11"
    rows = [
        listed(cast, cast.nadia, "tobedeleted"), listed(cast, cast.sofia, "tobedeleted"),
        listed(cast, cast.ines, school=cast.second_school), ",".join(renamed),
        f"new-1,active,,true,{cast.school.key},student,u,,Zoé,Roy,,,,,,,07,",
    ]  # fmt: skip
    content = archive(folder, {"orgs.csv": orgs, "users.csv": USERS + "\n".join(rows)}).read_bytes()
    run = apply(client, send(client, content, "oneroster.zip"), cast)
    assert run.state == "applied", run.error
    told = client.get(f"/importer/{run.pk}/").content.decode()
    assert ">Adultes</th>" in told, "in words, not in the names of the code"
    assert "school_years" not in told
    return run


def test_an_archive_that_changed_and_ended_what_was_known(cast: Cast, client_of: ClientOf, tmp_path: Path) -> None:
    DyadTimetable.objects.create(dyad=cast.ines_marc, weekday=2, starts_at="12:00", starts_on=cast.on - OLD)
    plan_ahead(board=cast.board, on=cast.on)
    before, client = state(cast), client_of(cast.robert)
    run = applied(cast, client, tmp_path)
    changed = set(differing(before, state(cast)))
    assert changed >= {"students", "schools", "adults", "roles", "leads", "pauses", "planned"}
    assert undo(client, run) == ""
    assert differing(before, state(cast)) == {}


def test_what_was_built_on_an_archive_is_named(cast: Cast, client_of: ClientOf, tmp_path: Path) -> None:
    client = client_of(cast.robert)
    run = applied(cast, client, tmp_path)
    lead = GroupLead.objects.create(group=cast.tremplin, person=cast.karim, starts_on=cast.on)
    assert "Ce qui s’appuie sur l’importation (prises en charge de groupes) : 1." in undo(client, run)
    lead.delete()
    Student.objects.filter(pk=cast.maika.pk).update(grade=2)
    assert "Modifications faites depuis (élèves) : 1." in undo(client, run)


@pytest.mark.parametrize("built", [False, True])
def test_a_list_that_ended_relations(cast: Cast, client_of: ClientOf, built: bool) -> None:
    client, name = client_of(cast.alain), f"{cast.ines.family_name}, {cast.ines.given_name}"
    if not cast.tremplin.members.active_on(cast.on).filter(student=cast.ines).exists():
        GroupMember.objects.create(group=cast.tremplin, student=cast.ines, starts_on=cast.on - OLD)
    plan_ahead(board=cast.board, on=cast.on)
    before = state(cast)
    header = ["Fiche", "Nom et prénom", "Statut"]
    run = send(client, text([cast.ines.key, name, "Inactif"], header=header), "liste.csv", kind="students")
    confirm(client, run)
    client.post(f"/importer/{run.pk}/", {"row": ["2"], "ask_2_with_relations": "end"})
    apply(client, run, cast)
    assert Dyad.objects.get(pk=cast.ines_marc.pk).ends_on
    if built:
        Dyad.objects.create(
            board=cast.board,
            program=cast.ines_marc.program,
            student=cast.ines,
            mentor=cast.nadia_mentor,
            starts_on=cast.on,
        )
        assert "a une autre dyade depuis" in undo(client, run)
        return
    assert undo(client, run) == ""
    assert differing(before, state(cast)) == {}


def rewritten(source: Path, target: Path, **edits: Callable[[dict[str, str]], None]) -> bytes:
    """A bundle in which rows of some files say something else."""
    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(target, "w") as other:
        for name in archive.namelist():
            if name == "memberships.csv":  # what it states of roles, people.csv would leave as it is
                continue
            content = archive.read(name).decode()
            if edit := edits.get(name.removesuffix(".csv")):
                rows = list(csv.DictReader(io.StringIO(content)))
                for row in rows:
                    edit(row)
                text = io.StringIO(newline="")
                writer = csv.DictWriter(text, list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)
                content = text.getvalue()
            other.writestr(name, content)
    return target.read_bytes()


def test_a_bundle_that_changed_what_was_known(cast: Cast, client_of: ClientOf, tmp_path: Path) -> None:
    home = {"person": cast.julie, "board": cast.board, "school": cast.julie.school}
    gone = Membership.objects.create(role="trainer", **home)
    Membership.objects.create(role="mentor", ends_on=cast.on - OLD, **home)
    before, client = state(cast) | {"agreements": list(Agreement.objects.values())}, client_of(cast.robert)
    export_bundle(board=cast.board, path=tmp_path / "before.zip")

    def other_roles(row: dict[str, str]) -> None:
        if row["key"] == cast.julie.key:
            row["roles"] = "mentor"

    content = rewritten(
        tmp_path / "before.zip",
        tmp_path / "after.zip",
        people=other_roles,
        students=lambda row: row.update(family_name=row["family_name"] + "-Autre", grade="3"),
        agreements=lambda row: row.update(objectives="autre chose"),
        dyads=lambda row: row.update(committed_until="2027-12-31"),
    )
    run = apply(client, send(client, content, "paquet.zip"), cast)
    assert run.state == "applied", run.error
    assert not Membership.objects.filter(pk=gone.pk).exists(), "people.csv says all the roles that are held at home"
    after = state(cast) | {"agreements": list(Agreement.objects.values())}
    assert set(differing(before, after)) >= {"students", "roles", "dyads", "agreements"}
    assert undo(client, run) == ""
    assert differing(before, state(cast) | {"agreements": list(Agreement.objects.values())}) == {}
