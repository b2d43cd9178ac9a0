"""``generate --size school|board|province [--years N] [--seed N] [--on DATE]``."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _

from accompagnement.synthetic.generate import generate, present
from accompagnement.synthetic.shape import SIZES

MOST_YEARS = 20


class Command(BaseCommand):
    help = "Writes synthetic boards with the shape of a school, a board or the province. Nobody can sign in there."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--size", required=True, choices=SIZES)
        parser.add_argument("--years", type=int, default=5, help="school years, the current one included (default: 5)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same rows (default: 1)")
        parser.add_argument("--on", help="the day, late in the current year (default: today)")

    def handle(self, *args: object, **options: Any) -> None:
        if not 1 <= options["years"] <= MOST_YEARS:
            raise CommandError(_("Le nombre d’années va de 1 à %(most)d.") % {"most": MOST_YEARS})
        on = self.day(options["on"])
        if boards := present():
            sentence = _(
                "Des organismes synthétiques sont déjà là (%(keys)s)\u00a0: choisissez une base qui n’en a pas."
            )
            keys = ", ".join(boards[:3]) + ("…" if len(boards) > 3 else "")
            raise CommandError(sentence % {"keys": keys})
        said = self.stderr.write if options["verbosity"] > 1 else None
        try:
            counts = generate(SIZES[options["size"]], on=on, years=options["years"], seed=options["seed"], said=said)
        except DatabaseError as error:
            raise CommandError(
                _("La base de données a refusé les lignes\u00a0: %(cause)s") % {"cause": error}
            ) from error
        for table, count in counts.items():
            self.stdout.write(f"{table:<32}{count:>12,}")

    def day(self, text: str | None) -> date:
        try:
            return timezone.localdate() if text is None else date.fromisoformat(text)
        except ValueError:
            raise CommandError(
                _("«\u00a0%(text)s\u00a0» n’est pas une date. Écrivez-la comme 2026-11-23.") % {"text": text}
            ) from None
