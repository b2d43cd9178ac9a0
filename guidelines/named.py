"""Findings with all that their words need: the subject, its people, its programme and school."""

from collections.abc import Sequence

from guidelines.models import Flag
from people.apart import tell_apart
from people.kept import kept_for


def named(pks: Sequence[int]) -> dict[int, Flag]:
    """By key, those of these findings that there are, in no order, two people of one name told apart. One query."""
    rows = kept_for(pks, "named findings", lambda places: Flag.objects.with_subject().filter(pk__in=places))
    tell_apart(flag.subject for flag in rows)
    return {flag.pk: flag for flag in rows}
