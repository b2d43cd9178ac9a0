"""Findings in words: what was seen, plainly, without blame. One module per theme."""

from collections.abc import Callable, Sequence

from guidelines.models import Flag
from guidelines.sentences import contents, dyads, groups, mentors, programs, rhythm, support, teachers
from guidelines.sentences.words import count_in_words, days_in_words, join_words, weeks_in_words
from programs.periods import WeekCell

HEADLINES: dict[str, Callable[[Flag], str]] = {
    **rhythm.HEADLINES,
    **dyads.HEADLINES,
    **contents.HEADLINES,
    **support.HEADLINES,
    **mentors.HEADLINES,
    **groups.HEADLINES,
    **teachers.HEADLINES,
    **teachers.HEADLINES,
    **programs.HEADLINES,
}

OBSERVED: dict[str, Callable[[Flag], str]] = {
    **rhythm.OBSERVED,
    **dyads.OBSERVED,
    **contents.OBSERVED,
    **support.OBSERVED,
    **mentors.OBSERVED,
    **groups.OBSERVED,
    **teachers.OBSERVED,
    **teachers.OBSERVED,
    **programs.OBSERVED,
}

FROM_WEEKS: dict[str, Callable[[Flag, Sequence[WeekCell]], str]] = {**rhythm.FROM_WEEKS}


def headline(flag: Flag) -> str:
    """One short line that names the fact."""
    return HEADLINES[flag.guideline](flag)


def observed(flag: Flag, cells: Sequence[WeekCell] = ()) -> str:
    """The fact in one or two sentences, with its dates when the week's cells are given."""
    if flag.guideline in FROM_WEEKS:
        return FROM_WEEKS[flag.guideline](flag, cells)
    return OBSERVED[flag.guideline](flag)


__all__ = ["count_in_words", "days_in_words", "headline", "join_words", "observed", "weeks_in_words"]
