"""What a masked report tells of all that a person answers for, whatever the file is narrowed to."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from programs.models import SchoolYear
from reports.asking import Ask

COUNTS_ALL = _("Ce rapport compte tous les programmes ensemble\u00a0: choisissez-les tous.")


def whole_of(ask: Ask) -> Ask:
    """The same, not narrowed: two files of different parts would give one another's masked numbers back."""
    return replace(ask, school="", program="") if ask.is_narrowed else ask


def is_a_year(ask: Ask) -> bool:
    """Whether the period is a whole school year: what happened in one adds up to no other file's. One query."""
    days = {"starts_on": ask.period.since, "ends_on": ask.period.until}
    return SchoolYear.objects.filter(board=ask.board, **days).exists()
