"""``backfill --from DATE --to DATE [--board CODE]``."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from guidelines.backfill import Refusal, backfill, days_left
from guidelines.management.days import iso_day
from people.models import SchoolBoard


class Command(BaseCommand):
    help = (
        "Évalue chaque lundi d’un historique importé, et le dernier jour, à leurs propres dates. Refusé où des "
        "évaluations courantes existent. Interrompu, il reprend où il en était."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="since", required=True, metavar="DATE", help="premier jour, date ISO")
        parser.add_argument("--to", dest="until", required=True, metavar="DATE", help="dernier jour, inclus")
        parser.add_argument("--board", metavar="CODE", help="clé d’un organisme, tous par défaut")

    def handle(self, *args: object, **options: Any) -> None:
        since, until = iso_day(options["since"]), iso_day(options["until"])
        if until < since:
            sentence = _("«\u00a0--to\u00a0» (%(until)s) précède «\u00a0--from\u00a0» (%(since)s).")
            raise CommandError(sentence % {"until": until, "since": since})
        boards = list(SchoolBoard.objects.order_by("key"))
        if options["board"]:
            boards = [board for board in boards if board.key == options["board"]]
            if not boards:
                raise CommandError(
                    _("Aucun organisme n’a la clé «\u00a0%(key)s\u00a0». Vérifiez la clé, ou importez d’abord.")
                    % {"key": options["board"]}
                )
        left, refused = {}, []
        for board in boards:
            try:
                left[board] = days_left(board, since=since, until=until, today=board.local_date())
            except Refusal as why:
                refused.append(f"{board.key}\u00a0: {why}")
        if refused:
            raise CommandError("\n".join([*refused, _("Rien n’est écrit.")]))
        for board, on in left.items():
            self._fill(board, on)

    def _fill(self, board: SchoolBoard, on: list[date]) -> None:
        """Evaluate the board's days, a line each; none left is said too."""
        if not on:
            self.stdout.write(_("%(board)s\u00a0: déjà fait, rien n’est écrit") % {"board": board.key})
        line = _(
            "%(board)s %(day)s (%(nth)d/%(all)d)\u00a0: %(found)d points de vigilance "
            "(%(raised)d nouveaux, %(cleared)d réglés)"
        )
        try:
            for nth, (day, run) in enumerate(backfill(board, on=on), start=1):
                said = {"board": board.key, "day": day, "nth": nth, "all": len(on), "found": len(run.findings)}
                self.stdout.write(line % {**said, "raised": run.raised, "cleared": run.cleared})
        except Refusal as why:
            raise CommandError(f"{board.key}\u00a0: {why}") from None
