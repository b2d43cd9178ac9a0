"""A world of odd words: told as words by each page, file, e-mail, feed and line of the log, never obeyed."""

import csv
import io
import json
import logging
import os
import random
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
import python_calamine
from django.test import Client
from django.utils.html import escape
from icalendar import Calendar

from accompagnement.demo.cast import Cast
from accompagnement.operations.logs import JsonFormatter
from exchange.tests.api import ROOT, every_row, program_of
from exchange.tests.test_calendar_feed import link_of
from guidelines.digest import digest_letter
from people.emails import envelope
from people.models import User
from people.spreadsheets import FORMULAS
from programs.fixed_periods import Named, Period
from reports.asking import Ask
from reports.audiences import audiences_of
from reports.document import Document
from reports.formats import FORMATS, silent
from reports.registry import REPORTS
from tests.hostile import opened, opened_few
from tests.odd_words import MARK, RAW
from tests.odd_world import ODD, make_odd

pytestmark = [pytest.mark.once]
ClientOf = Callable[[User], Client]
EVERYTHING = bool(os.environ.get("EVERY_ODD_WORD"))
"""All pages, all reports: « make audit »."""
SEED = 5
ANSWERED = {200, 302, 404, 410}
"""A link that has served is gone."""


@pytest.fixture
def odd(numbered_cast: Cast) -> Cast:
    assert make_odd() > 500
    return numbered_cast


def raw(text: str) -> list[str]:
    """What of the words a reader would take for a page's own."""
    return [words for words in RAW if words in text]


def documents(cast: Cast) -> Iterator[tuple[str, Document, tuple[str, ...]]]:
    """Each report for the first person of its audience, and the formats that it leaves in."""
    people = {audience: one for one in User.objects.order_by("pk") for audience in audiences_of(one)}
    named = Named(ODD[0], Period(date(2026, 7, 1), date(2026, 11, 1)))
    for kind in REPORTS.values() if EVERYTHING else random.Random(SEED).sample(list(REPORTS.values()), 3):
        for edition in kind.editions:
            person = people[edition.audience]
            assert person.board is not None
            read_at = datetime(2026, 11, 23, 19, 30, tzinfo=UTC)
            ask = Ask(person, person.board, edition.audience, named, on=cast.on, read_at=read_at, reason=ODD[5])
            yield kind.name, edition.build(ask), tuple(one.name for one in kind.offered)


def written(name: str, document: Document) -> bytes:
    out = io.BytesIO()
    FORMATS[name].write(document, out, silent)
    return out.getvalue()


def tables(content: bytes) -> Iterator[str]:
    """The text of each CSV of a file."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        yield content.decode("utf-8-sig")
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        yield from (archive.read(one).decode("utf-8-sig") for one in archive.namelist() if one.endswith(".csv"))


def is_number(cell: str) -> bool:
    try:
        float(cell.replace(",", ".").replace("\u202f", ""))
    except ValueError:
        return False
    return True


def formulas(text: str, delimiter: str) -> list[str]:
    """The cells that a spreadsheet would compute: it looks past blanks and quotes."""
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    return [cell for row in rows for cell in row if cell.startswith(FORMULAS) and not is_number(cell)]


def computes(part: str) -> bool:
    """Whether a part of a workbook holds a formula, or a link that leaves it."""
    return "<f>" in part or "r:id=" in part.partition("<hyperlink ")[2].partition("</hyperlinks>")[0]


def test_a_page_shows_them_as_they_are(odd: Cast, client_of: ClientOf) -> None:
    wrong, shown = list[str](), 0
    pages = opened(odd, client_of) if EVERYTHING else opened_few(odd, client_of, random.Random(SEED), 5)
    for person, path, reply in pages:
        if reply.status_code not in ANSWERED:
            wrong.append(f"{person} {path}: {reply.status_code}")
        if not reply.streaming and reply.get("Content-Type", "").startswith("text/html"):
            html = reply.content.decode()
            shown += any(escape(word) in html for word in ODD)
            wrong += [f"{person} {path} obeys {words}" for words in raw(html)]
    assert not wrong, "\n".join(wrong)
    assert shown > (100 if EVERYTHING else 3)


def test_a_file_keeps_them_as_text(odd: Cast) -> None:
    wrong, kept, printed = list[str](), 0, 0
    for name, document, formats in documents(odd):
        for dialect, delimiter in (("csv", ";"), ("exchange", ",")):
            if dialect in formats:
                for text in tables(written(dialect, document)):
                    kept += text.count(MARK)
                    wrong += [f"{name} in {dialect}: {cell[:40]}" for cell in formulas(text, delimiter)]
        if "xlsx" in formats:
            content = written("xlsx", document)
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                parts = [archive.read(one).decode() for one in archive.namelist() if one.endswith(".xml")]
            wrong += [
                f"{name}: a formula" for part in parts if "<f>" in part or "r:id=" in part.partition("<hyperlink ")[2]
            ]
            wrong += [f"{name} obeys {words}" for part in parts for words in raw(part) if "<" in words]
            python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        if "pdf" in formats and not printed:
            printed += written("pdf", document).startswith(b"%PDF-1.7")
    assert not wrong, "\n".join(wrong)
    assert kept > 50
    assert printed or not EVERYTHING


def letters(cast: Cast) -> Iterator[EmailMessage]:
    """What the mail server would receive on Monday."""
    for person in (cast.julie, cast.marc, cast.nadia):
        letter = digest_letter(User.objects.get(pk=person.pk), on=cast.on)
        if letter is not None:
            mail = envelope(letter, to=person.email or "", copy_to=[], reference="essai")
            read: Any = message_from_bytes(mail.message().as_bytes(), policy=policy.default)
            yield read


def test_an_e_mail_says_them_and_goes_to_nobody_else(odd: Cast) -> None:
    told = list(letters(odd))
    assert len(told) > 1
    said = ""
    for mail in told:
        assert not {"bcc", "set-cookie"} & {name.lower() for name in mail.keys()}  # noqa: SIM118 (not a mapping)
        assert len(mail["To"].addresses) == 1
        parts = {part.get_content_type(): part.get_content() for part in mail.walk() if not part.is_multipart()}
        assert set(parts) == {"text/plain", "text/html"}
        assert raw(parts["text/html"]) == []
        said += parts["text/plain"] + parts["text/html"]
    assert MARK in said


def test_a_feed_has_no_line_of_theirs(odd: Cast) -> None:
    content = Client().get(link_of(odd.nadia)).content.decode()
    calendar = Calendar.from_ical(content)
    own = {"UID", "DTSTAMP", "SUMMARY", "TRANSP", "CLASS", "DTSTART", "DURATION"}
    assert {name for event in calendar.walk("VEVENT") for name in event} <= own
    assert all(line.partition(":")[0].partition(";")[0] in own | {"BEGIN", "END", "PRODID", "VERSION", "X-WR-CALNAME"}
               for line in content.replace("\r\n ", "").splitlines())  # fmt: skip


def test_a_program_reads_them_as_they_are(odd: Cast) -> None:
    client = program_of(odd.julie)
    names = {value for row in every_row(client, "groups") for value in row.values() if isinstance(value, str)}
    assert names & set(ODD)
    text = b"".join(client.get(f"{ROOT}/student-contacts.csv").streaming_content).decode()
    assert MARK in text
    assert formulas(text, ",") == []


@pytest.fixture
def logged() -> Iterator[list[str]]:
    """Each event as production writes it."""
    said: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(JsonFormatter().format(record))

    root, kept = logging.getLogger(), Kept()
    before = root.level
    root.setLevel(logging.INFO)
    root.addHandler(kept)
    yield said
    root.removeHandler(kept)
    root.setLevel(before)


def test_a_line_of_the_log_is_one_line_and_says_none(odd: Cast, client_of: ClientOf, logged: list[str]) -> None:
    client = client_of(odd.nadia)
    client.raise_request_exception = False
    for word in ODD if EVERYTHING else ODD[::4]:
        client.post("/recherche/", {"q": word})
        client.get("/recherche/", {"q": word}, headers={"X-Request-ID": word.replace("\r\n", " ")})
        client.post(f"/dyades/{odd.thomas_nadia.pk}/consigner/", {"note": word, "day": word})
        client.get(f"/{MARK}/%0d%0a{{}}")
        client.post("/comptes/login/", {"login": word, "password": word})
    assert len(logged) > 9
    assert not [line for line in logged if "\n" in line or "\r" in line or MARK in line or not json.loads(line)]
