"""The guidelines, for everyone who signs in to read: what is checked, and with which numbers where they work."""

from dataclasses import dataclass
from itertools import groupby

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
    on = request.user.local_date()
    settings = GuidelineSetting.objects.visible_to(request.user).filter(guideline=code)
    rows = list(settings.select_related("program", "set_by").order_by("-starts_on", "-set_at", "-pk"))
    presses = [list(some) for _press, some in groupby(rows, lambda row: (row.starts_on, row.set_at, row.program_id))]
    taken_back = taken_back_lately(request.user, code, on)
    numbers = _numbers(request.user)
    context = {
        "guideline": entry,
        "here": stated(entry, numbers),
        "apart": stated_apart(entry, numbers, _programs(request.user)),
        "history": [change for press in presses if (change := _change(entry, press))],
        "offered": offered(request.user, rows, on),
        "cancelled": [{"gesture": gesture, "change": _change(entry, some)} for gesture, some in taken_back],
        "may_set": bool(entry.settable) and may_set(request.user, entry.subject),
        "version": CATALOGUE_VERSION,
    }
    return render(request, "guidelines/guideline.html", context)


def _change(entry: Guideline, press: list[GuidelineSetting]) -> dict[str, object] | None:
    """What one press set: its place, reason and author are those of any of its rows."""
    lines = [(row, label_of(entry, row.name, row.value)) for row in press if row.name in entry.settable]
    return {"of": lines[0][0], "lines": lines} if lines else None


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
