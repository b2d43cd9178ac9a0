"""Measures: each one statement for a whole board, whatever its size.

A measure takes a ``Scope`` and returns one row per subject that may breach: a ``subject_id``, its ``program_id`` where
there is one (whose own numbers then count), and the columns that its guidelines name.
"""

from collections.abc import Callable

from guidelines.measures.continuity import group_continuity
from guidelines.measures.durations import commitments, ended_dyads
from guidelines.measures.group_rhythm import meeting_lengths, open_group_weeks
from guidelines.measures.groups import group_absences, group_ties, open_group_facts
from guidelines.measures.matching import initial_training, rematches
from guidelines.measures.programs import program_facts, program_log
from guidelines.measures.rhythm import recent_weeks
from guidelines.measures.scope import Scope
from guidelines.measures.teachers import teacher_practice, teacher_releases
from people.dialect import Row

Measure = Callable[[Scope], list[Row]]

MEASURES: dict[str, Measure] = {
    measure.__name__: measure
    for measure in (
        commitments,
        ended_dyads,
        group_absences,
        group_continuity,
        group_ties,
        initial_training,
        meeting_lengths,
        open_group_facts,
        open_group_weeks,
        program_facts,
        program_log,
        recent_weeks,
        rematches,
        teacher_practice,
        teacher_releases,
    )
}

__all__ = ["MEASURES", "Measure", "Scope"]
