"""``createboard CODE --name NAME …``: the first board, its school, its year."""

from typing import Any
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from people.management.migrated import MigratedCommand
from people.models import School, SchoolBoard
from programs.actions.years import open_school_year
from programs.management.commands.new_school_year import iso_date

LONGEST_KEY = 120


class Command(MigratedCommand):
    help = (
        "Crée un organisme et, au besoin, une école et une année scolaire. Ce qui existe déjà reste comme il est. "
        "Ensuite : createuser, pour la première personne."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("key", metavar="CODE", help="clé de l’organisme, courte et stable, comme css-rives")
        parser.add_argument("--name", help="nom de l’organisme, demandé la première fois")
        parser.add_argument("--kind", default=SchoolBoard.Kind.CSS, help=", ".join(SchoolBoard.Kind.values))
        parser.add_argument("--language", default=SchoolBoard.Language.FRENCH, help="fr ou en")
        parser.add_argument("--time-zone", default="America/Toronto", metavar="ZONE")
        parser.add_argument("--school", metavar="CLÉ", help="clé d’une école à créer")
        parser.add_argument("--school-name", metavar="NOM", help="son nom")
        parser.add_argument("--year", metavar="NOM", help="année scolaire à ouvrir, comme 2026-2027")
        parser.add_argument("--from", type=iso_date, dest="first_on", metavar="DATE", help="premier jour de classe")
        parser.add_argument(
            "--to", type=iso_date, dest="last_on", metavar="DATE", help="dernier jour de classe, inclus"
        )

    @transaction.atomic
    def handle(self, *args: object, **options: Any) -> None:
        _check(options)
        board = self._board(options)
        if options["school"]:
            self._school(board, options)
        if options["year"]:
            self._year(board, options)

    def _board(self, options: dict[str, Any]) -> SchoolBoard:
        board = SchoolBoard.objects.filter(key=options["key"]).first()
        if board is not None:
            self.stdout.write(_("L’organisme «\u00a0%(name)s\u00a0» existe déjà.") % {"name": board.name})
            return board
        if not options["name"]:
            raise CommandError(_("Donnez le nom de l’organisme, avec --name."))
        names = ("key", "name", "kind", "language", "time_zone")
        board = SchoolBoard.objects.create(**{name: options[name] for name in names})
        self.stdout.write(_("L’organisme «\u00a0%(name)s\u00a0» est créé.") % {"name": board.name})
        return board

    def _school(self, board: SchoolBoard, options: dict[str, Any]) -> None:
        school = School.objects.filter(board=board, key=options["school"]).first()
        if school is not None:
            self.stdout.write(_("L’école «\u00a0%(name)s\u00a0» existe déjà.") % {"name": school.name})
            return
        if not options["school_name"]:
            raise CommandError(_("Donnez le nom de l’école, avec --school-name."))
        school = School.objects.create(board=board, key=options["school"], name=options["school_name"])
        self.stdout.write(_("L’école «\u00a0%(name)s\u00a0» est créée.") % {"name": school.name})

    def _year(self, board: SchoolBoard, options: dict[str, Any]) -> None:
        schools = list(School.objects.filter(board=board))
        if not schools:
            raise CommandError(_("Aucune école dont ouvrir l’année\u00a0: ajoutez --school et --school-name."))
        asked = {name: options[name] for name in ("first_on", "last_on")} | {"label": options["year"], "person": None}
        try:
            year, added = open_school_year(board=board, schools=schools, on=board.local_date(), **asked)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        words = _("Année %(label)s\u00a0: %(days)d jours ajoutés.")
        self.stdout.write(words % {"label": year.label, "days": added})


def _check(options: dict[str, Any]) -> None:
    """Refuse what is no kind, no language, no zone, too long, or a year without its days."""
    for name, known in (("kind", SchoolBoard.Kind.values), ("language", SchoolBoard.Language.values)):
        if options[name] not in known:
            said = {"value": options[name], "option": name, "known": ", ".join(known)}
            raise CommandError(_("«\u00a0%(value)s\u00a0» ne convient pas à --%(option)s\u00a0: %(known)s.") % said)
    if options["time_zone"] not in available_timezones():
        words = _("Le fuseau «\u00a0%(zone)s\u00a0» n’existe pas\u00a0: écrivez-le comme America/Toronto.")
        raise CommandError(words % {"zone": options["time_zone"]})
    for name in ("key", "school", "name", "school_name"):
        if len(options[name] or "") > LONGEST_KEY:
            raise CommandError(_("«\u00a0%(value)s…\u00a0» est trop long.") % {"value": options[name][:40]})
    if options["year"] and not (options["first_on"] and options["last_on"]):
        raise CommandError(_("Donnez le premier et le dernier jour de l’année, avec --from et --to."))
