"""Hand over what a leaving person holds, in one transaction, by the verbs that each thing has of its own.

Nothing is done that was not said: what is left for later stays as it is, and no student is matched again in silence.
"""

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from guidelines.decisions import entrust
from guidelines.holdings import Holdings
from mentoring.actions.planning import plan_meeting
from mentoring.actions.relations import RematchNeedsReason, end_dyad, start_dyad
from mentoring.models import Dyad, DyadMeeting, Mentor
from mentoring.models.endings import ClosureTalk, EndCode, EndedBy
from people.actions.roles import end_role
from people.models import Membership, User
from programs.actions.slots import Change, Slot, open_slots
from programs.actions.structure import change_lead, end_lead
from programs.actions.substitutes import end_substitute
from programs.actions.timetables import put_slot
from programs.models import GroupLead, RelationSlot

DAY = timedelta(days=1)
LATER, NOBODY, END = "later", "nobody", "end"
CODES = {
    GroupLead.Reason.LEAVE: EndCode.MENTOR_TIME,
    GroupLead.Reason.LEFT: EndCode.MENTOR_LEFT,
    GroupLead.Reason.REASSIGNED: EndCode.SCHOOL_ORGANISATION,
}


@dataclass(frozen=True)
class Departure:
    """Who leaves, after which day, why; said by whom, on which day, in which form."""

    last_day: date
    reason: str
    words: str
    person: User
    on: date
    entry_uuid: uuid.UUID


@dataclass
class Choices:
    """To whom each thing goes, by field of the form: a person, a mentor, or one of the words above."""

    groups: Mapping[str, "User | str"] = field(default_factory=dict)
    dyads: Mapping[str, "Mentor | str"] = field(default_factory=dict)
    replacements: Mapping[str, str] = field(default_factory=dict)
    findings: "User | str" = LATER
    days: Mapping[str, date] = field(default_factory=dict)
    """The last day of the lines that have one of their own."""
    roles: tuple[Membership, ...] = ()


@transaction.atomic
def hand_over(*, holdings: Holdings, choices: Choices, departure: Departure) -> int:
    """Do all that was chosen, or nothing; how many things went to somebody else or ended.

    Raises ValidationError with what each thing refuses, by its field of the form.
    """
    wrong: dict[str, ValidationError] = {}
    steps = list(_steps(holdings, choices, departure))
    for name, act in steps:
        try:
            with transaction.atomic():
                act()
        except ValidationError as refusal:
            wrong[name] = ValidationError(refusal.messages)
        except RematchNeedsReason:
            words = _("Une relation précédente a fini tôt\u00a0: jumelez depuis la page Jumeler, avec le motif.")
            wrong[name] = ValidationError(words)
    if wrong:
        raise ValidationError(wrong)
    return len(steps)


def _steps(holdings: Holdings, choices: Choices, departure: Departure) -> Iterator[tuple[str, Callable[[], object]]]:
    """What is to do, in its order, each by the field of the form where it was chosen."""
    person, on = departure.person, departure.on

    def of(name: str) -> Departure:
        return replace(departure, last_day=choices.days.get(name, departure.last_day))

    for row in holdings.groups:
        name = f"group_{row.pk}"
        if (to := choices.groups.get(name, LATER)) != LATER:
            yield name, partial(_group, row, to, of(name))
    for dyad in holdings.dyads:
        name = f"dyad_{dyad.pk}"
        if (mentor := choices.dyads.get(name, LATER)) != LATER:
            yield name, partial(_dyad, dyad, mentor, of(name))
    for standing in holdings.replacements:
        name = f"{standing.NOUN}_substitute_{standing.pk}"
        if choices.replacements.get(name, LATER) == END:
            yield name, partial(end_substitute, row=standing, person=person, on=on)
    if choices.findings != LATER and holdings.findings:
        yield "findings", partial(_findings, holdings, choices.findings, departure)
    for membership in choices.roles:
        end = partial(end_role, membership=membership, last_day=departure.last_day, person=person, on=on)
        yield "ends_roles", end


def _group(row: GroupLead, to: "User | str", departure: Departure) -> None:
    after, why, person, on = departure.last_day + DAY, departure.reason, departure.person, departure.on
    if isinstance(to, User):
        change_lead(group=row.group, lead=to, starts_on=after, reason=why, person=person, on=on)
    else:
        end_lead(group=row.group, ends_on=after, reason=why, person=person, on=on)


def _dyad(dyad: Dyad, to: "Mentor | str", departure: Departure) -> None:
    planned = list(DyadMeeting.objects.kept().filter(dyad=dyad, on__gt=departure.last_day, status="planned"))
    slots = [slot_of(row) for row in open_slots(dyad.timetables.all(), departure.last_day)]
    end_dyad(
        dyad=dyad,
        person=departure.person,
        on=departure.on,
        last_day=departure.last_day,
        reason=departure.words,
        ended_by=EndedBy.MENTOR,
        planned_handover=isinstance(to, Mentor),
        closure_talk=ClosureTalk.PLANNED,
        end_code=CODES.get(GroupLead.Reason(departure.reason), ""),
    )
    if isinstance(to, Mentor):
        _begun_again(dyad, to, planned, slots, departure)


def _begun_again(
    dyad: Dyad, mentor: Mentor, planned: list[DyadMeeting], slots: list[Slot], departure: Departure
) -> None:
    """The student goes on with somebody else, at the same hours: what was planned follows."""
    starts_on = max(departure.last_day + DAY, departure.on)
    until = dyad.committed_until if dyad.committed_until and dyad.committed_until > starts_on else None
    new = start_dyad(
        program=dyad.program,
        mentor=mentor,
        student=dyad.student,
        person=departure.person,
        on=departure.on,
        starts_on=starts_on,
        committed_until=until,
        untrained_reason=departure.words,
        entry_uuid=uuid.uuid5(departure.entry_uuid, str(dyad.pk)),
    )
    for slot in slots:
        change = Change(slot, starts_on)
        put_slot(relation=new, change=change, person=departure.person, on=departure.on)
    for meeting in planned:
        if meeting.on >= starts_on and not new.meetings.filter(on=meeting.on).exists():
            plan_meeting(
                dyad=new,
                on=departure.on,
                day=meeting.on,
                starts_at=meeting.starts_at,
                minutes=meeting.minutes,
                entry_uuid=uuid.uuid5(meeting.entry_uuid, "relais"),
            )


def slot_of(row: RelationSlot) -> Slot:
    names = ("weekday", "starts_at", "minutes", "place", "cycle_day")
    return Slot(**{name: getattr(row, name) for name in names})


def _findings(holdings: Holdings, to: "User | str", departure: Departure) -> None:
    flags = [flag.pk for flag in holdings.findings]
    entrust(flags, to=to if isinstance(to, User) else None, person=departure.person, on=departure.on)
