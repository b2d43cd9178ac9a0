"""The guidelines, for everyone who signs in to read: what is checked, and with which numbers where they work."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guidelines.catalogue import CATALOGUE, CATALOGUE_VERSION, ENTRIES, Guideline, Parameter, Threshold
from guidelines.models import SUBJECTS, GuidelineSetting, Severity
from guidelines.models.settings import may_set
from guidelines.numbers import Numbers
from guidelines.setting_forms import label_of
from people.models import User
from people.requests import PersonRequest


@dataclass(frozen=True)
class Bound:
    """One threshold as it stands where the reader works."""

    severity: Severity
    words: str
    is_own: bool


@dataclass(frozen=True)
class Setting:
    """A number that is no bound, as it stands where the reader works."""

    words: str
    value: int
    is_own: bool


@dataclass(frozen=True)
class Listed:
    entry: Guideline
    bounds: list[Bound]


@require_safe
def guidelines(request: PersonRequest) -> HttpResponse:
    """Every guideline, by what it speaks of, with the board's numbers."""
    numbers = _numbers(request.user)
    by_subject = [
        (subject, [Listed(entry, bounds_of(entry, numbers)) for entry in ENTRIES if entry.subject == subject])
        for subject in SUBJECTS
    ]
    return render(request, "guidelines/guidelines.html", {"by_subject": by_subject, "version": CATALOGUE_VERSION})


@require_safe
def guideline(request: PersonRequest, code: str) -> HttpResponse:
    """One guideline: what is checked, from which value on, why, how a finding clears, and who changed what."""
    entry = known(code)
    settings = GuidelineSetting.objects.visible_to(request.user).filter(guideline=code)
    history = [
        {"setting": setting, "label": label_of(entry, setting.name, setting.value)}
        for setting in settings.select_related("program", "set_by").order_by("-starts_on", "-pk")
        if setting.name in entry.settable
    ]
    numbers = _numbers(request.user)
    context = {
        "guideline": entry,
        "bounds": bounds_of(entry, numbers),
        "parameters": [_setting(entry, parameter, numbers) for parameter in entry.parameters],
        "history": history,
        "may_set": bool(entry.settable) and may_set(request.user, entry.subject),
        "version": CATALOGUE_VERSION,
    }
    return render(request, "guidelines/guideline.html", context)


def known(code: str) -> Guideline:
    """The guideline of a code; 404 when there is none."""
    if code not in CATALOGUE:
        raise Http404
    return CATALOGUE[code]


def bounds_of(entry: Guideline, numbers: Numbers) -> list[Bound]:
    """Its thresholds with the board's numbers."""
    return [_bound(entry, threshold, numbers) for threshold in entry.thresholds]


def _setting(entry: Guideline, parameter: Parameter, numbers: Numbers) -> Setting:
    value = numbers.value(entry.code, parameter.name)
    return Setting(str(parameter.words), value, value != parameter.default)


def _bound(entry: Guideline, threshold: Threshold, numbers: Numbers) -> Bound:
    bound = None if threshold.bound is None else numbers.value(entry.code, threshold.key)
    return Bound(threshold.severity, threshold.in_words(bound), bound != threshold.bound)


def _numbers(user: User) -> Numbers:
    return Numbers.of(user.board, user.local_date()) if user.board else Numbers({})
