"""Other numbers for a guideline: tried on a day, then applied from a day on, by who answers for the place."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from guidelines import actions
from guidelines.catalogue import Guideline
from guidelines.dry_run import DryRun, dry_run
from guidelines.evaluation import Finding
from guidelines.models import GuidelineSetting
from guidelines.models.settings import may_set, programs_to_set
from guidelines.numbers import Numbers
from guidelines.setting_forms import ApplyForm, TryForm
from guidelines.subjects import named
from guidelines.views.catalogue import known
from people.access import Role
from people.models import SchoolBoard
from people.requests import PersonRequest
from people.views.forms import succeeded
from programs.views.gestures import undo_made

MOST_LISTED = 50


@require_safe
def guideline_try(request: PersonRequest, code: str) -> HttpResponse:
    """Try numbers (in the address: it can be looked at again) and say what they would change; nothing is written."""
    guideline, board = _allowed(request, code)
    form = TryForm(request.GET or None, **_given(request, guideline, board))
    result = None
    if form.is_bound and "on" in request.GET and form.is_valid():
        result = dry_run(board, code, form.wanted, program=form.program, on=form.cleaned_data["on"])
    refused = form.is_bound and "on" in request.GET and not form.is_valid()
    context = {
        "form": form,
        "guideline": guideline,
        "result": result,
        "lists": _lists(request, result),
        "apply": _to_apply(request, form) if result and form.wanted else None,
        "carried": _carried(form),
    }
    return render(request, "guidelines/try.html", context, status=422 if refused else 200)


@require_POST
def guideline_set(request: PersonRequest, code: str) -> HttpResponse:
    """Apply them."""
    guideline, board = _allowed(request, code)
    form = ApplyForm(request.POST, **_given(request, guideline, board))
    form.watch_numbers(reverse("guideline", args=[code]))

    rows: list[GuidelineSetting] = []

    def apply() -> None:
        rows[:] = actions.set_numbers(
            board=board,
            program=form.program,
            guideline=code,
            numbers=form.wanted,
            person=request.user,
            on=request.user.local_date(),
            **{name: form.cleaned_data[name] for name in ("starts_on", "reason")},
        )

    if not succeeded(form, apply):
        context = {"form": form, "apply": form, "guideline": guideline, "carried": _carried(form)}
        return render(request, "guidelines/try.html", context, status=422)
    words = _("La balise est changée. Les points de vigilance passés gardent la leur.")
    messages.success(request, words, extra_tags=undo_made(rows[0]) if rows else "")
    return redirect("guideline", code)


def _allowed(request: PersonRequest, code: str) -> tuple[Guideline, SchoolBoard]:
    """The guideline and the board, when the person may set a number somewhere in it."""
    guideline, board = known(code), request.user.board
    if board is None or not guideline.settable or not may_set(request.user, guideline.subject):
        raise PermissionDenied
    return guideline, board


def _given(request: PersonRequest, guideline: Guideline, board: SchoolBoard) -> dict[str, Any]:
    today = request.user.local_date()
    return {
        "guideline": guideline,
        "board": board,
        "numbers": Numbers.of(board, today),
        "programs": programs_to_set(request.user, guideline.subject).order_by("name_key", "pk"),
        "whole_board": request.user.access.holds(Role.BOARD_ADMIN),
        "today": today,
    }


def _to_apply(request: PersonRequest, tried: TryForm) -> ApplyForm:
    form = ApplyForm(None, **_given(request, tried.guideline, tried.board))
    form.stamp = tried.stamp
    return form


def _carried(form: TryForm) -> list[tuple[str, Any]]:
    """What was tried, to be sent along when it is applied."""
    return [(field.html_name, field.value()) for field in (form["place"], *form.number_fields, form["on"])]


def _lists(request: PersonRequest, result: DryRun | None) -> list[dict[str, object]]:
    """What appears, goes and changes, with its name where the person may read it. Constant queries."""
    if result is None:
        return []
    groups: tuple[tuple[str, list[Finding], dict[Finding, Finding]], ...] = (
        ("appear", result.appear, {}),
        ("changed", [change.after for change in result.changed], {c.after: c.before for c in result.changed}),
        ("disappear", result.disappear, {}),
    )
    names = named([finding for _kind, found, _before in groups for finding in found[:MOST_LISTED]], request.user)
    return [
        {
            "kind": kind,
            "count": len(found),
            "rows": [
                {"named": names[f.subject, f.subject_id], "finding": f, "before": before.get(f)}
                for f in found[:MOST_LISTED]
                if (f.subject, f.subject_id) in names
            ],
        }
        for kind, found, before in groups
    ]
