"""What a sheet is made of: criteria of the review, and under each the items that say whether it is met."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from guidelines.catalogue import Citation, Guideline
from guidelines.catalogue.sentence import Said, Text


class Verdict(TextChoices):
    MET = "met", _("Atteint")
    NOT_MET = "not_met", _("Non atteint")
    NOT_ASSESSABLE = "not_assessable", _("Non évaluable")


@dataclass(frozen=True)
class Item:
    """One thing that the review retains; ``asks`` says it as it should be.

    ``guideline`` measures it: what it finds is « non atteint », what it lacks is « non évaluable », both in its own
    words. Otherwise the fact is told by ``at_zero`` of a value of 0, by ``met``, else by the guideline too. An answer
    that breaches nothing says nothing yet, and why, when the subject has no row (``absent``), a column of its row is
    false or zero (``unless``: the column, and why), there is no value (``unknown``), or there is one, while time still
    runs (``waiting``).
    """

    asks: Text
    guideline: Guideline
    absent: Text
    met: Said = ""
    at_zero: Text = ""
    unless: tuple[str, Text] | None = None
    unknown: Text = ""
    waiting: Text = ""

    @property
    def source(self) -> Citation:
        return self.guideline.citation

    def fact(self, value: int | None) -> Said:
        """What tells a value that breaches nothing."""
        return (self.at_zero if value == 0 else "") or self.met or self.guideline.observed


@dataclass(frozen=True)
class Unrecorded:
    """What no record tells, and people alone can: asked on paper, « non évaluable » elsewhere."""

    asks: Text
    source: Citation


@dataclass(frozen=True)
class Criterion:
    """A part of the sheet."""

    title: Text
    items: tuple[Item | Unrecorded, ...]
