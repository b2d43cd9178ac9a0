"""The lists of Vigilance: what deserves attention, relation by relation; all the rest, guideline by guideline."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from guidelines.attention import Attention, Row, Standing, attention, new_since
from guidelines.catalogue import CATALOGUE, Guideline
from guidelines.filters import FindingFilters
from guidelines.models import Flag, Severity
from guidelines.models.flags import FlagQuerySet
from guidelines.named import named
from guidelines.reminders import is_late
from guidelines.sentences import headline
from mentoring.models import Dyad
from people.kept import kept
from people.models import User
from programs.models import GroupLead

PER_PAGE = 25
MOST_RESTING = 6
TITLES: dict[str, str | Promise] = {
    Standing.REACH: _("À joindre cette semaine"),
    Standing.WATCH: _("À garder à l’œil"),
}


@dataclass
class Line:
    """A row: the finding that comes first, for what it stands, and what the reader may do about it."""

    flag: Flag
    others: int
    is_new: bool
    row: Row | None = None
    silence_days: int = 0
    serves: str = ""
    """« 4 dyades », for somebody's own finding."""
    is_late: bool = False
    """Whether the reader may remind the mentor."""

    @property
    def may_choose(self) -> bool:
        return self.flag.is_takeable or self.flag.is_decidable


@dataclass
class Section:
    """``total`` counts the whole list, ``lines`` are those of the page; ``same``, what all of them say if they do."""

    key: str
    title: str | Promise
    total: int
    lines: list[Line]
    guideline: Guideline | None = None
    same: str = ""


@dataclass
class Listing:
    """``pks`` are the findings of every row of the list, on all its pages."""

    pks: list[int]
    page: Page[Any]
    sections: list[Section]
    found: Attention | None = None
    resting: list[Flag] = field(default_factory=list)
    """Beside the whole list, the first silent relations to close or renew, each under its most severe finding."""
    resting_in_all: int = 0
    deeds: set[str] = field(default_factory=set)
    """What the reader may do with some row of the page: take, decide, remind."""

    @property
    def shown(self) -> list[int]:
        """The findings of the rows of the page."""
        return [line.flag.pk for section in self.sections for line in section.lines]


def listing(user: User, filters: FindingFilters, *, on: date, page: str | None) -> Listing:
    """The list asked for; who sees no open relation and no group reads the rest at once. Six queries at most."""
    found = _attention(user, filters, on) if filters.is_live else None
    if found is not None and (found.open_dyads or found.open_groups):
        listed = _live(user, found, page, is_whole=not filters.in_use)
    else:
        listed = _by_guideline(user, filters.findings(), on, page)
    _tell_deeds(user, listed)
    return listed


def _attention(user: User, filters: FindingFilters, on: date) -> Attention:
    found = attention(user, on=on, within=filters.about() if filters.in_use else None)
    if filters.chosen.get("nouveau"):
        found.rows[:] = [row for row in found.rows if row.is_new]
    return found


def _live(user: User, found: Attention, page: str | None, *, is_whole: bool) -> Listing:
    """Two queries at most."""
    shown: Page[Row] = Paginator(found.rows, PER_PAGE).get_page(page)
    totals = Counter(row.standing for row in found.rows)
    resting = _resting(user, found.on) if is_whole and shown.number == 1 else []
    flags = named([*(row.first.pk for row in shown), *resting[:MOST_RESTING]], user)

    def line(row: Row) -> Line:
        return Line(flags[row.first.pk], row.others, row.is_new, row, (found.on - row.silent_since).days)

    sections = [
        Section(standing, TITLES[standing], totals[standing], [line(row) for row in rows])
        for standing, rows in groupby(shown, key=lambda row: row.standing)
    ]
    first = [flags[pk] for pk in resting[:MOST_RESTING]]
    return Listing([row.first.pk for row in found.rows], shown, sections, found, first, len(resting))


def _by_guideline(user: User, flags: FlagQuerySet, on: date, page: str | None) -> Listing:
    """A block per guideline, the most frequent first; in it, the order of the findings. Four queries at most."""
    rows = [(flag.pk, flag.guideline, getattr(flag, "in_cause", 1)) for flag in flags.only("pk", "guideline")]
    totals = Counter(code for _pk, code, _n in rows)
    rows.sort(key=lambda row: (-totals[row[1]], row[1]))  # stable: urgency holds within a guideline
    shown: Page[tuple[int, str, int]] = Paginator(rows, PER_PAGE).get_page(page)
    found = named([pk for pk, _code, _n in shown], user)
    serves = _serving(found.values(), on)
    sections = []
    for code, group in groupby(shown, key=lambda row: row[1]):
        lines = [
            Line(found[pk], n - 1, found[pk].raised_on >= new_since(on), serves=serves.get(pk, ""))
            for pk, _code, n in group
        ]
        said = {headline(line.flag) if not line.others else "" for line in lines}
        guideline = CATALOGUE[code]
        same = said.pop() if len(said) == 1 else ""
        sections.append(Section(code, guideline.title, totals[code], lines, guideline, same))
    return Listing([pk for pk, _code, _n in rows], shown, sections)


def _serving(flags: Iterable[Flag], on: date) -> dict[int, str]:
    """By finding on somebody, how many open dyads or groups are theirs. One query for each kind met."""
    rows = list(flags)
    mentors = {flag.mentor_id for flag in rows if flag.mentor_id}
    teachers = {flag.teacher_id for flag in rows if flag.teacher_id}
    dyads = _counted(Dyad.objects.open_on(on).filter(mentor__in=mentors).values_list("mentor")) if mentors else {}
    led = GroupLead.objects.active_on(on).filter(person__in=teachers)
    groups = _counted(led.values_list("person")) if teachers else {}
    words: dict[int, str] = {}
    for flag in rows:
        if n := dyads.get(flag.mentor_id or 0):
            words[flag.pk] = ngettext("%(n)s dyade", "%(n)s dyades", n) % {"n": n}
        elif n := groups.get(flag.teacher_id or 0):
            words[flag.pk] = ngettext("%(n)s groupe", "%(n)s groupes", n) % {"n": n}
    return words


def _counted(rows: Any) -> dict[int, int]:
    return dict(rows.order_by().annotate(n=Count("pk")))


def _resting(user: User, on: date) -> list[int]:
    """The most severe finding of each silent relation to close or renew: by severity, then by their ends. One query."""

    def written() -> QuerySet[Flag, tuple[int, int, str]]:
        rows = Flag.objects.rhythm_visible_to(user).resting(on).order_by("dyad__committed_until", "pk")
        return rows.values_list("pk", "dyad", "severity")

    first: dict[int, int] = {}
    for pk, dyad, _severity in sorted(kept("resting", user, written, on), key=lambda row: Severity(row[2]).rank):
        first.setdefault(dyad, pk)
    return list(first.values())


def _tell_deeds(user: User, listed: Listing) -> None:
    lines = [line for section in listed.sections for line in section.lines]
    for line in lines:
        is_own = bool(line.flag.dyad and line.flag.dyad.mentor.person_id == user.pk)
        line.is_late = line.flag.is_decidable and not is_own and is_late(line.flag)
    ways: dict[str, Callable[[Line], bool]] = {
        "take": lambda line: line.flag.is_takeable,
        "decide": lambda line: line.flag.is_decidable,
        "remind": lambda line: line.is_late,
    }
    listed.deeds = {name for name, may in ways.items() if any(may(line) for line in lines)}
