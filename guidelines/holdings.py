"""What a person holds: groups, dyads, replacements, findings in charge; what must go to others when they leave."""

from dataclasses import dataclass
from datetime import date

from guidelines.models import Flag
from mentoring.models import Dyad, DyadMeeting, DyadSubstitute
from people.apart import tell_apart
from people.models import User
from people.models.base import RangeQuerySet
from programs.models import GroupLead, GroupMeeting, GroupSubstitute, Substitute, SupportGroup

SUBSTITUTES = (GroupSubstitute, DyadSubstitute)


@dataclass(frozen=True)
class Holdings:
    """Of what somebody holds on a day, the part that a reader decides on; ``elsewhere`` counts the rest."""

    groups: list[GroupLead]
    dyads: list[Dyad]
    replacements: list[Substitute]
    findings: list[Flag]
    planned: int
    elsewhere: int

    @property
    def is_empty(self) -> bool:
        return not (self.groups or self.dyads or self.replacements or self.findings or self.elsewhere)


@dataclass(frozen=True)
class Tally:
    """The same, in numbers: what an administrator reads, who sees no student."""

    groups: int
    dyads: int
    replacements: int
    findings: int

    @property
    def is_empty(self) -> bool:
        return not (self.groups or self.dyads or self.replacements or self.findings)


def tally(person: User, on: date) -> Tally:
    """How much somebody holds on a day. Five queries."""
    stands_in = (model.objects.filter(person=person, ends_on__gt=on).count() for model in SUBSTITUTES)
    return Tally(
        _led(person, on).count(),
        Dyad.objects.open_on(on).filter(mentor__person=person).count(),
        sum(stands_in),
        Flag.objects.live().filter(taken_by=person, state=Flag.State.TAKEN).count(),
    )


def holdings(person: User, *, reader: User, on: date) -> Holdings:
    """What somebody holds, as far as the reader runs it. A constant number of queries."""
    groups, dyads = SupportGroup.objects.run_by(reader), Dyad.objects.run_by(reader)
    led = list(_led(person, on).filter(group__in=groups).select_related("group__program__school"))
    paired = tell_apart(dyads.open_on(on).filter(mentor__person=person).with_people())
    standing: list[Substitute] = [
        *GroupSubstitute.objects.filter(person=person, ends_on__gt=on, group__in=groups).select_related("group"),
        *DyadSubstitute.objects.filter(person=person, ends_on__gt=on, dyad__in=dyads).select_related(
            "dyad__student", "dyad__mentor__person"
        ),
    ]
    taken = Flag.objects.live().takeable_by(reader).filter(taken_by=person, state=Flag.State.TAKEN)
    flags = list(taken.with_subject())
    all_of_them = tally(person, on)
    seen = len(led) + len(paired) + len(standing) + len(flags)
    every = all_of_them.groups + all_of_them.dyads + all_of_them.replacements + all_of_them.findings
    return Holdings(led, paired, standing, flags, _planned(led, paired, on), every - seen)


def _led(person: User, on: date) -> RangeQuerySet[GroupLead]:
    return GroupLead.objects.active_on(on).filter(person=person).order_by("group__name", "pk")


def _planned(led: list[GroupLead], paired: list[Dyad], on: date) -> int:
    of_groups = GroupMeeting.objects.kept().filter(group__in=[row.group_id for row in led], on__gte=on)
    of_dyads = DyadMeeting.objects.kept().filter(dyad__in=[dyad.pk for dyad in paired], on__gte=on)
    planned = GroupMeeting.Status.PLANNED
    return of_groups.filter(status=planned).count() + of_dyads.filter(status=planned).count()
