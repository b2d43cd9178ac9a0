"""Measures: each one statement for a whole board, whatever its size.

A measure takes a ``Scope`` and returns one row per subject that may breach: a ``subject_id``, its ``program_id`` where
there is one (whose own numbers then count), and the columns that its guidelines name.
"""

from collections.abc import Callable

from guidelines.measures.continuity import group_continuity
from guidelines.measures.durations import ended_dyads
from guidelines.measures.dyad_facts import open_dyad_facts
from guidelines.measures.dyad_weeks import open_dyad_weeks, regularity
from guidelines.measures.group_rhythm import meeting_lengths, open_group_weeks
from guidelines.measures.groups import group_absences, group_ties, open_group_facts
from guidelines.measures.matching import rematches
from guidelines.measures.mentors import mentor_facts, training_before_meeting
from guidelines.measures.programs import program_facts, program_log
from guidelines.measures.scope import Scope
from guidelines.measures.teachers import teacher_practice, teacher_releases
from people.sql import Row

Measure = Callable[[Scope], list[Row]]

MEASURES: dict[str, Measure] = {
    measure.__name__: measure
    for measure in (
        ended_dyads,
        group_absences,
        group_continuity,
        group_ties,
        meeting_lengths,
        open_group_facts,
        open_group_weeks,
        program_facts,
        program_log,
        teacher_practice,
        teacher_releases,
        mentor_facts,
        open_dyad_facts,
        open_dyad_weeks,
        regularity,
        rematches,
        training_before_meeting,
    )
}

__all__ = ["MEASURES", "Measure", "Scope"]
