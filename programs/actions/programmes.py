"""What a programme says of itself: its structure, its contents, the roles of each and who has read theirs."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from people import audit
from people.audit_registry import Verb
from people.models import School, User
from programs.audit_verbs import (
    PROGRAM_ACTIVITY_DECLARED,
    PROGRAM_CALLS_DROPPED,
    PROGRAM_CALLS_FOLLOWED,
    PROGRAM_CHANGED,
    PROGRAM_RESULTS_SET,
    PROGRAM_ROLES_SET,
    PROGRAM_STARTED,
)
from programs.gestures.kinds import made_of
from programs.gestures.verbs import remove
from programs.models import ExpectedResult, Gesture, Program, ProgramActivity, ProgramRole, RoleAcknowledgement
from programs.signals import program_changed


@transaction.atomic
def start_program(
    *, school: School, domain: str, person: User, on: date, entry_uuid: uuid.UUID | None, **facts: Any
) -> Program:
    """Open a programme in a school; ``facts`` are its fields. One programme per ``entry_uuid``."""
    school = School.objects.select_for_update(of=("self",)).select_related("board").get(pk=school.pk)
    key = (entry_uuid or uuid.uuid4()).hex
    if already := Program.objects.filter(board=school.board, key=key).first():
        return already
    program = Program.objects.create(board=school.board, key=key, school=school, domain=domain, **facts)
    audit.record(board=school.board, person=person, verb=PROGRAM_STARTED, subject=program)
    program_changed.send(sender=Program, program=program, on=on)
    return program


@transaction.atomic
def change_program(*, program: Program, person: User, on: date, **facts: Any) -> Program:
    """Say something else of a programme. Its school and its domain stay; the same words twice are one change."""
    program = _locked(program)
    if all(getattr(program, name) == value for name, value in facts.items()):
        return program
    for name, value in facts.items():
        setattr(program, name, value)
    program.save()
    return _said(program, program, PROGRAM_CHANGED, person, on)


@transaction.atomic
def follow_calls(
    *,
    program: Program,
    since: date | None,
    weeks: int,
    later_weeks: int,
    parties: Sequence[str],
    person: User,
    on: date,
) -> Program:
    """Follow support calls from a day on, at this pace, or no more (``since`` None); the same words twice are one."""
    facts = {
        "support_calls_from": since,
        "support_call_weeks": weeks,
        "support_call_later_weeks": later_weeks,
        "support_call_parties": [party for party in Program.Party.values if party in parties],
    }
    program = _locked(program)
    if all(getattr(program, name) == value for name, value in facts.items()):
        return program
    for name, value in facts.items():
        setattr(program, name, value)
    program.save()
    return _said(program, program, PROGRAM_CALLS_FOLLOWED if since else PROGRAM_CALLS_DROPPED, person, on)


@transaction.atomic
def set_results(*, program: Program, texts: Sequence[str], person: User, on: date) -> None:
    """Write what the programme is meant to bring, one result a text; a corrected text keeps its activities (§2.2)."""
    program = _locked(program)
    wanted = list(dict.fromkeys(text.strip() for text in texts if text.strip()))
    rows = list(program.results.all())
    if [row.text for row in rows] == wanted:
        return
    new = [text for text in wanted if text not in {row.text for row in rows}]
    for row in [row for row in rows if row.text not in wanted]:
        if new:
            row.text = new.pop(0)
            row.save()
        else:
            row.delete()
    for text in new:
        ExpectedResult.objects.create(board=program.board, program=program, text=text)
    _said(program, program, PROGRAM_RESULTS_SET, person, on)


@transaction.atomic
def declare_activity(
    *,
    program: Program,
    person: User,
    on: date,
    name: str,
    content: str = "",
    theme: str = "",
    format: str = "",
    result: ExpectedResult | None = None,
    activity: ProgramActivity | None = None,
) -> ProgramActivity:
    """Declare a content of the programme, or say something else of ``activity``. The same one twice is one."""
    program = _locked(program)
    facts = {"name": name, "content": content, "theme": theme, "format": format, "result": result}
    if same := program.activities.filter(**facts).first():
        return same
    row = activity or ProgramActivity(board=program.board, program=program)
    for field, value in facts.items():
        setattr(row, field, value)
    row.save()
    _said(program, row, PROGRAM_ACTIVITY_DECLARED, person, on)
    return row


@transaction.atomic
def remove_activity(*, activity: ProgramActivity, person: User, on: date) -> Gesture:
    """Take a declared content away; it can be put back."""
    return remove(kind=made_of(ProgramActivity), row=activity, person=person, on=on)


@transaction.atomic
def set_roles(*, program: Program, texts: Mapping[str, tuple[str, str]], person: User, on: date) -> None:
    """Write the role and the limits of each actor (§1.1, §2.2); an actor without either has no row.

    Other words ask everyone concerned to read them again: their acknowledgements go.
    """
    program = _locked(program)
    rows = {row.actor: row for row in program.roles.all()}
    changed = False
    for actor, (role, limits) in texts.items():
        row = rows.get(actor)
        role, limits = role.strip(), limits.strip()
        if (role, limits) == ((row.role, row.limits) if row else ("", "")):
            continue
        changed = True
        if row is not None and not (role or limits):
            row.delete()
            continue
        if row is None:
            row = ProgramRole(board=program.board, program=program, actor=actor)
        else:
            row.acknowledgements.all().delete()
        row.role, row.limits = role, limits
        row.save()
    if changed:
        _said(program, program, PROGRAM_ROLES_SET, person, on)


@transaction.atomic
def acknowledge_role(*, role: ProgramRole, person: User, on: date) -> RoleAcknowledgement:
    """Say that one has read and accepted a role of one's own; the first day stays."""
    program = _locked(role.program)
    if not (role.role and role.limits):
        raise ValidationError(_("Ce rôle n’est pas encore écrit en entier."))
    row, new = RoleAcknowledgement.objects.get_or_create(role=role, person=person, defaults={"acknowledged_on": on})
    if new:
        program_changed.send(sender=Program, program=program, on=on)
    return row


def _locked(program: Program) -> Program:
    return Program.objects.select_for_update(of=("self",)).select_related("board").get(pk=program.pk)


def _said(program: Program, subject: Model, verb: Verb, person: User, on: date) -> Program:
    audit.record(board=program.board, person=person, verb=verb, subject=subject)
    program_changed.send(sender=Program, program=program, on=on)
    return program
