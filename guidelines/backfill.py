"""An imported history held against the guidelines week after week, each time as on its own day."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Max, Min
from django.utils.translation import gettext as _

from guidelines.evaluation import DECISIONS, Run, evaluate_board
from guidelines.models import Evaluation, FlagEvent
from people.models import SchoolBoard


class Refusal(Exception):
    """Why a board's history can't be filled in, as a sentence for who asked."""


def days(since: date, until: date) -> list[date]:
    """The Mondays (the day of the digest) from one day to another, and the last of them all, both included."""
    first = since + timedelta(days=-since.weekday() % 7)
    mondays = [first + timedelta(weeks=n) for n in range(((until - first).days // 7) + 1)]
    return sorted({*mondays, until})


def days_left(board: SchoolBoard, *, since: date, until: date, today: date) -> list[date]:
    """The days that are still to evaluate, oldest first; none when all is done. Three queries.

    ``today`` is the board's own. Raises ``Refusal`` where live evaluations exist: their findings have begun, and a past
    can't be put before them.
    """
    wanted = days(since, until)
    if until > today:
        sentence = _("%(day)s n’est pas encore passé. Donnez un dernier jour (--to) au plus tard aujourd’hui.")
        raise Refusal(sentence % {"day": until})
    if (live := Evaluation.objects.filter(board=board, backfilled=False).order_by("on").first()) is not None:
        sentence = _("des évaluations courantes existent depuis le %(day)s, l’historique ne peut plus être rempli.")
        raise Refusal(sentence % {"day": live.on})
    done = Evaluation.objects.filter(board=board).aggregate(first=Min("on"), last=Max("on"))
    in_use = FlagEvent.objects.filter(flag__board=board, on__gt=done["last"] or date.min)
    if in_use.exclude(flag__state__in=DECISIONS).exists():  # what was decided elsewhere came with the history
        raise Refusal(
            _("des points de vigilance ont déjà été relevés à l’usage, l’historique ne peut plus être rempli.")
        )
    if done["first"] is not None and wanted[0] < done["first"]:
        sentence = _(
            "l’historique est déjà rempli à partir du %(day)s, ce qui précède ne peut plus l’être. "
            "Donnez un premier jour (--from) à partir de cette date."
        )
        raise Refusal(sentence % {"day": done["first"]})
    return [day for day in wanted if done["last"] is None or day > done["last"]]


def backfill(board: SchoolBoard, *, on: list[date]) -> Iterator[tuple[date, Run]]:
    """Evaluate and write each of these days in its own transaction; cut short, ``days_left`` says where to go on."""
    for day in on:
        run = evaluate_board(board, on=day, backfilled=True)
        if not run.written:
            raise Refusal(_("une évaluation plus récente que le %(day)s a eu lieu entre-temps.") % {"day": day})
        yield day, run
