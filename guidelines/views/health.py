"""« Santé des balises »: whether each guideline still tells one subject from another, over a fixed period."""

from dataclasses import dataclass
from functools import cache

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guidelines.forms import HealthForm
from guidelines.health import MOST_PERCENT, Health, health, readable_periods
from guidelines.models.settings import may_set
from people.access import Role
from people.requests import PersonRequest

READERS = (Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER, Role.BOARD_ADMIN)
MOST_NAMED = 4
"""Programmes whose choice is a link; of more, the list of programmes."""


@dataclass(frozen=True)
class Line:
    health: Health
    may_set: bool
    """Whether another number may be tried."""


@require_safe
def guidelines_health(request: PersonRequest) -> HttpResponse:
    """What is followed, then what is not yet; refused to those who answer for no programme."""
    user = request.user
    if not user.access.holds(*READERS):
        raise PermissionDenied
    on = user.local_date()
    periods = readable_periods(user, on=on)
    form = HealthForm(request.GET, periods=periods)
    found = health(user, period=form.period, on=on) if form.period else []
    sets = cache(lambda subject: may_set(user, subject))
    lines = [Line(of, of.is_worn and bool(of.entry.settable) and sets(of.entry.subject)) for of in found]
    context = {
        "scope": form,
        "followed": [line for line in lines if line.health.is_followed],
        "others": [line for line in lines if not line.health.is_followed],
        "most": MOST_PERCENT,
        "most_named": MOST_NAMED,
    }
    return render(request, "guidelines/health.html", context)
