"""Bring an exchange bundle in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.bundle.importing import import_bundle
from exchange.reading import Refused, left_out


class Command(BaseCommand):
    help = "Reads an exchange bundle: all of it or nothing. Says what was tolerated; exit code 1 with every problem."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE.zip")
        parser.add_argument("--dry-run", action="store_true", help="do everything, then take it back")

    def handle(self, *args: object, **options: Any) -> None:
        try:
            imported = import_bundle(path=options["file"], dry_run=options["dry_run"])
        except Refused as refused:
            count = len(refused.problems) + refused.more
            said = ngettext(
                "%(count)s problème, rien n’est importé.", "%(count)s problèmes, rien n’est importé.", count
            )
            lines = [*map(str, refused.problems), *left_out(refused.more), said % {"count": count}]
            raise CommandError("\n".join(lines)) from None
        except DatabaseError as error:
            raise CommandError(
                _("La base de données a refusé l’importation\u00a0: %(cause)s") % {"cause": error}
            ) from error
        for tolerance in imported.tolerances:
            self.stderr.write(_("Toléré\u00a0: %(what)s") % {"what": tolerance})
        for name, tally in imported.items():
            line = _("%(file)s\u00a0: lignes créées %(created)s, mises à jour %(updated)s, inchangées %(unchanged)s")
            self.stdout.write(line % {"file": name, **vars(tally)})
        if imported and not any(tally.created or tally.updated for tally in imported.values()):
            self.stderr.write(_("Rien à changer\u00a0: tout ce que dit ce paquet est déjà inscrit."))
        if options["dry_run"]:
            self.stdout.write(_("Essai seulement\u00a0: rien n’est écrit."))
