"""The agenda of a programme's team meeting on a day: what is undone, then what is known and asks for a decision."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guidelines.attention import RANKS, Attention, Row, attention, findings_of, new_since
from guidelines.models import AgendaItem, Flag, FlagEvent, TeamMeeting
from guidelines.models.team import AgendaItemQuerySet
from guidelines.sentences import followed_up, headline
from guidelines.settling import at_end
from guidelines.words import others_in_words
from mentoring.models import Doubt, Dyad, Referral
from people.apart import tell_apart
from people.models import Student, User
from people.text import spoken
from programs.models import Program, SupportGroup

Subject = Dyad | SupportGroup | Student


Line = tuple[str, str, AgendaItem | None]


class Why(StrEnum):
    """The parts of the agenda, in its order."""

    REACH = "reach"
    WATCH = "watch"
    END = "end"
    DOUBT = "doubt"
    WAITS = "waits"
    ADDED = "added"


TITLES = {
    Why.REACH: gettext_lazy("À joindre cette semaine"),
    Why.WATCH: gettext_lazy("À garder à l’œil\u00a0: nouveau, ou plus marqué"),
    Why.END: gettext_lazy("À clore ou à renouveler"),
    Why.DOUBT: gettext_lazy("Doutes à entendre"),
    Why.WAITS: gettext_lazy("Élèves en attente"),
    Why.ADDED: gettext_lazy("Ajoutés par l’équipe"),
}


@dataclass
class Point:
    """One subject, once: under the first part that names it, with all that is known of it."""

    kind: str
    subject: Subject
    why: Why
    known: list[str] = field(default_factory=list)
    item: AgendaItem | None = None

    @property
    def name(self) -> str:
        return self.subject.full_name if isinstance(self.subject, SupportGroup) else str(self.subject)

    @property
    def facts(self) -> str:
        return " · ".join(self.known)


@dataclass
class Agenda:
    on: date
    found: Attention
    meeting: TeamMeeting | None
    undone: Sequence[AgendaItem]
    """Of earlier meetings: what is still to do, and what was settled today."""
    points: Sequence[Point]

    @property
    def parts(self) -> Iterator[tuple[str, list[Point]]]:
        for why in Why:
            if of_part := [point for point in self.points if point.why == why]:
                yield str(TITLES[why]), of_part

    @property
    def tables(self) -> list[tuple[str, list[Line]]]:
        """The whole, to print: a title, then who, what is known and what is decided."""
        undone: list[Line] = [(item.name, item.known, item) for item in self.undone]
        first: list[tuple[str, list[Line]]] = [(_("Depuis les dernières rencontres"), undone)] if undone else []
        return first + [
            (title, [(point.name, point.facts, point.item) for point in points]) for title, points in self.parts
        ]

    def point(self, kind: str, pk: int) -> Point | None:
        return next((one for one in self.points if (one.kind, one.subject.pk) == (kind, pk)), None)


def agenda(program: Program, user: User, *, on: date) -> Agenda:
    """What the person may read of it. Some ten queries, whatever the number."""
    found = attention(user, on=on, programs=[program])
    items = readable(_items(program, user, on), program, user)
    today = [item for item in items if item.meeting.on == on]
    undone = [item for item in items if item.meeting.on < on]
    points = {(point.kind, point.subject.pk): point for point in _points(program, user, found)}
    for item in today:
        key = item.kind, item.subject_id
        points.setdefault(key, Point(item.kind, item.subject, Why.ADDED, [item.known] if item.known else []))
        points[key].item = item
    still = {(item.kind, item.subject_id) for item in undone}
    meeting = TeamMeeting.objects.visible_to(user).filter(program=program, on=on).order_by("pk").first()
    shown = [point for key, point in points.items() if key not in still or point.item]
    return Agenda(on, found, meeting, undone, shown)


def readable(rows: AgendaItemQuerySet, program: Program, user: User) -> list[AgendaItem]:
    """The rows with their people; what was known of them is for those alone who answer for the programme.

    It may tell a doubt, or a finding for leads, that a teacher of the relation doesn't read. Two queries.
    """
    items = list(rows.with_people())
    tell_apart([item.subject for item in items])
    if not Program.objects.led_by(user).filter(pk=program.pk).exists():
        for item in items:
            item.known = ""
    return items


def _items(program: Program, user: User, on: date) -> AgendaItemQuerySet:
    rows = AgendaItem.objects.visible_to(user).filter(meeting__program=program, meeting__on__lte=on)
    still = Q(state__in=[AgendaItem.State.OPEN, AgendaItem.State.POSTPONED]) | Q(settled_on=on)
    return rows.filter(Q(meeting__on=on) | still).order_by("meeting__on", "pk")


def _points(program: Program, user: User, found: Attention) -> Iterator[Point]:
    known: dict[tuple[str, int], Point] = {}
    for kind, subject, why, words in _sources(program, user, found):
        point = known.setdefault((kind, subject.pk), Point(kind, subject, why))
        point.known.append(words)
    yield from known.values()


def _sources(program: Program, user: User, found: Attention) -> Iterator[tuple[str, Subject, Why, str]]:
    on = found.on
    worse = _worse(found.to_watch, on)
    watched = [row for row in found.to_watch if row.is_new or row.first.pk in worse]
    flags = findings_of([*found.to_reach, *watched])
    for why, rows in ((Why.REACH, found.to_reach), (Why.WATCH, watched)):
        for row in rows:
            flag = flags[row.first.pk]
            subject = flag.dyad or flag.group
            if subject is not None:
                yield row.kind, subject, why, _told(row, flag)
    ends = tell_apart(at_end(user, on).filter(program=program))
    for dyad in ends:
        words = _("L’engagement est arrivé à sa fin le %(day)s") % {"day": spoken(dyad.committed_until or on)}
        yield "dyad", dyad, Why.END, words
    doubts = Doubt.objects.visible_to(user).unheard().filter(dyad__program=program)
    unheard = list(doubts.select_related("dyad__student", "dyad__mentor__person").order_by("raised_on", "pk"))
    tell_apart([doubt.dyad for doubt in unheard])
    for doubt in unheard:
        words = _("Un doute exprimé le %(day)s attend d’être entendu") % {"day": spoken(doubt.raised_on)}
        yield "dyad", doubt.dyad, Why.DOUBT, words
    waits = Referral.objects.visible_to(user).waiting(on).filter(program=program).select_related("student")
    for referral in tell_apart(waits.order_by("referred_on", "pk")):
        words = _("Attend une mentore ou un mentor depuis le %(day)s") % {"day": spoken(referral.referred_on)}
        yield "student", referral.student, Why.WAITS, words


def _told(row: Row, flag: Flag) -> str:
    said = [capfirst(headline(flag))]
    if row.others:
        said.append(others_in_words(row.others))
    if row.last_on:
        said.append(_("dernière rencontre le %(day)s") % {"day": spoken(row.last_on)})
    if row.is_taken:
        said.append(followed_up(flag))
    return ", ".join(said)


def _worse(rows: Sequence[Row], on: date) -> set[int]:
    """Of the findings that place these rows, those whose severity has risen since last Monday. One query."""
    pks = [row.first.pk for row in rows]
    events = FlagEvent.objects.filter(flag__in=pks, kind__in=[FlagEvent.Kind.RAISED, FlagEvent.Kind.SEVERITY])
    since, before, found = new_since(on), dict[int, int](), set[int]()
    for flag, day, severity in events.order_by("on", "at", "pk").values_list("flag", "on", "severity"):
        if day >= since and RANKS[severity] < before.get(flag, 0):
            found.add(flag)
        before[flag] = RANKS[severity]
    return found
