"""Open a school year from a terminal."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from people.models import School, SchoolBoard
from programs.actions.terms import Span
from programs.actions.years import open_school_year
from programs.calendars.spans import DaySpan, marks_of
from programs.models import SchoolDay


def iso_date(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise CommandError(
            _("«\u00a0%(value)s\u00a0» n’est pas une date\u00a0: écrivez AAAA-MM-JJ.") % {"value": value}
        ) from error


NO_CLASS = (SchoolDay.Kind.HOLIDAY, SchoolDay.Kind.PEDAGOGICAL)


def days_told(value: str, kind: SchoolDay.Kind) -> DaySpan:
    first, _mark, last = value.partition(":")
    span = DaySpan(iso_date(first), iso_date(last or first), kind)
    if span.last_on < span.first_on:
        raise CommandError(_("«\u00a0%(value)s\u00a0»\u00a0: le dernier jour précède le premier.") % {"value": value})
    return span


def term_told(value: str) -> Span:
    parts = value.rsplit(":", 2)
    if len(parts) < 3 or not parts[0].strip():
        words = _("«\u00a0%(value)s\u00a0» n’est pas une étape\u00a0: écrivez NOM:AAAA-MM-JJ:AAAA-MM-JJ.")
        raise CommandError(words % {"value": value})
    return Span(parts[0].strip(), iso_date(parts[1]), iso_date(parts[2]))


class Command(BaseCommand):
    help = "Open a school year: Monday to Friday are class days, but for statutory days. Known days stay as they are."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--board", required=True, metavar="CODE", help="key of the board")
        parser.add_argument("--school", metavar="KEY", help="key of one school; every school of the board without it")
        parser.add_argument("--label", required=True, help="name of the year, such as 2027-2028")
        parser.add_argument("--from", required=True, type=iso_date, dest="first_on", help="first day of class")
        parser.add_argument("--to", required=True, type=iso_date, dest="last_on", help="last day of class, included")

        for kind in NO_CLASS:
            told = f"{kind} days, both included; may be given again"
            parser.add_argument(f"--{kind}", action="append", default=[], metavar="DATE[:DATE]", help=told)
        parser.add_argument(
            "--term", action="append", default=[], metavar="NAME:DATE:DATE", help="a term, both days included"
        )

    def handle(self, *args: object, **options: Any) -> None:
        board = SchoolBoard.objects.filter(key=options["board"]).first()
        if board is None:
            raise CommandError(_("Aucun organisme n’a la clé «\u00a0%(key)s\u00a0».") % {"key": options["board"]})
        schools = School.objects.filter(board=board)
        if options["school"]:
            schools = schools.filter(key=options["school"])
        if not schools:
            raise CommandError(_("Aucune école\u00a0: importez d’abord les écoles, ou vérifiez la clé donnée."))
        marks = marks_of(days_told(value, kind) for kind in NO_CLASS for value in options[str(kind)])
        terms = [term_told(value) for value in options["term"]]
        given = {name: options[name] for name in ("label", "first_on", "last_on")}
        on = board.local_date()
        try:
            year, days = open_school_year(
                board=board, schools=schools, person=None, on=on, marks=marks, terms=terms, **given
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        words = _("Année %(label)s\u00a0: %(days)d jours ajoutés dans %(schools)d écoles.")
        self.stdout.write(words % {"label": year.label, "days": days, "schools": len(schools)})
