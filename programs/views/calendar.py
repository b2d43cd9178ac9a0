"""A school's calendar: read by everyone of the school, written by those who manage it."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from people.models import School
from people.requests import PersonRequest
from people.views.forms import done
from programs.actions.calendar import Changed, change_range
from programs.actions.years import open_school_year
from programs.calendars.forms import DayForm, YearForm
from programs.calendars.months import month_tables
from programs.calendars.words import changed_in_words
from programs.models import SchoolDay, SchoolYear


@require_safe
def calendar(request: PersonRequest) -> HttpResponse:
    """A year of a school, month by month."""
    schools = School.objects.visible_to(request.user)
    if asked := request.GET.get("ecole", ""):
        school: School | None = get_object_or_404(schools, pk=_pk(asked))
    else:
        school = schools.filter(pk=request.user.school_id or 0).first() or schools.first()
    return _page(request, school)


@require_POST
def calendar_day(request: PersonRequest) -> HttpResponse:
    """Change what a date is, or all the days of a range."""
    school = managed_school(request)
    form = DayForm(request.POST, prefix="jour")

    def change() -> tuple[Changed, date, date]:
        given = form.cleaned_data
        first, last = given["day"], given["last_on"] or given["day"]
        kind, on = SchoolDay.Kind(given["kind"]), request.user.local_date()
        changed = change_range(school=school, first_on=first, last_on=last, kind=kind, person=request.user, on=on)
        return changed, first, last

    if made := done(form, change):
        messages.success(request, changed_in_words(*made))
        return redirect(address(request, school, made[1]))
    return _page(request, school, day_form=form)


@require_POST
def calendar_year(request: PersonRequest) -> HttpResponse:
    """Open a year in a school, with its statutory days."""
    school, on = managed_school(request), request.user.local_date()
    form = YearForm(request.POST, prefix="annee")
    opened = done(
        form,
        lambda: open_school_year(board=school.board, schools=[school], person=request.user, on=on, **form.cleaned_data),
    )
    if opened:
        words = _(
            "Année %(label)s\u00a0: %(days)d jours sont ajoutés. Modifiez les journées pédagogiques et les congés."
        )
        messages.success(request, words % {"label": opened[0].label, "days": opened[1]})
        return redirect(address(request, school, opened[0].starts_on))
    return _page(request, school, year_form=form)


def managed_school(request: PersonRequest) -> School:
    schools = School.objects.visible_to(request.user).select_related("board")
    school = get_object_or_404(schools, pk=_pk(request.POST.get("school", "")))
    if not School.objects.managed_by(request.user).filter(pk=school.pk).exists():
        raise PermissionDenied
    return school


def _pk(value: str) -> int:
    if not value.isdecimal() or len(value) > 18:
        raise Http404
    return int(value)


def address(request: PersonRequest, school: School, day: date) -> str:
    year = SchoolYear.objects.visible_to(request.user).of(school.board, day)
    return f"{reverse('calendar')}?ecole={school.pk}" + (f"&annee={year.pk}" if year else "")


def _page(
    request: PersonRequest, school: School | None, day_form: Form | None = None, year_form: Form | None = None
) -> HttpResponse:
    user, on = request.user, request.user.local_date()
    refused = day_form or year_form
    context: dict[str, Any] = {"school": school, "form": refused}
    if school is not None:
        years = SchoolYear.objects.visible_to(user).filter(board=school.board_id)
        year = _chosen_year(request, school, on)
        context |= {"schools": School.objects.visible_to(user), "years": years, "year": year}
        context |= _tables(school, year=year, on=on)
        if School.objects.managed_by(user).filter(pk=school.pk).exists():
            picked = request.GET.get("jour", "") or on.isoformat()
            context["day_form"] = day_form or DayForm(prefix="jour", initial={"day": picked})
            context["year_form"] = year_form or YearForm(prefix="annee")
    return render(request, "programs/calendar.html", context, status=422 if refused else 200)


def _chosen_year(request: PersonRequest, school: School, on: date) -> SchoolYear | None:
    years = SchoolYear.objects.visible_to(request.user).filter(board=school.board_id)
    if asked := request.GET.get("annee", ""):
        return get_object_or_404(years, pk=_pk(asked))
    return years.of(school.board, on) or years.last()


def _tables(school: School, *, year: SchoolYear | None, on: date) -> dict[str, Any]:
    if year is None:
        return {}
    of_year = school.days.filter(date__gte=year.starts_on, date__lt=year.ends_on)
    days = dict(of_year.values_list("date", "kind"))
    last_on = year.ends_on - timedelta(days=1)
    counts = {kind: list(days.values()).count(kind) for kind in SchoolDay.Kind.values}
    return {
        "months": month_tables(days, year.starts_on, last_on, on) if days else [],
        "last_on": last_on,
        "counts": counts,
    }
