"""System checks of the catalogue: no guideline twice, none without source, measure, words or readers."""

from collections import Counter

from django.core.checks import CheckMessage, Error, register

from guidelines.catalogue import ENTRIES, Audience, Guideline
from guidelines.catalogue.sentence import Said, Sentence
from guidelines.measures import MEASURES
from guidelines.models.rights import SUBJECTS

OF_AUDIENCE = {Audience.TRAINERS: "mentor", Audience.LEADS: "group"}
"""The one kind of subject whose findings these may read."""


@register()
def catalogue_is_whole(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """Refuse a code declared twice, and an entry that is not whole."""
    codes = Counter(guideline.code for guideline in ENTRIES)
    return [
        *(
            Error(f"The guideline {code} is declared {count} times.", id="guidelines.E001")
            for code, count in codes.items()
            if count > 1
        ),
        *(
            Error(f"The guideline {guideline.code} {fault}.", id="guidelines.E002")
            for guideline in ENTRIES
            for fault in faults(guideline)
        ),
    ]


def faults(guideline: Guideline) -> list[str]:
    """What an entry lacks, or says of a kind of subject that it is not about."""
    subject = OF_AUDIENCE.get(guideline.audience, guideline.subject)
    found = {
        "has no citation": not guideline.citation.section,
        "has no next step": not guideline.next_steps,
        "has no threshold": not guideline.thresholds,
        "has no headline": not _says(guideline.headline),
        "does not say what was observed": not _says(guideline.observed),
        "is moved by nothing": not guideline.moved_by,
        f"is read by {guideline.audience}, who know no {guideline.subject}": guideline.subject != subject,
        f"sends a reminder to no {guideline.subject}": guideline.remindable and guideline.subject != "dyad",
        f"names an unknown measure {guideline.measure}": guideline.measure not in MEASURES,
        f"names an unknown subject {guideline.subject}": guideline.subject not in SUBJECTS,
    }
    return [fault for fault, holds in found.items() if holds]


def _says(said: Said) -> bool:
    return bool(said.words if isinstance(said, Sentence) else said)
