"""« Méthodologie » and « Dictionnaire »: how numbers are made and what columns hold, for everyone who signs in."""

from itertools import groupby
from operator import itemgetter

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guidelines.catalogue import CATALOGUE_VERSION
from guidelines.numbers import Numbers
from people.requests import PersonRequest
from reports import dictionary
from reports import methodology as method
from reports.registry import REPORTS
from reports.tables import Table


@require_safe
def methodology(request: PersonRequest) -> HttpResponse:
    """The rules, then every guideline with the numbers in force in the person's board today. One query."""
    numbers = Numbers.of_board(request.user.board_id, request.user.local_date())
    rules = method.RULES.sheet(method.rules(numbers))
    table = rules.table
    lines = [list(zip(table.headings, cells, strict=True)) for cells in table.lines]
    context = {"parts": method.PARTS, "rules": rules, "lines": lines, "version": CATALOGUE_VERSION}
    return render(request, "reports/methodology.html", context)


@require_safe
def dictionary_page(request: PersonRequest) -> HttpResponse:
    """Every column of every report, by report and by table."""
    columns = dictionary.LAYOUT.columns
    told = [(kind, Table(columns, dictionary.lines(dictionary.layouts(kind)))) for kind in REPORTS.values()]
    reports = [
        (kind, [(name, list(rows)) for name, rows in groupby(table.lines, itemgetter(0))]) for kind, table in told
    ]
    headings = [str(column.heading) for column in columns]
    return render(request, "reports/dictionary.html", {"reports": reports, "headings": headings})
