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
from people.views.forms import done, number
from programs.actions.calendar import Changed, change_range
from programs.calendars.forms import DayForm, TermForm, term_form
from programs.calendars.months import cycle_lengths, month_tables
from programs.calendars.versions import version_of_days
from programs.calendars.words import changed_in_words, class_days_remark
from programs.gestures.kinds import made_of
from programs.gestures.verbs import entered_lately
from programs.models import SchoolDay, SchoolYear, Term


@require_safe
def calendar(request: PersonRequest) -> HttpResponse:
    """A year of a school, month by month."""
    schools = School.objects.visible_to(request.user)
    if asked := request.GET.get("ecole", ""):
        school: School | None = get_object_or_404(schools, pk=_pk(asked))
    else:
        school = schools.filter(pk=request.user.school_id or 0).first() or schools.first()
    return calendar_page(request, school)


@require_POST
def calendar_day(request: PersonRequest) -> HttpResponse:
    """Change what a date is, or all the days of a range."""
    school = managed_school(request)
    form = DayForm(request.POST, prefix="jour")
    form.watch_days(school, f"{reverse('calendar')}?ecole={school.pk}")

    def change() -> tuple[Changed, date, date]:
        first, last = form.span
        kind, on = SchoolDay.Kind(form.cleaned_data["kind"]), request.user.local_date()
        changed = change_range(school=school, first_on=first, last_on=last, kind=kind, person=request.user, on=on)
        return changed, first, last

    if made := done(form, change):
        messages.success(request, changed_in_words(*made))
        return redirect(address(request, school, made[1]))
    return calendar_page(request, school, day_form=form)


def managed_school(request: PersonRequest) -> School:
    """The school that the page or the form names, or the person's own: 404 for a stranger, 403 for who manages none."""
    asked = request.POST.get("school", "") if request.method == "POST" else request.GET.get("ecole", "")
    schools = School.objects.visible_to(request.user).select_related("board")
    if not asked and request.method != "POST":
        managed = School.objects.managed_by(request.user).select_related("board")
        school = managed.filter(pk=request.user.school_id or 0).first() or managed.first()
        if school is None:
            raise PermissionDenied
        return school
    school = get_object_or_404(schools, pk=_pk(asked))
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


def calendar_page(
    request: PersonRequest,
    school: School | None,
    *,
    year: SchoolYear | None = None,
    day_form: DayForm | None = None,
    refused_term: TermForm | None = None,
    term: Term | None = None,
) -> HttpResponse:
    """The page of a year; a form that was refused is shown as it was typed, with 422."""
    user, on = request.user, request.user.local_date()
    refused = day_form or refused_term
    context: dict[str, Any] = {"school": school, "form": refused}
    if school is not None:
        year = year or _chosen_year(request, school, on)
        years = SchoolYear.objects.visible_to(user).filter(board=school.board_id)
        context |= {"schools": School.objects.visible_to(user), "years": years, "year": year}
        context |= _tables(school, year=year, on=on, cycle=request.GET.get("cycle", ""))
        if School.objects.managed_by(user).filter(pk=school.pk).exists():
            picked = request.GET.get("jour", "") or on.isoformat()
            context["day_form"] = day_form or DayForm(prefix="jour", initial={"day": picked})
            context["day_form"].stamp = context["day_form"].stamp or context.get("version", "")
            if year is not None and (kind := made_of(SchoolYear)).allowed(user).filter(pk=year.pk).exists():
                context["mistaken"] = entered_lately(kind, [year], on)
            context |= _term_forms(year, term, refused_term)
    return render(request, "programs/calendar.html", context, status=422 if refused else 200)


def _term_forms(year: SchoolYear | None, refused: Term | None, form: Form | None) -> dict[str, Any]:
    """Each term with its form, and that of one more; the refused one as it was typed."""
    if year is None:
        return {}
    rows = []
    for term in year.terms.all():
        its_own = form if refused is not None and refused.pk == term.pk else None
        rows.append((term, its_own or term_form(term, back="")))
    name = _("Étape %(number)d") % {"number": len(rows) + 1}
    new = form if form is not None and refused is None else TermForm(prefix="etape", initial={"name": name})
    return {"term_forms": rows, "new_term": new}


def _chosen_year(request: PersonRequest, school: School, on: date) -> SchoolYear | None:
    years = SchoolYear.objects.visible_to(request.user).filter(board=school.board_id)
    if asked := request.GET.get("annee", ""):
        return get_object_or_404(years, pk=_pk(asked))
    return years.of(school.board, on) or years.last()


def _tables(school: School, *, year: SchoolYear | None, on: date, cycle: str) -> dict[str, Any]:
    if year is None:
        return {}
    of_year = school.days.filter(date__gte=year.starts_on, date__lt=year.ends_on)
    days = dict(of_year.values_list("date", "kind"))
    last_on = year.ends_on - timedelta(days=1)
    counts = {kind: list(days.values()).count(kind) for kind in SchoolDay.Kind.values}
    lengths = cycle_lengths(school)
    asked = number(cycle)
    length = asked if asked in lengths else next(iter(lengths), 0)
    return {
        "months": month_tables(days, year.starts_on, last_on, on, cycle=length) if days else [],
        "version": version_of_days(days, year.starts_on, last_on),
        "last_on": last_on,
        "counts": counts,
        "terms": year.terms.all(),
        "cycle": length,
        "cycles": lengths,
        "remark": class_days_remark(counts[SchoolDay.Kind.CLASS]) if days else "",
    }
