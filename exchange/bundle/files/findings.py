"""What people decided of findings. The findings themselves are read from the facts again."""

from functools import partial

from django.db.models import Q

from exchange.bundle.checks import of_its_subject
from exchange.bundle.decided import DECIDED, last_decisions
from exchange.bundle.declaration import BundleFile, Column, Values, columns
from exchange.bundle.types import Choice, Day, Reference, Text
from guidelines.catalogue import CATALOGUE, CATALOGUE_VERSION
from guidelines.models import SUBJECTS, Flag, FlagEvent

REASONS = tuple(FlagEvent.Reason.values)


def cause_of(values: Values) -> str:
    code: str = values["guideline"]
    return CATALOGUE[code].cause or code


DECISIONS = BundleFile(
    "finding_decisions.csv",
    Flag,
    columns(
        Flag,
        f"guideline {' '.join(SUBJECTS)} decision on by reason_code reason until taken_by "
        "raised_on severity value threshold confidence",
        guideline=Choice(tuple(CATALOGUE)),
        decision=Column("decision", Choice(tuple(DECIDED)), "state", "state", required=True),
        on=Column("on", Day(), required=True, read=partial(last_decisions, "on")),
        by=Column("by", Reference(120, "people.csv"), read=partial(last_decisions, "person__key")),
        reason_code=Column("reason_code", Choice(REASONS), read=partial(last_decisions, "reason_code"), empty=str),
        reason=Column("reason", Text(), read=partial(last_decisions, "reason"), empty=str),
    ),
    identity=("board_id", "guideline", *(f"{kind}_id" for kind in SUBJECTS)),
    named_by=("guideline", *SUBJECTS),
    handle="",
    checks=(of_its_subject,),
    derived=(("cause", cause_of), ("catalogue_version", lambda _values: CATALOGUE_VERSION)),
    kept=Q(cleared_on__isnull=True, state__in=DECIDED),
    matched=Q(cleared_on__isnull=True),
    rules="finding_decisions",
)
"""Of findings that last and that somebody has in charge, put off or set aside: the decision that stands."""
