"""The quiet lines: what is to complete or to look at one day, counted beside the headline and never in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from guidelines.catalogue import Concern, of_concern
from guidelines.models import SUBJECTS, Flag
from guidelines.models.flags import FlagQuerySet
from guidelines.models.rights import decided_by
from mentoring.models import Dyad
from people.kept import kept
from people.models import User
from programs.models import GroupLead, Program

QUIET = (Concern.SETUP, Concern.PRACTICE, Concern.RECORD)
ONE_SUBJECT = Coalesce(*(F(kind) * len(SUBJECTS) + place for place, kind in enumerate(SUBJECTS)))
"""A number of its own for each relation, group, person or programme."""


@dataclass(frozen=True)
class QuietLine:
    """``subjects``: how many relations, groups, people and programmes have a finding of the concern; each once."""

    concern: Concern
    subjects: int


def to_complete(user: User, *, on: date, programs: Sequence[Program] | None = None) -> FlagQuerySet:
    """The findings behind the lines, in all that the person may see, or in some programmes of it."""
    rows = Flag.objects.visible_to(user).to_complete(on)
    if programs is None:
        return rows
    mentors, leads = (
        Dyad._base_manager.filter(program__in=programs),
        GroupLead._base_manager.filter(group__program__in=programs),
    )
    people = Q(mentor__in=mentors.values("mentor")) | Q(teacher__in=leads.values("person"))
    return rows.filter(people | Q(program_of__in=[program.pk for program in programs]))


def quiet_lines(user: User, *, on: date, programs: Sequence[Program] | None = None) -> list[QuietLine]:
    """A line per concern with something to complete; last, the endings that the person may review. One query."""
    concerns = (*QUIET, Concern.ENDED)

    def counts() -> QuerySet[Flag, tuple[int, ...]]:
        held = {concern: Q(guideline__in=of_concern(concern)) for concern in concerns}
        held[Concern.ENDED] &= decided_by(user)
        rows = to_complete(user, on=on, programs=programs).order_by().annotate(whole=Value(1)).values_list("whole")
        return rows.annotate(
            **{concern.value: Count(ONE_SUBJECT, distinct=True, filter=theirs) for concern, theirs in held.items()}
        )

    ids = None if programs is None else tuple(program.pk for program in programs)
    found = kept("quiet lines", user, counts, on, ids)
    return [QuietLine(concern, n) for concern, n in zip(concerns, found[0][1:], strict=True) if n] if found else []
