"""Which calendar a page shows, as one letter a day: so that a change undoes no other that its author did not see."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.utils.translation import gettext as _

from people.comparing import Comparison, Line
from people.models import AuditEntry, School
from people.text import spoken
from programs.actions.calendar import runs
from programs.models import SchoolDay

Kind = SchoolDay.Kind
LETTERS = {"": "-", Kind.CLASS: "c", Kind.PEDAGOGICAL: "p", Kind.HOLIDAY: "h"}
KINDS = {letter: str(kind) for kind, letter in LETTERS.items()}
LONGEST = 400
"""Days of a version that is read: more than a school year."""


def version_of_days(days: Mapping[date, str], first_on: date, last_on: date) -> str:
    """What each day from one to another is, empty where the school has none: « 2026-08-24.cchp-… »."""
    every = (first_on + timedelta(days=n) for n in range((last_on - first_on).days + 1))
    return f"{first_on}." + "".join(LETTERS[days.get(day, "")] for day in every)


def days_of_version(text: str) -> dict[date, str]:
    """The days of a version, each with its kind; none when it can't be read."""
    first, _point, letters = text.partition(".")
    if len(letters) > LONGEST or set(letters) - set(KINDS):
        return {}
    try:
        start = date.fromisoformat(first)
        return {start + timedelta(days=n): KINDS[letter] for n, letter in enumerate(letters)}
    except (ValueError, OverflowError):
        return {}


def newest(school: School, version: str) -> str:
    """The same days as they are now. One query."""
    seen = days_of_version(version)
    return version_of_days(_now(school, seen), min(seen), max(seen)) if seen else version


def compare_days(school: School, version: str, days: Iterable[date], kind: str) -> Comparison | None:
    """What is chosen for some days beside what they became since that version; None where nothing would be undone."""
    seen = days_of_version(version)
    known = {day: seen[day] for day in days if day in seen}
    now = _now(school, known)
    changed = {day: Kind(now[day]) for day, was in known.items() if now.get(day, was) not in (was, kind)}
    if not changed:
        return None
    last = AuditEntry.objects.filter(
        subject_type=SchoolDay._meta.label_lower, subject_id__in=SchoolDay.objects.filter(school=school).values("pk")
    )
    deed = last.select_related("person").order_by("-at", "-pk").first()
    return Comparison(
        who=str(deed.person or "") if deed else "",
        at=deed.at if deed else None,
        lines=[Line(_span(*run), str(Kind(kind).label), str(run[2].label)) for run in runs(changed)],
    )


def _now(school: School, days: Mapping[date, str]) -> dict[date, str]:
    return dict(SchoolDay.objects.filter(school=school, date__in=days).values_list("date", "kind")) if days else {}


def _span(first: date, last: date, kind: Kind) -> str:
    if first == last:
        return spoken(first)
    return _("du %(first)s au %(last)s") % {"first": spoken(first), "last": spoken(last)}
