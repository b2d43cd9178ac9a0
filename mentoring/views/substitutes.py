"""Who stands in for the mentor of a dyad, and until when."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mentoring.models import DyadSubstitute
from mentoring.views.doors import dyad_to_entrust, substitute_to_end
from people.requests import PersonRequest
from programs.actions import name_substitute
from programs.actions.substitutes import possible_substitutes
from programs.forms import SubstituteForm
from programs.views.substitutes import say_end


def dyad_substitute(request: PersonRequest, pk: int) -> HttpResponse:
    """Name who stands in for the mentor on a range of days; those named already are listed."""
    dyad, on = dyad_to_entrust(request.user, pk), request.user.local_date()
    people = possible_substitutes(dyad.program, DyadSubstitute.ROLES, on).exclude(pk=dyad.mentor.person_id)
    sent = request.POST if request.method == "POST" else None
    form = SubstituteForm(sent, people=people, initial={"starts_on": max(on, dyad.starts_on)})
    if form.is_valid():
        usual = dyad.mentor.person_id
        try:
            name_substitute(subject=dyad, usual=usual, person=request.user, on=on, **form.cleaned_data)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Le remplacement est noté."))
            return redirect("dyad_substitute", pk)
    listed = dyad.substitutes.select_related("person").order_by("-starts_on")
    page = {"form": form, "dyad": dyad, "substitutes": listed, "on": on}
    return render(request, "mentoring/dyad_substitute.html", page, status=422 if form.is_bound else 200)


@require_POST
def dyad_substitute_end(request: PersonRequest, pk: int) -> HttpResponse:
    """Make today the last day of a substitute, or close their access at once."""
    row = substitute_to_end(request.user, pk)
    say_end(request, row)
    return redirect("dyad_substitute", row.dyad_id)
