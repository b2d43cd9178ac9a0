"""Findings with all that their words need: the subject, its people, its programme and school."""

from collections.abc import Sequence

from guidelines.models import Flag
from people.kept import kept_for


def named(pks: Sequence[int]) -> dict[int, Flag]:
    """By key, those of these findings that there are, in no order. One query."""
    rows = kept_for(pks, "named findings", lambda places: Flag.objects.with_subject().filter(pk__in=places))
    return {flag.pk: flag for flag in rows}
