"""What a term of an earlier school year said: kept by the evaluation, and asked of nobody."""

from datetime import date

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from guidelines.catalogue import moved_by
from programs.models import SchoolYear, Term

OF_TERM = sorted(moved_by([Term]) or ())
"""The guidelines that look at a term."""


def of_former_term(on: date) -> Q:
    """Findings that a term of an earlier school year gave, as long as no term of this one has ended.

    The evaluation keeps them; nobody is asked about them any more. A relation of this year has no former term.
    """
    later = SchoolYear.objects.filter(board=OuterRef("board"), starts_on__gt=OuterRef("starts_on"), starts_on__lte=on)
    ended = Term.objects.filter(school_year=OuterRef("pk"), ends_on__lte=on)
    begun_before = Q(starts_on__gt=OuterRef("dyad__starts_on")) | Q(starts_on__gt=OuterRef("group__starts_on"))
    silent = SchoolYear.objects.filter(begun_before, board=OuterRef("board"), starts_on__lte=on).exclude(
        Exists(later) | Exists(ended)
    )
    return Q(guideline__in=OF_TERM) & Q(Exists(silent))


def is_former(on: date) -> ExpressionWrapper:
    """The same, to annotate findings with."""
    return ExpressionWrapper(of_former_term(on), BooleanField())
