"""What a term or the weeks of an earlier school year said: kept by the evaluation, and asked of nobody."""

from datetime import date, timedelta

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from guidelines.catalogue import Concern, moved_by, of_concern
from mentoring.models import Pause
from programs.models import SchoolYear, Term

OF_TERM = sorted(moved_by([Term]) or ())
"""The guidelines that look at a term."""
SETTLING = timedelta(weeks=3)
"""After meetings resume: two weeks that could be met, which is what a silence asks, and the days to log the second."""


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


def between_years(on: date) -> QuerySet[Pause]:
    """The pauses from one school year into the next, of dyads that rest or resumed less than three weeks ago."""
    begun = {"starts_on__gt": OuterRef("starts_on"), "starts_on__lt": OuterRef("ends_on")}
    across = Exists(SchoolYear.objects.filter(board=OuterRef("dyad__board"), **begun))
    return Pause.objects.filter(across, starts_on__lte=on, ends_on__gt=on - SETTLING).order_by()


def of_former_weeks(on: date) -> Q:
    """Findings of rhythm of a dyad between two years: its last weeks are of the former, whenever it is said."""
    return Q(guideline__in=of_concern(Concern.RHYTHM), dyad__in=between_years(on).values("dyad"))


def is_former(on: date) -> ExpressionWrapper:
    """What either says, to annotate findings with."""
    return ExpressionWrapper(of_former_term(on) | of_former_weeks(on), BooleanField())
