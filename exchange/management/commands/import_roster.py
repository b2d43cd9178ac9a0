"""Bring in the people of another system."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from exchange.reading import Refused, left_out
from exchange.rosters.apply import KINDS, Outcome, apply_roster
from exchange.rosters.detect import read_roster
from exchange.rosters.records import Dangling, Note, Notes, Roster
from exchange.scratch import Scratch
from people.models import SchoolBoard


class Command(BaseCommand):
    help = "Import a roster: a OneRoster 1.0 to 1.2 zip, or a School Data Sync 1 or 2.1 folder or zip. All or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the zip, or the School Data Sync folder")
        parser.add_argument("--board", required=True, metavar="CODE", help="key of the board; created when unknown")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: object, **options: Any) -> None:
        try:
            with Scratch() as scratch:
                self.run(Notes(scratch), scratch, options)
        except Refused as refused:
            raise CommandError(str(refused)) from None

    def run(self, notes: Notes, scratch: Scratch, options: dict[str, Any]) -> None:
        roster, outcome = Roster("", scratch), Outcome(options["board"].strip())
        try:
            if not 0 < len(outcome.board) <= 120:
                raise CommandError(_("Le code du centre doit compter de 1 à 120 caractères."))
            roster = read_roster(options["file"], notes, scratch)
            if not notes.errors:
                known = SchoolBoard.objects.filter(key=outcome.board).first() or SchoolBoard()
                on = known.local_date()
                outcome = apply_roster(
                    roster=roster, board_key=outcome.board, on=on, notes=notes, dry_run=options["dry_run"]
                )
        except Refused as refused:
            notes.refuse_all(refused)
        if options["json"]:
            for piece in self.as_json(roster, outcome, notes, options):
                self.stdout.write(piece, ending="")
        else:
            self.tell(roster, outcome, notes, options)
        if notes.errors:
            sentence = _("Rien n’est importé\u00a0: %(count)d erreurs à corriger dans le fichier.")
            if len(notes.errors) == 1:
                sentence = _("Rien n’est importé\u00a0: une erreur à corriger dans le fichier.")
            raise CommandError(sentence % {"count": len(notes.errors) + notes.more_errors})

    def as_json(self, roster: Roster, outcome: Outcome, notes: Notes, options: dict[str, Any]) -> Iterator[str]:
        """One object, piece by piece: there may be a note for every row."""
        told = {
            "ok": not notes.errors,
            "format": roster.format,
            "board": outcome.board,
            "dry_run": options["dry_run"],
            "counts": {} if notes.errors else {k: asdict(c) for k, c in outcome.counts.by_kind.items()},
            "more_errors": notes.more_errors,
        }
        yield json.dumps(told, ensure_ascii=False)[:-1]
        said: dict[str, Iterable[Note | Dangling]] = {
            "tolerances": notes.tolerances,
            "dangling": notes.dangling,
            "errors": notes.errors,
        }
        for name, items in said.items():
            yield f', "{name}": ['
            for place, item in enumerate(items):
                yield ", " * bool(place) + json.dumps(item.as_json(), ensure_ascii=False)
            yield "]"
        yield "}\n"

    def tell(self, roster: Roster, outcome: Outcome, notes: Notes, options: dict[str, Any]) -> None:
        """The same, in sentences."""
        for title, items in (
            (_("Tolérances"), notes.tolerances),
            (_("Références qui ne mènent nulle part"), notes.dangling),
        ):
            if items:
                self.stdout.write(_("%(title)s\u00a0: %(count)d") % {"title": title, "count": len(items)})
                for item in items:
                    self.stdout.write(f"  {item}")
        for error in notes.errors:
            self.stderr.write(str(error))
        for line in left_out(notes.more_errors):
            self.stderr.write(line)
        if notes.errors:
            return
        words = _(
            "%(name)s\u00a0: créations %(created)d, mises à jour %(updated)d, inchangés %(unchanged)d, fins %(ended)d"
        )
        for kind, count in outcome.counts.by_kind.items():
            self.stdout.write(words % {"name": KINDS[kind], **asdict(count)})
        done = _("%(format)s lu; rien n’est écrit (essai).") if options["dry_run"] else _("%(format)s importé.")
        self.stdout.write(done % {"format": roster.format})
