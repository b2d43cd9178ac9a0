"""Open a school year from a terminal."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from people.models import School, SchoolBoard
from programs.actions.years import open_school_year


def iso_date(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise CommandError(
            _("«\u00a0%(value)s\u00a0» n’est pas une date\u00a0: écrivez AAAA-MM-JJ.") % {"value": value}
        ) from error


class Command(BaseCommand):
    help = "Open a school year: Monday to Friday are class days, but for statutory days. Known days stay as they are."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--board", required=True, metavar="CODE", help="key of the board")
        parser.add_argument("--school", metavar="KEY", help="key of one school; every school of the board without it")
        parser.add_argument("--label", required=True, help="name of the year, such as 2027-2028")
        parser.add_argument("--from", required=True, type=iso_date, dest="first_on", help="first day of class")
        parser.add_argument("--to", required=True, type=iso_date, dest="last_on", help="last day of class, included")

    def handle(self, *args: object, **options: Any) -> None:
        board = SchoolBoard.objects.filter(key=options["board"]).first()
        if board is None:
            raise CommandError(_("Aucun organisme n’a la clé «\u00a0%(key)s\u00a0».") % {"key": options["board"]})
        schools = School.objects.filter(board=board)
        if options["school"]:
            schools = schools.filter(key=options["school"])
        if not schools:
            raise CommandError(_("Aucune école\u00a0: importez d’abord les écoles, ou vérifiez la clé donnée."))
        names = ("label", "first_on", "last_on")
        try:
            year, days = open_school_year(
                board=board,
                schools=schools,
                person=None,
                on=board.local_date(),
                **{name: options[name] for name in names},
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        words = _("Année %(label)s\u00a0: %(days)d jours ajoutés dans %(schools)d écoles.")
        self.stdout.write(words % {"label": year.label, "days": days, "schools": len(schools)})
