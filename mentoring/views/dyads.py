"""The dyads that one sees, and one of them."""

from django.core.paginator import Paginator
from django.db.models import DateField, OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mentoring.dyad_page import portrait, read
from mentoring.followup import followups
from mentoring.models import Dyad, DyadMeeting
from people.access import Role
from people.apart import tell_apart
from people.requests import PersonRequest
from people.shortcuts import require_role
from programs.log.credit import close_other_days, say_for_whom
from programs.models import Program
from programs.roles import schools_to_open_in

PAGE = 25
ENDED = "terminees"
READERS = (Role.RESOURCE_TEACHER, Role.MENTOR, Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER)


@require_safe
def dyads(request: PersonRequest) -> HttpResponse:
    """The visible dyads, open or ended, a page at a time."""
    require_role(request.user, *READERS)
    on = request.user.local_date()
    ended = request.GET.get("etat") == ENDED
    seen = Dyad.objects.visible_to(request.user)
    rows = seen.filter(ends_on__lte=on).order_by("-ends_on", "pk") if ended else seen.exclude(ends_on__lte=on)
    held = DyadMeeting.objects.kept().meetings().held().filter(dyad=OuterRef("pk"), on__lte=on).order_by("-on")
    last_on = Subquery(held.values("on")[:1], output_field=DateField())
    listed = Paginator(rows.with_people().annotate(last_on=last_on), PAGE).get_page(request.GET.get("page"))
    tell_apart(listed)
    may_start = Program.objects.led_by(request.user).filter(domain=Program.Domain.MENTORING).exists()
    page = {"listed": listed, "ended": ended, "on": on, "may_start": may_start}
    page["schools"] = schools_to_open_in(request.user)
    return render(request, "mentoring/dyads.html", page)


@require_safe
def dyad(request: PersonRequest, pk: int) -> HttpResponse:
    """One dyad: stage, weeks, feed, follow-up, findings, agreement, mentor."""
    on = request.user.local_date()
    shown, rights, facts = read(request.user, pk, on=on)
    whole = request.GET.get("suivi") == "tout"
    page = request.GET.get("page")
    whole_portrait = portrait(shown, request.user, on=on, page=page, rights=rights, facts=facts)
    if whole_portrait.substitutes:
        close_other_days(shown, whole_portrait.feed, request.user)
    say_for_whom(shown, whole_portrait.feed, whole_portrait.substitutes)
    context = {
        "dyad": shown,
        "on": on,
        "followups": followups(shown, request.user, on=on, whole=whole, rights=rights, logged=facts.logged),
        "portrait": whole_portrait,
        "may_entrust": rights.entrust,
        "may_plan": rights.plan,
        "has_end": shown.ends_on is not None,
        "may_log": rights.log,
        "may_run": rights.run,
    }
    return render(request, "mentoring/dyad.html", context)
