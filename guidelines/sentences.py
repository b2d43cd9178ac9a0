"""Findings in words, as their guidelines declare them: what was seen, plainly, without blame."""

from collections.abc import Sequence

from guidelines.catalogue import CATALOGUE
from guidelines.catalogue.sentence import say
from guidelines.models import Flag
from programs.calendars.periods import WeekCell


def headline(flag: Flag) -> str:
    """One short line that names the fact."""
    return say(CATALOGUE[flag.guideline].headline, flag)


def observed(flag: Flag, cells: Sequence[WeekCell] = ()) -> str:
    """The fact in one or two sentences, with its dates when the week's cells are given."""
    return say(CATALOGUE[flag.guideline].observed, flag, cells)
