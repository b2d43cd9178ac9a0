"""Resource teachers: what they count, what they state, what a school year frees for them."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.access import Role
from people.apart import tell_apart
from people.models import User
from people.requests import PersonRequest
from people.shortcuts import require_role
from people.views.forms import done, number, page, posted, succeeded
from programs import teachers
from programs.actions.teachers import log_function_week, remove_release, set_release, state_foundations
from programs.forms.teachers import FoundationsForm, ReleaseForm, WeekTimeForm
from programs.gestures.kinds import made_of
from programs.log.kinds import KINDS
from programs.log.verbs import log, take_back
from programs.log.views.entries import saved
from programs.models import FunctionTime, TeacherRelease
from programs.views.gestures import taken_back, undo_made

PAGE = 25
ANSWERABLE = (Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER)


@require_safe
def resource_teachers(request: PersonRequest) -> HttpResponse:
    """The resource teachers whom the person answers for, a page at a time."""
    require_role(request.user, *ANSWERABLE)
    on = request.user.local_date()
    rows = teachers.with_summary(teachers.teachers_seen_by(request.user), on, request.user.board)
    listed = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    for row in tell_apart(listed):
        row.released = teachers.released(row.releases_now)  # type: ignore[attr-defined]
    return render(request, "programs/teachers.html", {"listed": listed})


@require_safe
def teacher(request: PersonRequest, pk: int) -> HttpResponse:
    """A resource teacher: releases, time by function, foundations, groups, findings."""
    user, on = request.user, request.user.local_date()
    row = _teacher(user, pk)
    year, shares = teachers.time_by_function(row, user, on)
    context = {
        "teacher": row,
        "is_self": row.pk == user.pk,
        "may_run": teachers.may_run(user, row),
        "releases": teachers.releases_of(row),
        "year": year,
        "shares": shares,
        "total": sum(share.minutes for share in shares),
        "foundations": teachers.foundations_of(row, user),
        "groups": teachers.groups_led(row, user, on),
    }
    return render(request, "programs/teacher.html", context)


@require_http_methods(["GET", "POST"])
def teacher_release(request: PersonRequest, pk: int) -> HttpResponse:
    """Note what a school year frees for a teacher; ``?liberation=`` names the row to correct."""
    row, on = _teacher_to_run(request.user, pk), request.user.local_date()
    releases = teachers.releases_of(row)
    known = _release_or_none(request, row)
    years = teachers.years_of(row)
    initial: dict[str, object] = {"seen": len(releases), "school_year": years.filter(starts_on__lte=on).first()}
    if known is not None:
        initial |= {
            "school_year": known.school_year_id,
            "base": known.base,
            "percent": f"{known.percent.normalize():f}".replace(".", ","),
        }
    form = ReleaseForm(posted(request), years=years, initial=initial)

    if known:
        form.watch(known, back=reverse("teacher_release", args=[row.pk]))

    def note() -> TeacherRelease:
        return set_release(teacher=row, release=known, person=request.user, on=on, **form.cleaned_data)

    if noted := done(form, note):
        tags = "" if known else undo_made(noted, edit=False)
        messages.success(request, _("Libération enregistrée."), extra_tags=tags)
        return redirect("teacher", row.pk)
    return page(request, "programs/release.html", form, teacher=row, releases=releases, known=known)


@require_POST
def teacher_release_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a release away."""
    release = get_object_or_404(teachers.releases_seen_by(request.user), pk=pk)
    if not teachers.may_run(request.user, release.person):
        raise PermissionDenied
    gesture = remove_release(release=release, person=request.user, on=request.user.local_date())
    return taken_back(request, made_of(TeacherRelease), gesture)


@require_http_methods(["GET", "POST"])
def function_time(request: PersonRequest) -> HttpResponse:
    """One's own time in the three functions: an entry, the totals of the year, the last entries."""
    user, on, kind = request.user, request.user.local_date(), KINDS["temps"]
    owner = kind.owner_to_log(user, user.pk)
    form = kind.form(posted(request), owner=owner, user=user, on=on, query=request.GET)

    def count() -> list[Any]:
        return log(parts=kind.parts(form, owner), person=user, on=on, second=form.cleaned_data["second"])

    if rows := done(form, count):
        return saved(request, kind, owner, rows, form.cleaned_data["entry_uuid"])
    return _time(request, form)


@require_http_methods(["GET", "POST"])
def function_time_week(request: PersonRequest) -> HttpResponse:
    """Count one's whole week at once."""
    user, on = _self(request), request.user.local_date()
    form = WeekTimeForm(posted(request), on=on)

    def count() -> list[FunctionTime]:
        said = {name: form.cleaned_data[name] for name in ("spent_on", "entry_uuid", "second")}
        return log_function_week(teacher=user, minutes=form.minutes(), on=on, **said)

    if done(form, count):
        undo = reverse("function_time_week_undo", args=[form.cleaned_data["entry_uuid"]])
        messages.success(request, _("La semaine est enregistrée."), extra_tags=f"undo:{undo}")
        return redirect("function_time_week")
    return _time(request, form)


@require_POST
def function_time_week_undo(request: PersonRequest, entry_uuid: uuid.UUID) -> HttpResponse:
    """Take back what one form counted for a week; a second press does no harm."""
    user, kind = _self(request), KINDS["temps"]
    keys = kind.keys(user, entry_uuid)
    if take_back(kind=kind, owner=user, keys=keys, person=user, on=user.local_date()):
        messages.info(request, _("La semaine est retirée."))
    else:
        messages.info(request, _("Cette semaine était déjà retirée."))
    return redirect("function_time_week")


def _time(request: PersonRequest, form: Form) -> HttpResponse:
    """The page of one's time: a form, of a moment or of a week, beside what is counted already."""
    user, on = request.user, request.user.local_date()
    year, shares = teachers.time_by_function(user, user, on)
    context = {
        "year": year,
        "shares": shares,
        "recent": teachers.recent_times(user, user),
        "total": sum(share.minutes for share in shares),
        "by_week": isinstance(form, WeekTimeForm),
    }
    return page(request, "programs/time.html", form, **context)


@require_http_methods(["GET", "POST"])
def foundations(request: PersonRequest) -> HttpResponse:
    """One's five foundations, on one page."""
    user = _self(request)
    form = FoundationsForm(posted(request), teacher=user)
    form.watch(*user.foundations.all(), back=reverse("foundations"))
    on = user.local_date()
    if succeeded(form, lambda: state_foundations(teacher=user, statements=form.cleaned_data, on=on)):
        messages.success(request, _("Vos fondements sont enregistrés."))
        return redirect("foundations")
    return page(request, "programs/foundations.html", form)


def _self(request: PersonRequest) -> User:
    require_role(request.user, Role.RESOURCE_TEACHER)
    return request.user


def _teacher(user: User, pk: int) -> User:
    return get_object_or_404(teachers.teachers_seen_by(user).select_related("board", "school"), pk=pk)


def _teacher_to_run(user: User, pk: int) -> User:
    row = _teacher(user, pk)
    if not teachers.may_run(user, row):
        raise PermissionDenied
    return row


def _release_or_none(request: PersonRequest, row: User) -> TeacherRelease | None:
    asked = request.GET.get("liberation", "")
    return get_object_or_404(teachers.releases_of(row), pk=number(asked)) if asked else None
