"""« Mon parcours »: what one has given, for oneself only, and the attestation to print. Nobody is ranked."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mentoring.contributions import path_of
from mentoring.models import Mentor
from people.access import Role
from people.models import User
from people.pdf import pdf_page
from people.requests import PersonRequest
from people.shortcuts import require_role


@require_safe
def own_path(request: PersonRequest) -> HttpResponse:
    """One's own training, meetings and relationships, year by year."""
    user, on = _oneself(request), request.user.local_date()
    mentor = Mentor.objects.visible_to(user).filter(person=user.pk).first()
    return render(request, "mentoring/path.html", {"years": path_of(user, on), "mentor": mentor, "on": on})


@require_safe
def own_attestation(request: PersonRequest, year: int) -> HttpResponse:
    """One page to print for a school year, named by the civil year in which it begins. No student is named."""
    return render(request, "mentoring/attestation.html", _attested(request, year))


@require_safe
def own_attestation_pdf(request: PersonRequest, year: int) -> HttpResponse:
    """The same page, to keep."""
    attested = _attested(request, year)
    name = f"attestation-{year}-{year + 1}.pdf"
    return pdf_page(
        request, "mentoring/attestation_pdf.html", attested, read_on=request.user.local_date(), file_name=name
    )


def _attested(request: PersonRequest, year: int) -> dict[str, object]:
    user, on = _oneself(request), request.user.local_date()
    shown = next((one for one in path_of(user, on) if one.year.starts_on.year == year), None)
    if shown is None:
        raise Http404
    return {"shown": shown, "person": user, "on": on}


def _oneself(request: PersonRequest) -> User:
    require_role(request.user, Role.MENTOR, Role.RESOURCE_TEACHER)
    return request.user
