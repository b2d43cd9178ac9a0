"""A page of ours as a PDF that a screen reader reads too (PDF/UA-1)."""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from pydyf import Dictionary, Stream
    from weasyprint import Document
    from weasyprint.pdf import PDF

STYLE = "css/pdf.css"
PRINTED = 4
"""The flag of an annotation that is printed as it is shown."""


class CannotWrite(Exception):
    """This server lacks the library that draws PDF files; its text is a sentence for who asked."""


def pdf_of(template: str, context: Mapping[str, object], *, read_on: date) -> bytes:
    """The PDF of a template that extends ``pdf/base.html``; the same context gives the same bytes.

    A template may hold ``<svg>`` pictures, each with its ``<title>``, and tables with their ``scope``. It reaches
    nothing beside the text that it is given: no address, no file. ``read_on`` is the day that the file says it was
    made of. Raises ``CannotWrite`` where Pango is not installed.
    """
    html = render_to_string(template, {**context, "read_on": read_on})
    try:
        # Heavy, and the only part of the product that needs a library of the system.
        from weasyprint import CSS, HTML
        from weasyprint.urls import URLFetcher
    except OSError as missing:
        raise CannotWrite(
            _(
                "Ce serveur ne peut pas encore produire de PDF : la bibliothèque Pango y manque"
                " (libpango-1.0-0 et libpangoft2-1.0-0). Le bouton « Imprimer » de la page fonctionne."
            )
        ) from missing

    fetcher = URLFetcher(allowed_protocols=["data"])
    style = finders.find(STYLE)
    source = HTML(string=html, url_fetcher=fetcher)
    identifier = hashlib.sha256(html.encode()).hexdigest()[:32].encode()
    written = source.write_pdf(
        stylesheets=[CSS(filename=style)], pdf_variant="pdf/ua-1", pdf_identifier=identifier, finisher=_complete
    )
    return bytes(written or b"")


def pdf_page(
    request: HttpRequest, template: str, context: Mapping[str, object], *, read_on: date, file_name: str
) -> HttpResponse:
    """The answer that holds the file of ``pdf_of``, to keep, or a page (503) that says what the server lacks.

    ``file_name`` names nobody: it stays in the list of downloads of a shared computer.
    """
    try:
        content = pdf_of(template, context, read_on=read_on)
    except CannotWrite as why:
        return render(request, "pdf/unavailable.html", {"why": str(why)}, status=503)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


def _complete(document: "Document", pdf: "PDF") -> None:
    """Add what PDF/UA-1 asks and WeasyPrint leaves out: what each header cell heads, links that are printed, that a
    table on two pages is one, and that the foot of each page is none of its content.
    """
    from pydyf import Dictionary, Stream

    parts = {part.reference: part for part in pdf.objects if isinstance(part, Dictionary)}
    streams = {part.reference: part for part in pdf.objects if isinstance(part, Stream)}
    for part in parts.values():
        if part.get("Type") == "/Annot":
            part["F"] = PRINTED
        elif part.get("S") == "/TH":
            row = parts[part["P"]]
            heads_columns = parts[row["P"]].get("S") == "/THead"
            part["A"]["Scope"] = "/Column" if heads_columns else "/Row"
    (whole,) = (part for part in parts.values() if part.get("S") == "/Document")
    _join_tables(whole, parts, streams)
    for part in list(parts.values()):
        if part.get("P") == whole.reference and part.reference not in whole["K"]:
            _set_aside(part, parts, streams)


def _set_aside(part: "Dictionary", parts: "Mapping[bytes, Dictionary]", streams: "Mapping[bytes, Stream]") -> None:
    """Make decoration of a text that is drawn on a page, and that nothing of the document holds."""
    drawn = streams[parts[part["Pg"]]["Contents"]].stream
    part["S"] = "/NonStruct"
    for kid in part["K"]:
        if kid in parts:
            _set_aside(parts[kid], parts, streams)
            continue
        place = next(at for at, told in enumerate(drawn) if isinstance(told, dict) and told.get("MCID") == kid)
        drawn[place - 1 : place + 2] = ["/Artifact", b"BMC"]
    part["K"].clear()


def _join_tables(whole: "Dictionary", parts: "Mapping[bytes, Dictionary]", streams: "Mapping[bytes, Stream]") -> None:
    """Give the rows of a table that goes on over the page to the one that began it: that one has the caption.

    The headings printed again at the top of the page are decoration: the scope of the first ones holds.
    """
    begun: Dictionary | None = None
    for table in _tables(whole, parts):
        kids = [parts[kid] for kid in table["K"]]
        if begun is None or any(kid["S"] == "/Caption" for kid in kids):
            begun = table if any(kid["S"] == "/Caption" for kid in kids) else None
            continue
        held = {parts[kid]["S"]: parts[kid] for kid in begun["K"]}
        for kid in kids:
            if kid["S"] == "/THead" and "/THead" in held:
                _set_aside(kid, parts, streams)
                continue
            within = held.get("/TBody", begun) if kid["S"] == "/TBody" else begun
            for moved in [kid.reference] if within is begun else list(kid["K"]):
                parts[moved]["P"] = within.reference
                within["K"].append(moved)
            for cell in _cells(kid, parts):
                cell["A"].pop("Headers", None)
        parts[table["P"]]["K"].remove(table.reference)


def _cells(part: "Dictionary", parts: "Mapping[bytes, Dictionary]") -> "list[Dictionary]":
    return [parts[cell] for row in part["K"] for cell in parts[row]["K"]]


def _tables(part: "Dictionary", parts: "Mapping[bytes, Dictionary]") -> "list[Dictionary]":
    """In the order of reading."""
    if part.get("S") == "/Table":
        return [part]
    return [table for kid in part.get("K", ()) if kid in parts for table in _tables(parts[kid], parts)]
