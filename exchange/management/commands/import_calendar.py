"""Bring a school's calendar in."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from exchange.calendars.apply import Applied, import_calendar
from exchange.calendars.events import Event
from exchange.calendars.reading import of_path, read_calendar
from exchange.reading import Refused
from people.models import School
from programs.calendars.words import plans_in_words


class Command(BaseCommand):
    help = (
        "Reads a school's calendar from iCalendar (.ics) or a table (.csv: date, until, kind or text): holidays, "
        "breaks, pedagogical days, first and last day of class. What it does not understand is said."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE.ics")
        parser.add_argument("--school", required=True, metavar="KEY", help="key of the school")
        parser.add_argument("--board", metavar="CODE", help="key of its board, when two schools have this key")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")

    def handle(self, *args: object, **options: Any) -> None:
        school = _school(options["school"], options["board"])
        try:
            events = read_calendar(of_path(options["file"]), ZoneInfo(school.board.time_zone))
            done = import_calendar(
                school=school, events=events, person=None, on=school.board.local_date(), dry_run=options["dry_run"]
            )
        except Refused as refused:
            raise CommandError(str(refused)) from None
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        for line in _told(done, dry_run=options["dry_run"]):
            self.stdout.write(line)


def _school(key: str, board: str | None) -> School:
    schools = School.objects.filter(key=key).select_related("board")
    found = list(schools.filter(board__key=board) if board else schools)
    if not found:
        raise CommandError(_("Aucune école n’a la clé «\u00a0%(key)s\u00a0».") % {"key": key})
    if len(found) > 1:
        raise CommandError(_("Plusieurs écoles ont cette clé\u00a0: ajoutez --board avec le code du centre."))
    return found[0]


def _told(done: Applied, *, dry_run: bool) -> Iterator[str]:
    if done.opened:
        words = _("Année %(label)s\u00a0: %(days)d jours ajoutés.")
        yield words % {"label": done.opened.label, "days": done.days}
    for event in done.understood:
        if event not in done.outside and event.kind:
            yield f"{_line(event)}\u00a0: {event.kind.label}"
    for event in done.outside:
        words = _("%(event)s\u00a0: hors des années scolaires de l’organisme, laissé de côté. Ouvrez d’abord l’année.")
        yield words % {"event": _line(event)}
    for event in done.unknown:
        yield _("%(event)s\u00a0: non reconnu, laissé de côté.") % {"event": _line(event)}
    if done.without_class:
        yield _("L’école n’a aucun jour de classe cette année-là\u00a0: ouvrez l’année avec new_school_year.")
    counts = {"days": done.changed.days, "understood": len(done.understood), "unknown": len(done.unknown)}
    yield (
        _("Jours changés\u00a0: %(days)d. Événements reconnus\u00a0: %(understood)d, non reconnus\u00a0: %(unknown)d.")
        % counts
    )
    yield from plans_in_words(done.changed) if done.changed.days else ()
    if dry_run:
        yield _("Essai seulement\u00a0: rien n’est écrit.")


def _line(event: Event) -> str:
    days = f"{event.first_on}" if event.first_on == event.last_on else f"{event.first_on} – {event.last_on}"
    return f"{days}, «\u00a0{event.text[:120]}\u00a0»"
