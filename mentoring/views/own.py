"""What a mentor says of themself: only they write it, and nobody is ranked."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mentoring.access import own_mentor
from mentoring.actions.mentors import APPROACH, assess_style, state_approach
from mentoring.forms.mentors import ApproachForm, StyleForm
from mentoring.models import MentorApproach, StyleSelfAssessment
from people.requests import PersonRequest
from people.views.forms import page, posted, succeeded


@require_http_methods(["GET", "POST"])
def mentor_style(request: PersonRequest) -> HttpResponse:
    """One's own self-assessment of today; the earlier ones are listed."""
    mentor, on = own_mentor(request.user), request.user.local_date()
    earlier = list(StyleSelfAssessment.objects.visible_to(request.user).filter(mentor=mentor).order_by("-on"))
    today: list[str] = next((one.markers for one in earlier if one.on == on), [])
    form = StyleForm(posted(request), initial={"markers": today})
    form.watch(*(one for one in earlier if one.on == on), back=reverse("mentor", args=[mentor.pk]))
    if succeeded(form, lambda: assess_style(mentor=mentor, on=on, markers=form.cleaned_data["markers"])):
        messages.success(request, _("Votre autoévaluation est enregistrée."))
        return redirect("mentor", mentor.pk)
    return page(request, "mentoring/style.html", form, mentor=mentor, earlier=earlier, on=on)


@require_http_methods(["GET", "POST"])
def mentor_approach(request: PersonRequest) -> HttpResponse:
    """One's own approach, from the words of the last time."""
    mentor, on = own_mentor(request.user), request.user.local_date()
    last = MentorApproach.objects.visible_to(request.user).filter(mentor=mentor).last()
    initial = {name: getattr(last, name) for name in APPROACH} if last else {}
    form = ApproachForm(posted(request), initial=initial)
    form.watch(*[last] if last else [], back=reverse("mentor", args=[mentor.pk]))
    if succeeded(form, lambda: state_approach(mentor=mentor, on=on, said=form.cleaned_data)):
        messages.success(request, _("Votre approche est enregistrée."))
        return redirect("mentor", mentor.pk)
    return page(request, "mentoring/approach.html", form, mentor=mentor, last=last)
