"""Take a board out as an exchange bundle."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils.translation import gettext as _

from exchange.bundle.writer import export_bundle
from exchange.reading import Refused
from people.models import SchoolBoard


class Command(BaseCommand):
    help = "Writes everything that a board has recorded as an exchange bundle: the same facts give the same bytes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE.zip")
        parser.add_argument("--board", required=True, metavar="CODE", help="the board's key")

    def handle(self, *args: object, **options: Any) -> None:
        try:
            board = SchoolBoard.objects.get(key=options["board"])
            counts, doubles = export_bundle(board=board, path=options["file"])
        except SchoolBoard.DoesNotExist:
            known = ", ".join(SchoolBoard.objects.order_by("key").values_list("key", flat=True)) or "–"
            sentence = _("Aucun organisme n’a la clé «\u00a0%(key)s\u00a0». Clés connues\u00a0: %(known)s.")
            raise CommandError(sentence % {"key": options["board"], "known": known}) from None
        except Refused as refused:
            raise CommandError(str(refused)) from None
        except DatabaseError as error:
            raise CommandError(_("La base de données ne répond pas\u00a0: %(cause)s") % {"cause": error}) from error
        for double in doubles:
            self.stderr.write(_("Laissé de côté\u00a0: %(what)s") % {"what": double})
        for name, count in counts.items():
            self.stdout.write(_("%(file)s\u00a0: lignes écrites %(count)s") % {"file": name, "count": count})
