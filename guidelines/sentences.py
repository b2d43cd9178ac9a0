"""Findings in words, as their guidelines declare them: what was seen, plainly, without blame."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guidelines.catalogue import CATALOGUE
from guidelines.catalogue.sentence import say
from guidelines.models import Flag
from guidelines.words import days_in_words
from programs.calendars.periods import WeekCell

UNTIL = {
    Flag.State.CLEARED: gettext_lazy("réglé le %(day)s"),
    Flag.State.SNOOZED: gettext_lazy("reporté jusqu’au %(day)s"),
    Flag.State.DISMISSED: gettext_lazy("écarté jusqu’au %(day)s"),
}


def headline(flag: Flag) -> str:
    """One short line that names the fact."""
    return say(CATALOGUE[flag.guideline].headline, flag)


def observed(flag: Flag, cells: Sequence[WeekCell] = ()) -> str:
    """The fact in one or two sentences, with its dates when the week's cells are given."""
    return say(CATALOGUE[flag.guideline].observed, flag, cells)


def followed_up(flag: Flag) -> str:
    """What became of it: « en charge : J. Archambault », « reporté jusqu’au 7 décembre »."""
    state = Flag.State(flag.state)
    if state == Flag.State.TAKEN and flag.taken_by:
        return _("en charge\u00a0: %(person)s") % {"person": flag.taken_by.signed_name}
    day = flag.cleared_on if state == Flag.State.CLEARED else flag.until
    if day and (said := UNTIL.get(state)):
        return str(said) % {"day": days_in_words([day])}
    return str(state.label)
