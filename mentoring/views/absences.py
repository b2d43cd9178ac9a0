"""Somebody is away: who stands in, in all that they hold, on one page."""

import uuid
from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from mentoring.absences import coming_back, entrusted, replaceable
from mentoring.actions.absences import Absence, Replaced, end_absence, replace_all, sent_before
from mentoring.forms.absences import AwayForm
from people.access import Role
from people.models import User
from people.requests import PersonRequest
from people.text import spoken
from people.views.forms import done, page, posted
from programs.models import Substitute
from programs.views.gestures import undo_gesture

_DAY = timedelta(days=1)


@require_http_methods(["GET", "POST"])
def person_away(request: PersonRequest, pk: int) -> HttpResponse:
    """Name who stands in on a range of days, everywhere or line by line; what stands already is listed."""
    user, on = request.user, request.user.local_date()
    away = _away(user, pk)
    lines = entrusted(away, user, on)
    form = AwayForm(posted(request), lines=lines, initial={"starts_on": on, "entry_uuid": uuid.uuid4()})
    if form.is_bound and (sent := sent_before(lines, form.uuid_to_send)):
        _say(request, Replaced(sent, []))
        return redirect("person_away", pk)

    def replace() -> Replaced:
        said = form.cleaned_data
        absence = Absence(said["starts_on"], said["last_day"], user, on, said["entry_uuid"])
        return replace_all(lines=lines, by=said["by"], absence=absence)

    if replaced := done(form, replace):
        _say(request, replaced)
        return redirect("person_away", pk)
    standing = coming_back(lines)
    shown = {"away": away, "is_self": away.pk == user.pk, "lines": lines, "standing": standing, "on": on}
    shown |= {"is_running": any(row.starts_on <= on for row in standing), "to_come": _to_come(standing, user)}
    return page(request, "mentoring/away.html", form, **shown)


@require_POST
def person_back(request: PersonRequest, pk: int) -> HttpResponse:
    """Back earlier: today is the last day of every replacement that runs."""
    user, on = request.user, request.user.local_date()
    gesture = end_absence(lines=entrusted(_away(user, pk), user, on), person=user, on=on)
    if gesture is None:
        messages.info(request, _("Les remplacements étaient déjà terminés, ou finissent aujourd’hui."))
    else:
        words = _("Les remplacements prennent fin aujourd’hui. Ce qui a été consigné reste.")
        messages.success(request, words, extra_tags=undo_gesture(gesture))
    return redirect("person_away", pk)


def _away(user: User, pk: int) -> User:
    """Oneself, of the school's staff; or an adult whom one answers for. 403 to who only sees them."""
    away = get_object_or_404(replaceable(user).select_related("board", "school"), pk=pk)
    for_oneself = pk == user.pk and user.access.holds(Role.RESOURCE_TEACHER)
    if not for_oneself and not user.access.holds(Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER):
        raise PermissionDenied
    return away


def _to_come(standing: list[Substitute], user: User) -> list[tuple[Substitute, str]]:
    """The absences that have not begun, by their first row, each with where it is taken back."""
    on = user.local_date()
    found: dict[uuid.UUID, Substitute] = {}
    begun = {row.together for row in standing if row.starts_on <= on}
    for row in sorted(standing, key=lambda row: (row.starts_on, row.pk)):
        if row.together and row.together not in begun:
            found.setdefault(row.together, row)
    return [(row, _undo(row)) for row in found.values()]


def _undo(row: Substitute) -> str:
    return reverse("made_undo", args=[f"absence-{row.NOUN}", row.pk])


def _say(request: PersonRequest, replaced: Replaced) -> None:
    """What was named, to be undone as a whole; who stands in already on a part of those days."""
    n = len({(row.NOUN, row.relation.pk) for row in replaced.named})
    words = ngettext(
        "Le remplacement est noté\u00a0: les rencontres prévues passent dans sa semaine.",
        "Les remplacements sont notés dans %(n)s groupes et dyades\u00a0: les rencontres prévues suivent.",
        n,
    )
    messages.success(request, words % {"n": n}, extra_tags=f"undo:{_undo(replaced.named[0])}")
    for row in replaced.kept:
        said = _("%(relation)s\u00a0: %(person)s y remplace déjà du %(first)s au %(last)s, et garde ces jours.")
        days = {"first": spoken(row.starts_on), "last": spoken(row.ends_on - _DAY)}
        messages.info(request, said % {"relation": row.relation, "person": row.person, **days})
