"""What a page offers to choose, and what its forms accept: nothing that is out of its reader's reach.

Nothing here names a page, a form or a field, but one. The ids of ``numbered_cast`` say which row a number is: in a
choice, in a hidden input, in a button, in an address. A form that a new page brings is tried as the others are.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import parse_qsl

from django import forms
from django.apps import apps
from django.core.files import File
from django.db import connection, transaction
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from people.models import School
from tests.addresses import named
from tests.answers import answer, offered
from tests.numbered import NUMBER, model_of, rows_named
from tests.page_forms import PageForm, Sent, forms_of
from tests.reach import Reach

ADDRESS = re.compile(r'(?:href|action)="([^"]*)"')
LINK = re.compile(r'<a\b[^>]*\bhref="(/[^"]*)"')
HOLDS_A_ROW = re.compile(r'value="[a-z]?[12]\d{9}"')
AS_A_QUANTITY = re.compile(r"[12](?:[\xa0,]\d{3}){3}(?!\d)")
NEIGHBOUR = {("calendar_year", "de"), ("calendar_file", "de")}
"""Where the school beside, of the same board, is named: its calendar alone is copied."""
BESIDE = {"Session", "Draft"}
"""What a refusal may write: what was typed is kept."""
LETTERS = 12
"""Words longer than that are of one row."""
Key = tuple[str, str]
"""A field's name, and the letter that it puts before an id, if any."""


class Tried:
    """Counts what was tried, so that nothing passes for want of trying: by address, the fields that hold rows."""

    def __init__(self) -> None:
        self.fields: set[tuple[str, str]] = set()
        self.queries: set[tuple[str, str]] = set()
        self.forms: set[type[forms.BaseForm]] = set()
        self.refused = 0


def faults(reply: Any, client: Client, reach: Reach, cast: Any, tried: Tried) -> Iterator[str]:
    """What a page offers, leads to or accepts though it is out of reach."""
    if not is_page(reply):
        return
    html = reply.content.decode()
    page_forms = list(forms_of(html)) if HOLDS_A_ROW.search(html) else []
    yield from shown(reply, page_forms, reach, tried)
    if reply.status_code == 200:
        yield from asked_for(html, reply, client, reach, tried)
        for form in page_forms:
            yield from accepted(form, reply, client, reach, cast, tried)


def is_page(reply: Any) -> bool:
    return reply.status_code in {200, 422} and reply.get("Content-Type", "").startswith("text/html")


def led_astray(reply: Any, client: Client, forbidden: set[str]) -> Iterator[str]:
    """The links of a page that their reader may not follow, among those to addresses (by name) that refuse the role.

    Each is followed: the same address may open for another kind of record.
    """
    if is_page(reply):
        links = {unescape(address) for address in LINK.findall(reply.content.decode())}
        for link in sorted(link for link in links if named(link) in forbidden):
            if client.get(link).status_code == 403:
                yield f"leads to {link}, which is forbidden"


def shown(reply: Any, page_forms: list[PageForm], reach: Reach, tried: Tried) -> Iterator[str]:
    """What the page leads to and offers."""
    html = reply.content.decode()
    for number in sorted(set(AS_A_QUANTITY.findall(html))):
        yield f"writes an id as a quantity: {number}"
    for model, pk in {row for address in ADDRESS.findall(html) for row in rows_named(address)}:
        row = reach.rows.get(model, pk)
        if row is not None and not (reach.finds(row) or may_offer(row, reply, reach)):
            yield f"leads to {model.__name__} {row}"
    for name, model, pk in {*of_fields(reply, tried), *of_controls(page_forms)}:
        place, row = (reply.resolver_match.url_name, name), reach.rows.get(model, pk)
        tried.fields.add(place)
        if isinstance(row, School) and place in NEIGHBOUR and row.board_id in reach.boards:
            continue
        if row is None or not may_offer(row, reply, reach):
            yield f"offers {model.__name__} {row} in « {name} »"


def may_offer(row: Any, reply: Any, reach: Reach) -> bool:
    keeping = reply.request["PATH_INFO"].startswith(reverse("people"))
    return reach.offered(row, page_subject(reply, reach), keeping=keeping)


def asked_for(html: str, reply: Any, client: Client, reach: Reach, tried: Tried) -> Iterator[str]:
    """Follow the links that name a row in their query, with a row that is out of reach: it is not shown."""
    for address in ADDRESS.findall(html):
        path, _, query = unescape(address).partition("?")
        said = dict(parse_qsl(query))
        for name in [name for name, value in said.items() if NUMBER.fullmatch(value)]:
            place = path or reply.request["PATH_INFO"], name
            model = model_of(int(said[name]))
            if place in tried.queries or model is None:
                continue
            tried.queries.add(place)
            for row in foreign(model, reach, reply).values():
                answered = client.get(place[0], said | {name: str(row.pk)})
                tried.refused += 1
                if is_page(answered) and escape(str(row)) in answered.content.decode():
                    yield f"shows {row} of ?{name}="


def page_subject(reply: Any, reach: Reach) -> Any:
    """The row that the address names: the group, the dyad, the programme, the person of the page."""
    pk = reply.resolver_match.kwargs.get("pk") if reply.resolver_match else None
    model = model_of(pk) if isinstance(pk, int) else None
    return reach.rows.get(model, pk) if model else None


def context_forms(reply: Any) -> list[forms.BaseForm]:
    """The forms that a view gave to its page, also in lists and in pairs."""

    def walk(value: Any, depth: int) -> Iterator[forms.BaseForm]:
        if isinstance(value, forms.BaseForm):
            yield value
        elif isinstance(value, (list, tuple)) and depth:
            for part in value:
                yield from walk(part, depth - 1)

    whole = reply.context[0].flatten() if reply.context else {}
    found = [form for value in whole.values() for form in walk(value, 2)]
    return list({id(form): form for form in found}.values())


def of_fields(reply: Any, tried: Tried) -> Iterator[tuple[str, type[Model], int]]:
    """The rows that the fields of the page's forms take, shown or not."""
    for form in context_forms(reply):
        for name, field in form.fields.items():
            key = form.add_prefix(name)
            if isinstance(field, forms.ModelChoiceField):
                tried.forms |= {type(form)} if field.queryset.exists() else set()
                yield from ((key, field.queryset.model, pk) for pk in field.queryset.values_list("pk", flat=True))
            elif isinstance(field, forms.ChoiceField):
                words = " ".join(str(choice.data["value"]) for choice in form[name].subwidgets)
                yield from ((key, *row) for row in rows_named(words))


def of_controls(page_forms: list[PageForm]) -> Iterator[tuple[str, type[Model], int]]:
    """The rows that the page's own inputs, options and buttons hold."""
    for control in (control for form in page_forms for control in form.controls):
        if NUMBER.fullmatch(control.value):
            yield from ((control.name, *row) for row in rows_named(control.value))


def accepted(form: PageForm, reply: Any, client: Client, reach: Reach, cast: Any, tried: Tried) -> Iterator[str]:
    """Send a form as its page shows it, but for rows out of reach: in all its fields at once, then in each one alone
    that this did not see refused.
    """
    yield from stamped(form, reply, client, reach, cast, tried)
    rows = out_of_reach(form, reply, reach)
    base = filled(form, reply, cast) if rows else {}
    for kind in sorted({kind for found in rows.values() for kind in found}):
        sent = {key: found[kind] for key, found in rows.items() if kind in found}
        wrong = refused_by(form, base, sent, reply, client)
        for key in [key for key in sent if wrong[key]]:
            if fault := refused_by(form, base, {key: sent[key]}, reply, client)[key]:
                yield f"{form.method} {sent[key]} in « {key[0]} »: {fault}"
        tried.refused += len(sent)


def stamped(form: PageForm, reply: Any, client: Client, reach: Reach, cast: Any, tried: Tried) -> Iterator[str]:
    """A stamp is compared, never followed: with that of a row out of reach, nothing of it is shown nor changed."""
    for control in form.controls:
        found = NUMBER.fullmatch(control.value) if control.name.endswith("saved_at") else None
        model = model_of(int(found[2])) if found else None
        for row in foreign(model, reach, reply).values() if model else ():
            tried.refused += 1
            told = {value for value in values(row).values() if isinstance(value, str) and len(value) > LETTERS}
            shown, was = reply.content.decode(), values(row)
            with transaction.atomic():
                sent = filled(form, reply, cast) | {control.name: [str(row.pk)]}
                text = client.post(form.action or reply.request["PATH_INFO"], sent).content.decode()
                changed = values(row) != was
                transaction.set_rollback(True)
            if changed or any(escape(words) in text and escape(words) not in shown for words in told):
                yield f"follows the stamp {row} in « {control.name} »"


def out_of_reach(form: PageForm, reply: Any, reach: Reach) -> dict[Key, dict[str, Any]]:
    """By field that holds rows, the rows to try."""
    rows: dict[Key, dict[str, Any]] = {}
    for control in form.controls:
        if control.name.endswith("saved_at"):
            continue  # see ``stamped``
        if found := NUMBER.fullmatch(control.value):
            model = model_of(int(found[2]))
            assert model is not None, control
            if hasattr(model, "history_id") and any(is_undone(reach, *row) for row in rows_named(form.action)):
                continue  # what was undone is put back as it was, whatever version the form names
            if (control.name, found[1]) not in rows:
                rows[control.name, found[1]] = foreign(model, reach, reply)
    return rows


def is_undone(reach: Reach, model: type[Model], pk: int) -> bool:
    return bool(getattr(reach.rows.get(model, pk), "deleted_at", None))


def filled(form: PageForm, reply: Any, cast: Any) -> Sent:
    """What somebody would send: what stands on the page, an answer where it asks for one."""
    said = form.sent()
    fields = {field.html_name: field for one in context_forms(reply) for field in one}
    shown = {control.name for control in form.controls}
    for name in shown & set(fields):
        if said.get(name) in (None, [""], []):
            value = answer(fields[name], cast)
            parts = value if isinstance(value, list) else [value] if value else []
            said |= {name: [part if isinstance(part, File) else str(part) for part in parts]} if parts else {}
    return said


def foreign(model: type[Model], reach: Reach, reply: Any) -> dict[str, Any]:
    """Rows out of reach: one of another board, one of another school, one of the same school."""
    found, about = dict[str, Any](), page_subject(reply, reach)
    for row in reach.rows.all(model):
        board, school = reach.rows.board_id(row), reach.rows.school_id(row)
        kind = "board" if board not in reach.boards else "school" if school != reach.school_of(about) else "beside"
        if kind not in found and not may_offer(row, reply, reach) and not reach.sees(row):
            found[kind] = row
    return found


def refused_by(form: PageForm, base: Sent, sent: dict[Key, Any], reply: Any, client: Client) -> dict[Key, str]:
    """By field, what is wrong with the answer: empty when its row was refused, or left out, and nothing written."""
    address = form.action or reply.request["PATH_INFO"]
    names = {name for name, _letter in sent}
    said = base | {name: [f"{key[1]}{row.pk}" for key, row in sent.items() if key[0] == name] for name in names}
    for field in (field for one in context_forms(reply) for field in one if field.html_name in names):
        if isinstance(field.field, forms.MultipleChoiceField):
            said[field.html_name] += offered(field)[:2]  # alone, it could be refused for being too few
    with transaction.atomic():
        if form.method == "get":
            answered = client.get(address, said)
            text = answered.content.decode() if answered.status_code == 200 else ""
            return {key: "is shown" if escape(str(row)) in text else "" for key, row in sent.items()}
        before = written(), list(map(values, sent.values()))
        answered = client.post(address, said)
        if (written(), list(map(values, sent.values()))) != before:
            transaction.set_rollback(True)
            return dict.fromkeys(sent, "something is written")
    if answered.status_code != 422:
        fine = answered.status_code in {302, 303, 403, 404}
        return dict.fromkeys(sent, "" if fine else f"answered {answered.status_code}")
    errors = {one.add_prefix(field) for one in context_forms(answered) if one.is_bound for field in one.errors}
    if own := (errors - names) & base.keys() & optional_words(answered):
        return refused_by(form, {name: value for name, value in base.items() if name not in own}, sent, reply, client)
    if errors - names:
        return dict.fromkeys(sent, f"what the form lacks is refused, not that: {errors - names}")
    return {key: "" if key[0] in errors else "accepted" for key in sent}


def optional_words(reply: Any) -> set[str]:
    """The fields of free words that may stay empty: what anybody would write may be refused for itself."""
    fields = [field for form in context_forms(reply) for field in form]
    return {one.html_name for one in fields if isinstance(one.field.widget, forms.Textarea) and not one.field.required}


def values(row: Any) -> Any:
    return type(row)._base_manager.filter(pk=row.pk).values().first()


def written() -> tuple[int, ...]:
    """How many rows of each kind there are; of what has a history, how many versions."""
    tables = [model._meta.db_table for model in apps.get_models() if model.__name__ not in BESIDE]
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"(SELECT count(*) FROM {table})" for table in tables))  # noqa: S608
        counts: tuple[int, ...] = cursor.fetchone()
    return counts
