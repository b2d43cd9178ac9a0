"""Findings with all that their words need: the subject, its people, its programme and school."""

from collections.abc import Sequence

from guidelines.models import Flag
from guidelines.models.flags import FlagQuerySet
from people.apart import tell_apart
from people.kept import kept_for
from people.models import User


def named(pks: Sequence[int], reader: User | None = None) -> dict[int, Flag]:
    """By key, those of these findings that there are, in no order, two people of one name told apart. One query.

    With a ``reader``, each says what they may decide about it (``with_deeds``).
    """

    def found(places: Sequence[int]) -> FlagQuerySet:
        flags = Flag.objects.with_subject().filter(pk__in=places)
        return flags.with_deeds(reader) if reader else flags

    rows = kept_for(pks, "findings to decide on" if reader else "named findings", found, reader)
    tell_apart(flag.subject for flag in rows)
    return {flag.pk: flag for flag in rows}
