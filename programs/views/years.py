"""Open a school year: typed, read from a file, or copied from the school beside; its terms, later."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from people.models import School
from people.requests import PersonRequest
from people.views.forms import done, posted
from programs.actions.terms import Span, change_term, put_terms, remove_term
from programs.actions.years import open_school_year
from programs.calendars.forms import TermForm, term_form
from programs.calendars.spans import Pattern, pattern_of, schools_beside
from programs.calendars.words import class_days_remark
from programs.calendars.year_forms import YearForm, first_shown, with_more_rows
from programs.gestures.kinds import made_of
from programs.models import SchoolYear, Term
from programs.views.calendar import address, calendar_page, managed_school
from programs.views.gestures import undo_made


@require_http_methods(["GET", "POST"])
def calendar_year(request: PersonRequest) -> HttpResponse:
    """Open a year in a school, with its statutory days, its terms, its breaks and its pedagogical days."""
    school, on = managed_school(request), request.user.local_date()
    if request.method == "POST" and "more" in request.POST:
        return year_page(request, school, YearForm(initial=with_more_rows(request.POST)))
    if pattern := _copied(request, school, on):
        return year_page(request, school, YearForm(initial=first_shown("", pattern)), said=_copied_words(pattern))
    form = YearForm(posted(request), initial=first_shown(next_label(school, on)))
    given = ("label", "first_on", "last_on")
    opened = done(
        form,
        lambda: open_school_year(
            board=school.board,
            schools=[school],
            person=request.user,
            on=on,
            marks=form.marks,
            terms=form.terms,
            **{name: form.cleaned_data[name] for name in given},
        ),
    )
    if opened:
        _tell(request, form, *opened)
        return redirect(address(request, school, opened[0].starts_on))
    return year_page(request, school, form)


@require_POST
def calendar_term(request: PersonRequest) -> HttpResponse:
    """Add a term to a year of the school's board, or correct one."""
    school, on = managed_school(request), request.user.local_date()
    term = _term(request, school)
    year = (
        term.school_year if term else get_object_or_404(_years(request, school), pk=_pk(request.POST.get("annee", "")))
    )
    back = address(request, school, year.starts_on) + "#etapes"
    form = term_form(term, request.POST, back=back) if term else TermForm(request.POST, prefix="etape")

    def put() -> bool:
        span = Span(form.cleaned_data["name"], form.cleaned_data["first_on"], form.cleaned_data["last_on"])
        if term is None:
            return bool(put_terms(year=year, terms=[span], person=request.user, on=on)) or True
        return change_term(term=term, span=span, person=request.user, on=on) or True

    if done(form, put):
        messages.success(request, _("Les étapes de l’année %(label)s sont à jour.") % {"label": year.label})
        return redirect(back)
    return calendar_page(request, school, year=year, refused_term=form, term=term)


@require_POST
def calendar_term_remove(request: PersonRequest) -> HttpResponse:
    """Take a term of the school's board away."""
    school = managed_school(request)
    term = _term(request, school)
    if term is None:
        raise Http404
    remove_term(term=term, person=request.user, on=request.user.local_date())
    messages.success(request, _("L’étape «\u00a0%(term)s\u00a0» est retirée.") % {"term": term.name})
    return redirect(address(request, school, term.school_year.starts_on) + "#etapes")


def year_page(
    request: PersonRequest, school: School, form: YearForm, *, said: str = "", refused: str = ""
) -> HttpResponse:
    """The form of a year: as typed and 422 when something is to correct.

    ``said`` tells where its rows come from, ``refused`` why a file could not be read.
    """
    on = request.user.local_date()
    context: dict[str, Any] = {
        "form": form,
        "school": school,
        "beside": schools_beside(school, on),
        "said": said,
        "refused": refused,
        "many": School.objects.visible_to(request.user).filter(board=school.board_id).count() > 1,
        "address": f"{reverse('calendar_year')}?ecole={school.pk}",
    }
    return render(request, "programs/year.html", context, status=422 if form.is_bound or refused else 200)


def next_label(school: School, on: date) -> str:
    """The name of the year to open: that of the day, or the one after the latest that the school has days in."""
    latest = school.days.order_by("-date").values_list("date", flat=True).first()
    begins = on.year if on.month >= 5 else on.year - 1
    if latest is not None:
        begins = max(begins, latest.year if latest.month < 8 else latest.year + 1)
    return f"{begins}-{begins + 1}"


def _copied(request: PersonRequest, school: School, on: date) -> Pattern | None:
    asked = request.GET.get("de", "") if request.method == "GET" else ""
    if not asked:
        return None
    other = next((one for one in schools_beside(school, on) if one.pk == _pk(asked)), None)
    if other is None:
        raise Http404
    return pattern_of(other, on)


def _copied_words(pattern: Pattern) -> str:
    words = _("Voici le calendrier %(label)s de l’école choisie. Vérifiez-le, puis ouvrez l’année.")
    return words % {"label": pattern.label}


def _tell(request: PersonRequest, form: YearForm, year: SchoolYear, days: int) -> None:
    words = _("Année %(label)s\u00a0: %(days)d jours sont ajoutés. Modifiez les journées pédagogiques et les congés.")
    undo = undo_made(year) if days and made_of(SchoolYear).allowed(request.user).filter(pk=year.pk).exists() else ""
    messages.success(request, words % {"label": year.label, "days": days}, extra_tags=undo)
    if remark := class_days_remark(form.class_days):
        messages.warning(request, remark)


def _years(request: PersonRequest, school: School) -> "QuerySet[SchoolYear]":
    return SchoolYear.objects.visible_to(request.user).filter(board=school.board_id)


def _term(request: PersonRequest, school: School) -> Term | None:
    if not (asked := request.POST.get("etape", "")):
        return None
    year = get_object_or_404(_years(request, school), terms=_pk(asked))
    term: Term = year.terms.get(pk=_pk(asked))
    return term


def _pk(value: str) -> int:
    if not value.isdecimal() or len(value) > 18:
        raise Http404
    return int(value)
