"""What a view does with a form, once and for all: the action, then a redirection or the page as it was typed."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from people.forms import ActionForm
from people.requests import PersonRequest

T = TypeVar("T")


def posted(request: PersonRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def done(form: ActionForm, act: Callable[[], T]) -> T | None:
    """What the action gave, when the form was sent and both took it; else None, with what to correct on the form."""
    is_valid = form.is_valid()
    if form.clash is not None:
        form.refuse_clash()
        return None
    if not is_valid:
        return None
    try:
        with transaction.atomic():
            if form.changed_meanwhile():
                form.refuse_clash()
                return None
            return act()
    except ValidationError as refusal:
        form.refuse(refusal)
        return None


def succeeded(form: ActionForm, act: Callable[[], object]) -> bool:
    """As above, of an action that gives nothing worth having."""
    return done(form, lambda: (act(), True)) is not None


def page(request: PersonRequest, template: str, form: Form, **context: object) -> HttpResponse:
    """A form's page: 422 when it was sent and something is to correct, with what was typed kept."""
    return render(request, template, context | {"form": form}, status=422 if form.is_bound else 200)


def number(text: str | None) -> int:
    """A row's number, 0 when it is none; more digits are no row of ours."""
    text = (text or "")[:18]
    return int(text) if text.isascii() and text.isdigit() else 0


def instant(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text or "")
    except ValueError:
        return None
