"""The doors of groups, teachers and programmes: a stranger gets 404, the right person in another role 403."""

from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from people.models import User
from people.requests import PersonRequest
from people.strayed import LedAway
from programs.access import may_log, may_structure
from programs.forms import OTHER
from programs.kinds import Kind
from programs.models import LoggedRecord, SupportGroup

R = TypeVar("R", bound=LoggedRecord)


def loggable_group(user: User, pk: int) -> SupportGroup:
    group = get_object_or_404(SupportGroup.objects.visible_to(user).select_related("program", "board"), pk=pk)
    if not may_log(user, group):
        raise PermissionDenied
    return group


def structured_group(user: User, pk: int) -> SupportGroup:
    group = get_object_or_404(SupportGroup.objects.visible_to(user).select_related("program", "board"), pk=pk)
    if not may_structure(user, group):
        raise PermissionDenied
    return group


def record_of(kind: Kind, user: User, rows: QuerySet[R], pk: int) -> R:
    """The record among ``rows``, or 404; one that was undone, and that they may put back, leads to its history."""
    record = rows.filter(pk=pk).first()
    if record is not None:
        return record
    if kind.undone_of(user).filter(pk=pk).exists():
        said = _("Cette entrée a été annulée. Rétablissez-la pour la modifier.")
        raise LedAway(said, to=reverse("record_history", args=[kind.slug, pk]))
    raise Http404


def posted(request: PersonRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def posted_day(request: PersonRequest) -> date | None:
    """The day that was chosen or typed, when it is one: its members are the ones to show."""
    typed = request.POST.get("day")
    return day_or_none(request.POST.get("other_on") if typed == OTHER else typed)


def day_or_none(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def page(request: PersonRequest, template: str, form: Form, **context: Any) -> HttpResponse:
    """A form's page: 422 when something is to correct."""
    return render(request, template, context | {"form": form}, status=422 if form.errors else 200)
