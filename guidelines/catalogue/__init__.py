"""Every guideline that is checked, as data: one file per theme. Source: Boyer (2014), MELS."""

from guidelines.catalogue import (
    contents,
    duration,
    group_rhythm,
    groups,
    matching,
    mentors,
    programs,
    rhythm,
    silence,
    support,
    teachers,
    ties,
)
from guidelines.catalogue.entry import Breach, Citation, Clearing, Guideline, NextStep, Parameter, Threshold

CATALOGUE_VERSION = 2

ENTRIES: tuple[Guideline, ...] = (
    *duration.GUIDELINES,
    *silence.GUIDELINES,
    *rhythm.GUIDELINES,
    *contents.GUIDELINES,
    *support.GUIDELINES,
    *matching.GUIDELINES,
    *mentors.GUIDELINES,
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
