"""What a person who leaves holds, handed over on one page."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from guidelines.handover import Departure, hand_over
from guidelines.handover_forms import LeavingForm
from guidelines.holdings import Holdings, holdings
from mentoring.models import Mentor
from people.access import Role
from people.doors import person_of
from people.models import Membership, User
from people.models.base import active_on
from people.requests import PersonRequest
from people.views.forms import done, page, posted
from programs.access import possible_leads
from programs.models import GroupLead, Program


@require_http_methods(["GET", "POST"])
def person_leave(request: PersonRequest, pk: int) -> HttpResponse:
    """For each thing that somebody holds: to whom it goes, after which day, or later; one press, all or nothing."""
    user, on = request.user, request.user.local_date()
    leaver = person_of(user, pk)
    if not user.access.holds(Role.SCHOOL_MANAGER):
        raise PermissionDenied
    held = holdings(leaver, reader=user, on=on)
    form = _form(request, leaver, held)
    roles = Membership.objects.managed_by(user).filter(active_on(on), person=leaver)

    def leave() -> int:
        said = {name: form.cleaned_data[name] for name in ("last_day", "reason", "words", "entry_uuid")}
        return hand_over(holdings=held, choices=form.choices(roles), departure=Departure(**said, person=user, on=on))

    count = done(form, lambda: (leave(),))
    if count is not None:
        n = count[0]
        words = ngettext("Un changement est fait.", "%(n)s changements sont faits.", n) % {"n": n}
        messages.success(request, words if n else _("Tout est laissé pour plus tard."))
        return redirect("person", pk)
    may_end = pk != user.pk and roles.exists()
    return page(request, "guidelines/leaving.html", form, person=leaver, held=held, may_end=may_end)


def _form(request: PersonRequest, leaver: User, held: Holdings) -> LeavingForm:
    user, on = request.user, request.user.local_date()
    programs = Program.objects.led_by(user)
    mentors = Mentor.objects.run_by(user).filter(person__is_active=True).exclude(person=leaver).select_related("person")
    serving = Membership.objects.visible_to(user).filter(
        active_on(on), role__in=[Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER, Role.RESOURCE_TEACHER]
    )
    followers = User.objects.visible_to(user).filter(pk__in=serving.values("person"), is_active=True)
    return LeavingForm(
        posted(request),
        held=held,
        teachers=list(possible_leads(programs, on).exclude(pk=leaver.pk)),
        mentors=list(mentors),
        followers=list(followers.exclude(pk=leaver.pk)),
        initial={"entry_uuid": uuid.uuid4(), "last_day": on, "reason": GroupLead.Reason.LEFT},
    )
