"""What a mentor says of themself: only they write it, and nobody is ranked."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mentoring import actions
from mentoring.actions.mentors import APPROACH
from mentoring.forms import ApproachForm, StyleForm
from mentoring.models import MentorApproach, StyleSelfAssessment
from mentoring.views.doors import own_mentor
from people.requests import PersonRequest


def mentor_style(request: PersonRequest) -> HttpResponse:
    """One's own self-assessment of today; the earlier ones are listed."""
    mentor, on = own_mentor(request.user), request.user.local_date()
    earlier = list(StyleSelfAssessment.objects.visible_to(request.user).filter(mentor=mentor).order_by("-on"))
    today: list[str] = next((one.markers for one in earlier if one.on == on), [])
    form = StyleForm(request.POST if request.method == "POST" else None, initial={"markers": today})
    if form.is_valid():
        try:
            actions.assess_style(mentor=mentor, on=on, markers=form.cleaned_data["markers"])
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Votre autoévaluation est enregistrée."))
            return redirect("mentor", mentor.pk)
    page = {"form": form, "mentor": mentor, "earlier": earlier, "on": on}
    return render(request, "mentoring/style.html", page, status=422 if form.is_bound else 200)


def mentor_approach(request: PersonRequest) -> HttpResponse:
    """One's own approach, from the words of the last time."""
    mentor, on = own_mentor(request.user), request.user.local_date()
    last = MentorApproach.objects.visible_to(request.user).filter(mentor=mentor).last()
    initial = {name: getattr(last, name) for name in APPROACH} if last else {}
    form = ApproachForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            actions.state_approach(mentor=mentor, on=on, said=form.cleaned_data)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Votre approche est enregistrée."))
            return redirect("mentor", mentor.pk)
    page = {"form": form, "mentor": mentor, "last": last}
    return render(request, "mentoring/approach.html", page, status=422 if form.is_bound else 200)
