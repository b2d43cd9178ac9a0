"""The guidelines, for everyone who signs in to read: what is checked, and with which numbers where they work."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guidelines.catalogue import CATALOGUE, CATALOGUE_VERSION, ENTRIES, Guideline
from guidelines.gestures import offered, taken_back_lately
from guidelines.models import SUBJECTS, GuidelineSetting
from guidelines.models.settings import may_set
from guidelines.numbers import Numbers
from guidelines.setting_forms import label_of
from guidelines.stated import Stated, stated, stated_apart
from guidelines.views.health import READERS as HEALTH_READERS
from people.models import User
from people.requests import PersonRequest
from programs.models import Program


@dataclass(frozen=True)
class Listed:
    entry: Guideline
    here: Stated
    apart: list[Stated]


@require_safe
def guidelines(request: PersonRequest) -> HttpResponse:
    """Every guideline, by what it speaks of, with the board's numbers and those of the reader's programmes."""
    numbers, programs = _numbers(request.user), _programs(request.user)
    by_subject = [
        (
            subject,
            [
                Listed(entry, stated(entry, numbers), stated_apart(entry, numbers, programs))
                for entry in ENTRIES
                if entry.subject == subject
            ],
        )
        for subject in SUBJECTS
    ]
    reads_health = request.user.access.holds(*HEALTH_READERS)
    context = {"by_subject": by_subject, "version": CATALOGUE_VERSION, "reads_health": reads_health}
    return render(request, "guidelines/guidelines.html", context)


@require_safe
def guideline(request: PersonRequest, code: str) -> HttpResponse:
    """One guideline: what is checked, from which value on, why, how a finding clears, and who changed what."""
    entry = known(code)
    settings = GuidelineSetting.objects.visible_to(request.user).filter(guideline=code)
    rows = [
        row
        for row in settings.select_related("program", "set_by").order_by("-starts_on", "-pk")
        if row.name in entry.settable
    ]
    on = request.user.local_date()
    cancelled = [
        {"gesture": gesture, "changes": [_told(entry, row) for row in changes]}
        for gesture, changes in taken_back_lately(request.user, code, on)
    ]
    numbers = _numbers(request.user)
    context = {
        "guideline": entry,
        "here": stated(entry, numbers),
        "apart": stated_apart(entry, numbers, _programs(request.user)),
        "history": [_told(entry, row) for row in rows],
        "offered": offered(request.user, rows, on),
        "cancelled": cancelled,
        "may_set": bool(entry.settable) and may_set(request.user, entry.subject),
        "version": CATALOGUE_VERSION,
    }
    return render(request, "guidelines/guideline.html", context)


def _told(entry: Guideline, row: GuidelineSetting) -> dict[str, object]:
    return {"setting": row, "label": label_of(entry, row.name, row.value)}


def known(code: str) -> Guideline:
    """The guideline of a code; 404 when there is none."""
    if code not in CATALOGUE:
        raise Http404
    return CATALOGUE[code]


def _numbers(user: User) -> Numbers:
    return Numbers.of_board(user.board_id, user.local_date())


def _programs(user: User) -> list[Program]:
    return list(
        Program.objects.visible_to(user).filter(board=user.board_id).select_related("school").order_by("name_key", "pk")
    )
