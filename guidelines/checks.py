"""System checks of the catalogue: no guideline twice, none without its source or its measure."""

from collections import Counter
from typing import Any

from django.core.checks import CheckMessage, Error, register

from guidelines.catalogue import ENTRIES
from guidelines.measures import MEASURES
from guidelines.models.flags import SUBJECTS


@register()
def catalogue_is_whole(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a duplicate code, a missing citation or next step, an unknown measure or subject."""
    codes = Counter(guideline.code for guideline in ENTRIES)
    errors: list[CheckMessage] = [
        Error(f"The guideline {code} is declared {count} times.", id="guidelines.E001")
        for code, count in codes.items()
        if count > 1
    ]
    for guideline in ENTRIES:
        for fault, holds in {
            "has no citation": not guideline.citation.section,
            "has no next step": not guideline.next_steps,
            "has no threshold": not guideline.thresholds,
            f"names an unknown measure {guideline.measure}": guideline.measure not in MEASURES,
            f"names an unknown subject {guideline.subject}": guideline.subject not in SUBJECTS,
        }.items():
            if holds:
                errors.append(Error(f"The guideline {guideline.code} {fault}.", id="guidelines.E002"))
    return errors
