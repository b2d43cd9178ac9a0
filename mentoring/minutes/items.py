"""The questions: ours, declared here, and those of a board."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from mentoring.models import MinuteItem
from mentoring.models.minutes import Audience
from people.models import SchoolBoard

MOST_AT_ONCE = 6
"""What one screen of a phone holds."""


@dataclass(frozen=True)
class Item:
    """A question: ``code`` names it in the counts."""

    code: str
    audience: str
    words: Any
    """A text, in the language of the moment."""
    is_ours: bool = True
    is_asked: bool = True


OURS = (
    Item("heard", Audience.STUDENT, _("Mon mentor ou ma mentore m’écoute vraiment.")),
    Item("chose", Audience.STUDENT, _("J’ai mon mot à dire sur ce qu’on fait ensemble.")),
    Item("enjoyed", Audience.STUDENT, _("J’aime nos rencontres.")),
    Item("would_go_on", Audience.STUDENT, _("J’ai envie que ça continue.")),
    Item("at_ease", Audience.MENTOR, _("Je suis à l’aise dans cette relation.")),
    Item("supported", Audience.MENTOR, _("Je reçois le soutien dont j’ai besoin.")),
)


def items_of(board: SchoolBoard, *, on: date) -> list[Item]:
    """Every question of a board, ours first; each says whether it is asked on that day. One query."""
    rows = list(MinuteItem.objects.filter(board=board))
    left_out = {row.code for row in rows if row.code and is_left_out(row, on)}
    ours = [Item(one.code, one.audience, one.words, is_asked=one.code not in left_out) for one in OURS]
    own = [
        Item(row.key, row.audience, str(row), is_ours=False, is_asked=not is_left_out(row, on))
        for row in rows
        if not row.code
    ]
    return ours + own


def is_left_out(row: MinuteItem, on: date) -> bool:
    return row.ends_on is not None and row.ends_on <= on


def asked(items: Iterable[Item], audience: str) -> list[Item]:
    return [item for item in items if item.is_asked and item.audience == audience]
