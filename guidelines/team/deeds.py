"""What a team meeting decides: a decision of a subject, its state later, who was there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from guidelines.audit_verbs import AGENDA_DECIDED, AGENDA_SETTLED, TEAM_MEETING_NOTED
from guidelines.models import AgendaItem, TeamMeeting
from people import audit
from people.models import User
from programs.models import Program

SAID = ("decision", "who", "by_on")


@dataclass(frozen=True)
class About:
    """A subject on the agenda of a programme: « dyad », « group » or « student », its id, and what is known of it."""

    program: Program
    kind: str
    subject: int
    known: str


@transaction.atomic
def decide(*, about: About, person: User, on: date, said: Mapping[str, Any]) -> AgendaItem:
    """Decide of a subject in the meeting of the day, or correct what stands undone of it. Twice changes nothing."""
    meeting = _meeting(about.program, on)
    item = standing(about.program, about.kind, about.subject, on)
    if item is None:
        subject = {f"{about.kind}_id": about.subject}
        item = AgendaItem(meeting=meeting, known=about.known[: _longest()], **subject)
    elif all(getattr(item, name) == said[name] for name in SAID):
        return item
    for name in SAID:
        setattr(item, name, said[name])
    item.save()
    audit.record(board=meeting.board, person=person, verb=AGENDA_DECIDED, subject=item)
    return item


def standing(program: Program, kind: str, subject: int, on: date) -> AgendaItem | None:
    """What was decided of a subject today, else what is still undone of it. One query."""
    rows = AgendaItem.objects.filter(meeting__program=program, meeting__on__lte=on, **{kind: subject})
    found = list(rows.select_related("who", "meeting").order_by("-meeting__on", "-pk"))
    return next((item for item in found if item.meeting.on == on or item.is_undone), None)


@transaction.atomic
def settle_item(*, item: AgendaItem, state: str, seen: str, person: User, on: date) -> bool:
    """Say what became of a decision, as it stood at ``seen``: False when it was said already.

    Raises ValidationError when somebody else said another thing meanwhile.
    """
    current = AgendaItem.objects.select_for_update(of=("self",)).select_related("meeting__board").get(pk=item.pk)
    if current.state == state:
        return False
    if current.state != seen:
        words = _("Quelqu’un a dit entre-temps\u00a0: %(state)s.") % {"state": current.get_state_display()}
        raise ValidationError(words, code="conflict")
    current.state, current.settled_on = state, None if state == AgendaItem.State.OPEN else on
    current.save()
    audit.record(board=current.meeting.board, person=person, verb=AGENDA_SETTLED, subject=current)
    return True


@transaction.atomic
def note_present(*, program: Program, present: str, person: User, on: date) -> TeamMeeting:
    """Say who was there. Twice changes nothing."""
    meeting = _meeting(program, on)
    if meeting.present != present:
        meeting.present = present
        meeting.save()
        audit.record(board=meeting.board, person=person, verb=TEAM_MEETING_NOTED, subject=meeting)
    return meeting


def _meeting(program: Program, on: date) -> TeamMeeting:
    """Of the programme and day, made by the first who says something; the programme's row is the lock."""
    locked = Program.objects.select_for_update(of=("self",)).select_related("board").get(pk=program.pk)
    known = TeamMeeting.objects.filter(program=locked, on=on).order_by("pk").first()
    return known or TeamMeeting.objects.create(board=locked.board, program=locked, on=on)


def _longest() -> int:
    return AgendaItem._meta.get_field("known").max_length or 0
