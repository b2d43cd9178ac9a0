"""The days of a calendar in a table: a date, perhaps until another, and their words."""

from django.utils.translation import gettext as _

from exchange.calendars.events import Event
from exchange.days import NoDay, read_day
from exchange.lines import Bounds
from exchange.reading import Member, Problem, Refused, refuse
from exchange.tables import open_table
from people.text import plain

BOUNDS = Bounds(columns=64, rows=5_000, cell=2_000, row=20_000)
FROM = ("date", "debut", "du", "de", "jour", "date debut", "date de debut", "start date", "first_on")
UNTIL = ("until", "fin", "au", "a", "jusqu'au", "date fin", "date de fin", "end date", "last_on")
KIND = ("kind", "nature", "type", "categorie")
TEXT = ("text", "texte", "description", "evenement", "titre", "sujet", "subject", "summary", "nom")
COLUMNS = {"from": FROM, "until": UNTIL, "kind": KIND, "text": TEXT}


def read_table(member: Member) -> list[Event]:
    """Every row; the last day is included. Raises ``Refused`` with all that is wrong, row and column."""
    table = open_table(member, BOUNDS)
    names = [" ".join(plain(name).replace("_", " ").split()) for name in table.header]
    place = {what: _place(names, known) for what, known in COLUMNS.items()}
    if place["from"] is None or (place["kind"] is None and place["text"] is None):
        words = _(
            "il faut une colonne «\u00a0date\u00a0» et une colonne «\u00a0nature\u00a0» ou «\u00a0texte\u00a0»; "
            "la colonne «\u00a0au\u00a0» est facultative. Colonnes lues\u00a0: %(columns)s."
        )
        raise refuse(member.name, words % {"columns": ", ".join(table.header)[:300]}, table.header_row)
    events: list[Event] = []
    problems: list[Problem] = []
    for number, cells in table.rows:
        said = {what: cells[at].strip() if at is not None and at < len(cells) else "" for what, at in place.items()}
        try:
            first = read_day(said["from"])[0]
            last = read_day(said["until"])[0] if said["until"] else first
        except NoDay as error:
            column = table.header[place["from"]]
            shown = said["until"] if said["from"] and said["until"] else said["from"]
            problems.append(Problem(member.name, number, column, f"«\u00a0{shown[:60]}\u00a0» {error}"))
            continue
        if last < first:
            problems.append(Problem(member.name, number, "", _("le dernier jour précède le premier.")))
            continue
        events.append(Event.told(first, last, said["text"], said["kind"]))
    if problems:
        raise Refused(*problems[:50], more=max(len(problems) - 50, 0))
    return events


def _place(names: list[str], known: tuple[str, ...]) -> int | None:
    return next((names.index(name) for name in known if name in names), None)
