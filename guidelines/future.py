"""Days that have not come for a board: nothing is written as of them, and what bears one is said aloud."""

import logging
from datetime import date

from django.utils.translation import gettext as _

from people.models import SchoolBoard

log = logging.getLogger(__name__)


class NotYet(Exception):
    """The day has not come for the board; the message says so to who asked."""


class Silenced(Exception):
    """An evaluation of a day to come keeps the others from being written; the message says how to go on."""


def check_has_come(board: SchoolBoard, on: date) -> None:
    """Refuse, with ``NotYet``, a day after the board's today: written, it would silence every day until then."""
    today = board.until_today(on)
    if today < on:
        sentence = _("%(board)s\u00a0: le %(day)s n’est pas encore arrivé, nous y sommes le %(today)s.")
        raise NotYet(sentence % {"board": board.key, "day": on, "today": today})


def silenced_by(board: SchoolBoard, last: date | None, on: date) -> date | None:
    """The last evaluated day when it is to come and keeps today's evaluation from being written: logged as an error.

    Either clock may have been wrong, then or now; a person says which (``take_back_evaluations``).
    """
    if last is None or not board.until_today(last) <= on < last:
        return None
    log.error("Board %s has an evaluation of %s, a day to come: nothing is written on %s.", board.key, last, on)
    return last


def how_to_go_on(board: SchoolBoard, day: date) -> str:
    """What silences the board, and the command that takes it back."""
    sentence = _(
        "%(board)s\u00a0: une évaluation porte la date du %(day)s, qui n’est pas encore arrivée. Rien ne s’écrit tant "
        "qu’elle est là. Vérifiez l’horloge du serveur, puis lancez take_back_evaluations --board %(board)s."
    )
    return sentence % {"board": board.key, "day": day}
