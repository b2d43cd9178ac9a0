"""Every guideline that is checked, as data: one file per theme. Source: Boyer (2014), MELS."""

from collections.abc import Collection

from django.db.models import Model

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
from guidelines.catalogue.entry import Audience, Breach, Citation, Clearing, Guideline, NextStep, Parameter, Threshold
from guidelines.concerns import Concern

CATALOGUE_VERSION = 3

THEMES = (
    duration,
    silence,
    rhythm,
    contents,
    support,
    matching,
    mentors,
    groups,
    group_rhythm,
    ties,
    teachers,
    programs,
)

ENTRIES = tuple(entry for theme in THEMES for entry in vars(theme).values() if isinstance(entry, Guideline))
"""In the order of their files: what is written there is in force."""

CATALOGUE: dict[str, Guideline] = {guideline.code: guideline for guideline in ENTRIES}


MATTERS_FIRST = (Concern.RHYTHM, Concern.ENDED)
ESSENTIAL = frozenset(g.code for g in ENTRIES if g.concern in MATTERS_FIRST or g.code == mentors.MENTOR_TRAINING.code)
"""What a programme follows until it chooses: too short, too infrequent, too large, nobody in charge, not trained."""


def of_concern(*concerns: Concern) -> list[str]:
    """The codes of the guidelines of some concerns."""
    return [guideline.code for guideline in ENTRIES if guideline.concern in concerns]


def decided_with(code: str) -> list[str]:
    """The codes of the guidelines whose findings on one subject are decided with this one's, itself included."""
    together = CATALOGUE[code].decided_with
    return [guideline.code for guideline in ENTRIES if guideline.decided_with == together]


def read_by(audience: Audience) -> list[str]:
    """The codes of the guidelines whose findings have this audience."""
    return [guideline.code for guideline in ENTRIES if guideline.audience == audience]


def moved_by(records: Collection[type[Model]]) -> frozenset[str] | None:
    """The codes of the guidelines that a change of such records can move; None, which means all, when none is named."""
    if not records:
        return None
    return frozenset(guideline.code for guideline in ENTRIES if not set(records).isdisjoint(guideline.moved_by))


__all__ = [
    "CATALOGUE",
    "CATALOGUE_VERSION",
    "ENTRIES",
    "ESSENTIAL",
    "Audience",
    "Breach",
    "Citation",
    "Clearing",
    "Concern",
    "Guideline",
    "NextStep",
    "Parameter",
    "Threshold",
    "decided_with",
    "moved_by",
    "of_concern",
    "read_by",
]
