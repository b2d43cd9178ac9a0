"""Measures: each one statement for a whole board, whatever its size.

A measure takes a ``Scope`` and returns one row per subject that may breach: a ``subject_id``, its ``program_id`` where
there is one (whose own numbers then count), and the columns that its guidelines name.
"""

from collections.abc import Callable

from guidelines.measures.durations import commitments, ended_dyads
from guidelines.measures.groups import group_sizes
from guidelines.measures.matching import initial_training, rematches
from guidelines.measures.rhythm import recent_weeks
from guidelines.measures.scope import Scope
from people.dialect import Row

Measure = Callable[[Scope], list[Row]]

MEASURES: dict[str, Measure] = {
    measure.__name__: measure
    for measure in (commitments, ended_dyads, group_sizes, initial_training, recent_weeks, rematches)
}

__all__ = ["MEASURES", "Measure", "Scope"]
