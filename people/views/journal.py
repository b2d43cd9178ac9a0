"""« Journal »: who read, wrote, imported and exported, about whom and why."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from people import audit
from people.audit_verbs import JOURNAL_EXPORTED
from people.models import User
from people.models.privacy import READERS
from people.privacy.forms import JournalForm
from people.privacy.journal import HEADINGS, Asked, every_line, told, who_is_asked_for
from people.requests import PersonRequest
from people.shortcuts import own_board, require_role
from people.spreadsheets import csv_lines
from people.views.forms import number

PER_PAGE = 50


@require_safe
def journal(request: PersonRequest) -> HttpResponse:
    """The deeds of the board, filtered by address; whom to filter by is found at the desk."""
    user = request.user
    require_role(user, *READERS)
    form, asked = _asked(user, request.GET)
    page = Paginator(asked.entries(user), PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "asked": asked, "page": page, "lines": told(list(page), user)}
    return render(request, "people/journal.html", context)


@require_POST
def journal_csv(request: PersonRequest) -> HttpResponseBase:
    """What the page shows, all its pages, as a file; remembered before its first line leaves."""
    user = request.user
    board = own_board(user, *READERS)
    _form, asked = _asked(user, request.POST)
    entries = asked.entries(user)
    audit.record(board=board, person=user, verb=JOURNAL_EXPORTED, subject=asked.student or asked.adult)
    lines = csv_lines(HEADINGS, (line.cells for line in every_line(entries, user)))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="journal-{user.local_date().isoformat()}.csv"'
    return answer


def _asked(user: User, data: Any) -> tuple[JournalForm, Asked]:
    form = JournalForm(data or None)
    people = {"adult": number(data.get("adulte")), "student": number(data.get("eleve"))}
    return form, form.asked(**who_is_asked_for(user, **people)) if data else Asked()
