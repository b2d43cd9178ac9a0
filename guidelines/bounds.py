"""What numbers of a guideline make no sense together: a bound that nothing reaches, or that is reached too early."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import pairwise

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from guidelines.catalogue import Breach, Guideline, Threshold
from guidelines.models import GuidelineSetting
from guidelines.numbers import Key, Numbers

DESCENDING = (Breach.BELOW, Breach.AT_MOST)
Worth = Callable[[str], int]
"""What each number of the guideline is worth in one place."""


@dataclass(frozen=True)
class Refusal:
    """Why numbers are refused: ``names``, the one at fault first, then the one that it disagrees with."""

    names: tuple[str, ...]
    sentence: str
    program_id: int | None = None


def refusals(guideline: Guideline, worth: Worth) -> Iterator[Refusal]:
    """What is wrong with the numbers of one place."""
    for parameter in guideline.parameters:
        if worth(parameter.name) < parameter.fewest:
            sentence = _("Rien ne se relèverait jamais\u00a0: «\u00a0%(words)s\u00a0» demande %(fewest)s ou plus.") % {
                "words": parameter.words,
                "fewest": parameter.fewest,
            }
            yield Refusal((parameter.name,), sentence)
    bounded = [threshold for threshold in guideline.thresholds if threshold.bound is not None]
    for threshold in bounded:
        yield from _unreached(guideline, threshold, worth)
    for severe, mild in pairwise(threshold for threshold in bounded if not threshold.name):
        if severe.column == mild.column and severe.breach is mild.breach:
            yield from _crossed(severe, mild, worth)


def _unreached(guideline: Guideline, threshold: Threshold, worth: Worth) -> Iterator[Refusal]:
    """A bound that no value breaches: the guideline would be off, unseen."""
    window = threshold.within if isinstance(threshold.within, str) else ""
    fixed = threshold.within if isinstance(threshold.within, int) else 100 if guideline.is_per_cent else None
    most = worth(window) if window else fixed
    bound = worth(threshold.key)
    if threshold.may_breach(bound, most):
        return
    never = _("«\u00a0%(words)s\u00a0» ne se relèverait jamais") % {"words": threshold.in_words(bound)}
    if window:
        words = next(parameter.words for parameter in guideline.parameters if parameter.name == window)
        why = _("on n’en regarde que %(most)s. Écrivez %(most)s ou moins, ou augmentez «\u00a0%(window)s\u00a0».")
        said = why % {"most": most, "window": words}
    elif most is not None and threshold.breach not in DESCENDING:
        highest = most - (threshold.breach is Breach.ABOVE)
        said = _("il n’y en a jamais plus de %(most)s. Écrivez %(highest)s ou moins.") % {
            "most": most,
            "highest": highest,
        }
    else:
        said = _("écrivez 1 ou plus.")
    yield Refusal((threshold.key, *([window] if window else [])), f"{never}\u00a0: {said}")


def _crossed(severe: Threshold, mild: Threshold, worth: Worth) -> Iterator[Refusal]:
    """A more severe bound must not be easier to breach than a less severe one of the same column."""
    its, other = worth(severe.key), worth(mild.key)
    if its > other if severe.breach in DESCENDING else its < other:
        sentence = _(
            "«\u00a0%(severe)s\u00a0» ne peut pas être atteint avant «\u00a0%(mild)s\u00a0»\u00a0: "
            "changez l’un des deux."
        )
        words = {"severe": severe.severity.label, "mild": mild.severity.label}
        yield Refusal((severe.key, mild.key), sentence % words)


def refused_from(
    board_id: int,
    guideline: Guideline,
    since: date,
    wanted: Mapping[tuple[str, int | None], int | None] | None = None,
    without: "QuerySet[GuidelineSetting] | None" = None,
) -> list[Refusal]:
    """What would be wrong from a day on, once what is ``wanted`` from then is set; and until when each row says.

    ``without`` these rows, as if they had not been set.

    Looks at the whole board and at every programme with numbers of its own, on that day and on each later one from
    which a number changes. One query.
    """
    settings = GuidelineSetting.objects.filter(board=board_id, guideline=guideline.code).order_by("starts_on", "pk")
    if without is not None:
        settings = settings.exclude(pk__in=without.values("pk"))
    rows: list[tuple[date, str, int | None, int | None]] = [
        (one.starts_on, one.name, one.program_id, one.value) for one in settings
    ]
    rows += [(since, name, program, value) for (name, program), value in (wanted or {}).items()]
    rows.sort(key=lambda row: row[0])
    found: dict[Refusal, None] = {}
    for day in sorted({since} | {row[0] for row in rows if row[0] > since}):
        last: dict[Key, int | None] = {(guideline.code, row[1], row[2]): row[3] for row in rows if row[0] <= day}
        numbers = Numbers({key: value for key, value in last.items() if value is not None})
        for place in {None, *(program for _code, _name, program in numbers.changed)}:
            for refusal in refusals(guideline, partial(numbers.value, guideline.code, program_id=place)):
                found[Refusal(refusal.names, refusal.sentence, place)] = None
    return list(found)
