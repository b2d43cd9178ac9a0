"""Read the calendar that a centre publishes into the form of a year: nothing is written before it is looked at."""

import io
from datetime import date
from functools import partial
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from exchange.calendars.apply import edges, understood
from exchange.calendars.events import Event
from exchange.calendars.reading import LARGEST, read_calendar
from exchange.reading import Member, Refused
from people.models import School
from people.requests import PersonRequest
from programs.calendars.spans import DaySpan, Pattern, year_told_by
from programs.calendars.year_forms import YearForm, first_shown
from programs.models import SchoolDay
from programs.views.calendar import managed_school
from programs.views.years import next_label, year_page

SPARE = (SchoolDay.Kind.HOLIDAY, SchoolDay.Kind.PEDAGOGICAL)


@require_POST
def calendar_file(request: PersonRequest) -> HttpResponse:
    """Show what a file says, line by line, each to correct or to leave out; the page then opens the year."""
    school, on = managed_school(request), request.user.local_date()
    file = request.FILES.get("file")
    label = next_label(school, on)
    try:
        events = _read(file, school) if isinstance(file, UploadedFile) else []
    except Refused as refused:
        return _again(request, school, label, " ".join(map(str, refused.problems[:5])))
    if file is None:
        return _again(request, school, label, _("Choisissez un fichier .ics ou .csv de 5 Mo au plus."))
    if not events:
        return _again(request, school, label, _("Aucun événement n’est lu dans ce fichier."))
    pattern = _pattern(school, label, events)
    form = YearForm(initial=first_shown(label, pattern, spare=SPARE))
    return year_page(request, school, form, said=_said(events))


def _read(file: UploadedFile, school: School) -> list[Event]:
    content = file.read(LARGEST + 1)
    member = Member((file.name or "")[:120], partial(io.BytesIO, content))
    return read_calendar(member, ZoneInfo(school.board.time_zone))


def _again(request: PersonRequest, school: School, label: str, words: str) -> HttpResponse:
    return year_page(request, school, YearForm(initial=first_shown(label)), refused=words)


def _pattern(school: School, label: str, events: list[Event]) -> Pattern:
    """The year that the file tells, or the one that the school has already where its events fall; then its events."""
    span = edges([event for event in events if understood(event)])
    rows = [event for event in events if not (span and event.edge)]
    spans = [DaySpan(row.first_on, row.last_on, row.kind if understood(row) else None, row.text[:200]) for row in rows]
    if span:
        return Pattern(_label(span[0]), *span, spans)
    return year_told_by(school, [row.first_on for row in rows], label, spans)


def _label(first_on: date) -> str:
    return f"{first_on.year}-{first_on.year + 1}"


def _said(events: list[Event]) -> str:
    known = sum(map(understood, events))
    words = ngettext(
        "%(count)d événement lu, dont %(known)d reconnu.",
        "%(count)d événements lus, dont %(known)d reconnus.",
        len(events),
    )
    check = _("Vérifiez chaque ligne, puis ouvrez l’année\u00a0: ce qui n’est pas reconnu est laissé de côté.")
    return f"{words % {'count': len(events), 'known': known}} {check}"
