"""Every guideline that is checked, as data: one file per theme. Source: Boyer (2014), MELS."""

from guidelines.catalogue import duration, group_rhythm, groups, matching, programs, rhythm, teachers, ties
from guidelines.catalogue.entry import Breach, Citation, Clearing, Guideline, NextStep, Parameter, Threshold

CATALOGUE_VERSION = 1

ENTRIES: tuple[Guideline, ...] = (
    *duration.GUIDELINES,
    *rhythm.GUIDELINES,
    *matching.GUIDELINES,
    *groups.GUIDELINES,
    *group_rhythm.GUIDELINES,
    *ties.GUIDELINES,
    *teachers.GUIDELINES,
    *programs.GUIDELINES,
)

CATALOGUE: dict[str, Guideline] = {guideline.code: guideline for guideline in ENTRIES}

__all__ = [
    "CATALOGUE",
    "CATALOGUE_VERSION",
    "ENTRIES",
    "Breach",
    "Citation",
    "Clearing",
    "Guideline",
    "NextStep",
    "Parameter",
    "Threshold",
]
