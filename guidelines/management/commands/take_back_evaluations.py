"""``take_back_evaluations [--board CODE] [--dry-run]``."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from guidelines.take_back import TakenBack, take_back
from people.models import SchoolBoard


class Command(BaseCommand):
    help = (
        "Reprend les évaluations datées après aujourd’hui et ce qu’elles ont fait, puis évalue aujourd’hui. Ce que des "
        "personnes ont décidé reste. Vérifiez d’abord l’horloge du serveur."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--board", metavar="CODE", help="clé d’un organisme, tous par défaut")
        parser.add_argument("--dry-run", action="store_true", help="n’écrit rien")

    def handle(self, *args: object, **options: Any) -> None:
        boards = SchoolBoard.objects.order_by("key")
        if options["board"]:
            boards = boards.filter(key=options["board"])
            if not boards:
                raise CommandError(
                    _("Aucun organisme n’a la clé «\u00a0%(key)s\u00a0». Vérifiez la clé, ou importez d’abord.")
                    % {"key": options["board"]}
                )
        for board in boards:
            today = board.local_date()
            with transaction.atomic():
                taken = take_back(board, today=today)
                transaction.set_rollback(options["dry_run"])
            self.stdout.write(_line(board, today, taken, dry_run=options["dry_run"]))


def _line(board: SchoolBoard, today: date, taken: TakenBack, *, dry_run: bool) -> str:
    said = {"board": board.key, "today": today}
    if taken.is_nothing:
        return _("%(board)s\u00a0: rien ne porte une date après le %(today)s") % said
    line = _(
        "%(board)s, le %(today)s\u00a0: évaluations reprises %(evaluations)d (%(days)s), événements %(events)d, "
        "points de vigilance retirés %(findings)d, notifications %(notifications)d, courriels %(messages)d, "
        "rencontres prévues %(meetings)d%(dry)s"
    )
    days = ", ".join(sorted({day.isoformat() for day in taken.days})) or "–"
    return line % {
        **said,
        "evaluations": len(taken.days),
        "days": days,
        "events": taken.events,
        "findings": taken.findings,
        "notifications": taken.notifications,
        "messages": taken.messages,
        "meetings": taken.meetings,
        "dry": _(", rien n’est écrit") if dry_run else "",
    }
