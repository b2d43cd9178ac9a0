"""A calendar that somebody sent, whatever its form: iCalendar, or a table."""

from functools import partial
from pathlib import Path
from typing import BinaryIO
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from exchange.calendars.events import Event
from exchange.calendars.ics import read_ics
from exchange.calendars.table import read_table
from exchange.reading import MEGABYTE, Member, cause, refuse

LARGEST = 5 * MEGABYTE


def read_calendar(member: Member, zone: ZoneInfo) -> list[Event]:
    """Its events, those not understood too. Raises ``Refused`` for a file that can't be read, or is far too large."""
    with member.open() as stream:
        head = stream.read(LARGEST + 1)
    if len(head) > LARGEST:
        raise refuse(member.name, _("le fichier dépasse %(size)s Mo.") % {"size": LARGEST // MEGABYTE})
    if not head.strip():
        raise refuse(member.name, _("le fichier est vide."))
    if head.startswith((b"PK", b"%PDF", b"\xd0\xcf")):
        raise refuse(member.name, _("un calendrier se lit en .ics ou en .csv\u00a0: exportez-le ainsi."))
    is_ics = b"BEGIN:VCALENDAR" in head[:4096].upper().replace(b"\0", b"")
    return read_ics(member, zone) if is_ics or member.name.lower().endswith(".ics") else read_table(member)


def of_path(path: str) -> Member:
    """A file of this machine."""
    file = Path(path)
    if not file.is_file():
        raise refuse(file.name, _("ce fichier n’existe pas."))
    return Member(file.name, partial(_opened, file))


def _opened(file: Path) -> BinaryIO:
    try:
        return file.open("rb")
    except OSError as error:
        words = _("ce fichier ne peut pas être lu\u00a0: %(cause)s.")
        raise refuse(file.name, words % {"cause": cause(error)}) from error
