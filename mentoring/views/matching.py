"""Who waits for a mentor, since when; which mentors can take one more."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mentoring.access import mentor_to_offer
from mentoring.actions.referrals import WISHES, state_availability
from mentoring.forms.wishes import AvailabilityForm
from mentoring.matching.pool import offers, waiting
from mentoring.models import MatchingRound, Mentor, Referral
from mentoring.numbers import MENTOR_DYADS
from mentoring.views.referrals import REFERRERS
from people.access import Role
from people.models import User
from people.requests import PersonRequest
from people.shortcuts import require_role
from people.views.forms import page, posted, succeeded
from programs.models import Program
from programs.numbers import in_force

PAGE = 60
SHOWN = 12
"""How many rounds of proposals the page leads to: those that pend, and the last ones published."""
MATCHERS = (Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER)


@require_safe
def matching(request: PersonRequest) -> HttpResponse:
    """The students who wait, the longest first: those whom one referred, or those of the programmes that one runs."""
    user, on = request.user, request.user.local_date()
    require_role(user, *REFERRERS)
    numbers = in_force(user.board_id, on)
    rows = waiting(Referral.objects.visible_to(user), on=on, today=on, numbers=numbers)
    latest = F("published_on").desc(nulls_first=True)
    rounds = list(MatchingRound.objects.visible_to(user).select_related("program").order_by(latest, "-pk")[:SHOWN])
    pending = [one for one in rounds if one.published_on is None]
    to_propose = {row.referral.program_id for row in rows} - {one.program_id for one in pending}
    context = {
        "listed": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "programs": [one for one in programs_to_match(user) if one.pk in to_propose],
        "rounds": rounds,
        "pending": pending,
        "published": rounds[len(pending) :],
        "may_match": user.access.holds(*MATCHERS),
    }
    return render(request, "mentoring/matching.html", context)


@require_safe
def matching_mentors(request: PersonRequest) -> HttpResponse:
    """The mentors whom one answers for: load and free places, training and verification, what they offer."""
    user, on = request.user, request.user.local_date()
    require_role(user, *MATCHERS)
    numbers = in_force(user.board_id, on)
    rows = offers(Mentor.objects.run_by(user), on=on, numbers=numbers)
    free = sum(row.free for row in rows if row.ready.is_ready)
    listed = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "mentoring/matching_mentors.html", {"listed": listed, "free": free})


@require_http_methods(["GET", "POST"])
def mentor_offer(request: PersonRequest, pk: int) -> HttpResponse:
    """What a mentor offers: places, interests, languages, times; said by themself or by who answers for them."""
    user, on = request.user, request.user.local_date()
    shown = mentor_to_offer(user, pk)
    initial = {name: getattr(shown, name) for name in ("places", *WISHES)}
    form = AvailabilityForm(posted(request), initial=initial)
    form.watch(shown, back=reverse("mentor", args=[pk]))
    if succeeded(form, lambda: state_availability(mentor=shown, person=user, **form.cleaned_data)):
        messages.success(request, _("Les disponibilités sont enregistrées."))
        return redirect("mentor", pk)
    usual = in_force(shown.person.board_id, on).worth(MENTOR_DYADS)
    return page(request, "mentoring/mentor_offer.html", form, mentor=shown, usual=usual)


def programs_to_match(user: User) -> list[Program]:
    """The mentoring programmes in which one may match."""
    led = Program.objects.led_by(user).running(user.local_date())
    return list(led.filter(domain=Program.Domain.MENTORING).order_by("name_key", "pk"))
