"""All that the board keeps of one person, as an archive in common formats (A-2.1, art. 84)."""

import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, ForeignKey, Model, QuerySet
from django.template.loader import render_to_string
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from people.models import AuditEntry, Guardian, Student, User
from people.privacy.journal import about
from people.privacy.labels import label_of
from people.privacy.tables import DECLARED, KeptTable, table_of
from people.spreadsheets import csv_lines

IN_MEMORY = 8 * 2**20
HIDDEN = ("name_key", "given_key")
"""Names as they are sorted: they say nothing more than the names."""


@dataclass(frozen=True)
class Found:
    """The rows of one table that are about the person: ``columns`` are names in files, with their labels."""

    name: str
    title: str
    columns: dict[str, str]
    rows: list[dict[str, Any]]
    worded: frozenset[str]
    """Those of the columns that have a name in words; the others are the program's."""


def found_about(person: Student | User) -> Iterator[Found]:
    """Each table that holds something about a student or an adult, their versions beside. Constant queries a table."""
    whose = "student" if isinstance(person, Student) else "adult"
    for one in DECLARED:
        for model in one.tables:
            rows = model._base_manager.filter(one.about(whose, [person.pk], model)).order_by("pk").distinct()
            if rows.exists():
                yield _found(one, model, rows, person)
    if isinstance(person, Student):
        entries = AuditEntry.objects.filter(about(person.pk), board=person.board_id).order_by("pk")
        journal = table_of(AuditEntry)
        if journal is not None and entries.exists():
            yield _found(journal, AuditEntry, entries, person)


def _found(one: KeptTable, model: type[Model], rows: "QuerySet[Any]", person: Student | User) -> Found:
    columns = [column for column in model._meta.concrete_fields if column.name not in withheld(one, person)]
    listed = list(rows.values(*(column.attname for column in columns)))
    labels: dict[str, str] = {}
    worded: set[str] = set()
    for column in columns:
        labels[column.attname] = label = label_of(column) or capfirst(str(column.verbose_name))
        worded |= {column.attname} if label_of(column) else set()
        if isinstance(column, ForeignKey) and (names := _names(column, listed, person)):
            labels[f"{column.name}_name"] = _("%(column)s (nom)") % {"column": label}
            for row in listed:
                row[f"{column.name}_name"] = names.get(row[column.attname], "")
        if column.choices:
            _say(column, listed)
    title = capfirst(str(one.words))
    if model is not one.of:
        title = _("%(title)s\u00a0: versions") % {"title": title}
    return Found(model._meta.label, title, labels, listed, frozenset(worded))


def withheld(one: KeptTable, person: Student | User) -> set[str]:
    """The columns that are not given: what protects an account, and, of an adult, words that may name a student."""
    found = {*HIDDEN, *one.secret}
    if isinstance(person, User):
        found |= {*one.others, *(one.texts if one.student else ())}
    return found


def _say(column: "Field[Any, Any]", rows: Iterable[dict[str, Any]]) -> None:
    """The words of a choice, in place of its code."""
    words = {value: str(label) for value, label in column.flatchoices}
    for row in rows:
        row[column.attname] = words.get(row[column.attname], row[column.attname])


def _names(column: "ForeignKey[Any, Any]", rows: Iterable[dict[str, Any]], person: Student | User) -> dict[int, str]:
    """What the rows of a column are called: places, adults, what has a day by its day (a meeting, a dyad's beginning),
    and of students and families the person's own. One query, two where an adult is reached by their row as mentor."""
    model, pks = column.related_model, {row[column.attname] for row in rows if row[column.attname]}
    if not pks or isinstance(model, str):
        return {}
    if model is Student or model is Guardian:
        mine: Any = {"pk": person.pk} if model is Student else {"student": person.pk}
        known = model._base_manager.filter(pk__in=pks, **mine) if isinstance(person, Student) else ()
        return {row.pk: str(row) for row in known}
    if model is User:
        return {row.pk: str(row) for row in User.objects.get_queryset().filter(pk__in=pks)}
    if any(field.name == "name" for field in model._meta.concrete_fields):
        return dict(model._base_manager.filter(pk__in=pks).values_list("pk", "name"))
    one, fields = table_of(model), {field.name for field in model._meta.concrete_fields}
    if day := next((name for name in ("on", "starts_on") if name in fields), ""):
        return {pk: on.isoformat() for pk, on in model._base_manager.filter(pk__in=pks).values_list("pk", day) if on}
    if one is None or one.student or len(one.adult) != 1:
        return {}
    adults = dict(model._base_manager.filter(pk__in=pks).values_list("pk", one.adult[0]))
    called = {row.pk: str(row) for row in User.objects.get_queryset().filter(pk__in=adults.values())}
    return {pk: called[adult] for pk, adult in adults.items() if adult in called}


def archive(person: Student | User, *, on: date) -> IO[bytes]:
    """A zip: a text that says what it is, all in one JSON file, and a CSV file a table. Positioned at its beginning."""
    file: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (closed by the answer that sends it)
    tables = list(found_about(person))
    context = {"tables": tables, "on": on, "is_student": isinstance(person, Student), "person": person}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("LISEZ-MOI.txt", "\ufeff" + render_to_string("people/person_data.txt", context))
        made.writestr("renseignements.json", _json(tables, on))
        for table in tables:
            lines = csv_lines(
                table.columns.values(), ([_cell(row[name]) for name in table.columns] for row in table.rows)
            )
            made.writestr(f"tableaux/{table.name}.csv", "".join(lines))
    file.seek(0)
    return file


def _json(tables: Iterable[Found], on: date) -> str:
    told = [{"table": one.name, "title": one.title, "columns": one.columns, "rows": one.rows} for one in tables]
    return json.dumps({"read_on": on, "tables": told}, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, list | dict):
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
    return "" if value is None else str(value)
