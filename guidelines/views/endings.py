"""« Relations terminées à revoir », and the review of one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from guidelines import endings
from guidelines.ending_forms import EndingReviewForm
from guidelines.models import EndingReview
from guidelines.reviewing import ReviewedMeanwhile, initial, review_ending
from mentoring.access import dyad_to_run
from people.access import Role
from people.requests import PersonRequest
from people.views.forms import instant, page, posted

REVIEWERS = (Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER)
DONE = "revues"
PAGE = 25
MEANWHILE = _(
    "Quelqu’un a revu cette fin entre-temps\u00a0: son texte est au-dessus du vôtre. "
    "Si vous enregistrez encore, le vôtre le remplace."
)


@require_safe
def ended_relations(request: PersonRequest) -> HttpResponse:
    """The early endings to review, the latest first; or the reviews that there are."""
    if not request.user.access.holds(*REVIEWERS):
        raise PermissionDenied
    done = request.GET.get("etat") == DONE
    people = ("dyad__student", "dyad__mentor__person", "dyad__program__school")
    found = endings.reviewed(request.user) if done else endings.to_review(request.user)
    rows = found.select_related(*people, *(["by"] if done else []))
    listed = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "guidelines/ended_relations.html", {"listed": listed, "done": done})


@require_http_methods(["GET", "POST"])
def dyad_ending(request: PersonRequest, pk: int) -> HttpResponse:
    """Write or correct the review of an ended relation: one press closes the case."""
    dyad, on = dyad_to_run(request.user, pk), request.user.local_date()
    if dyad.ends_on is None:
        messages.info(request, gettext("Cette relation n’a pas pris fin."))
        return redirect(dyad)
    review = EndingReview.objects.visible_to(request.user).filter(dyad=dyad).select_related("by").first()
    seen = (review.saved_at if review else None) if request.method == "GET" else instant(request.POST.get("saved_at"))
    form = EndingReviewForm(posted(request), initial=initial(dyad, review))
    if form.is_valid():
        try:
            review_ending(dyad=dyad, person=request.user, on=on, said=form.said(), saved_at=seen)
        except ReviewedMeanwhile as meanwhile:
            review, seen = meanwhile.theirs, meanwhile.theirs.saved_at
            form.add_error(None, MEANWHILE)
        else:
            messages.success(request, gettext("La revue est enregistrée\u00a0: ce cas est clos."))
            return redirect(dyad)
    theirs = review if form.non_field_errors() else None
    more = {"dyad": dyad, "review": review, "theirs": theirs, "saved_at": seen.isoformat() if seen else ""}
    return page(request, "guidelines/dyad_ending.html", form, on=on, **more)
