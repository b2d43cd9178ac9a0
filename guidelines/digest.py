"""The weekly digest: what changed since last Monday in one person's own relations and groups, and nothing else."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.db.models import Min, Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guidelines.attention import Attention, Row, attention, findings_of, reached_before
from guidelines.attention_words import clauses, to_reach_in_brief
from guidelines.models import Flag
from guidelines.ownership import owned_by
from guidelines.sentences import headline
from guidelines.words import days_in_words, join_words
from mentoring.models import Dyad, DyadMeeting
from people.apart import tell_apart
from people.emails import Letter, address, speaking, unsubscribe_address, write
from people.models import School, Student, User
from people.text import spoken
from programs.models import GroupMeeting, MeetingRecord, SchoolDay, SupportGroup

A_WEEK = timedelta(days=7)
WAITING = timedelta(weeks=4)
MOST_LINES = 5
"""Of a list, what an e-mail names; the rest is a number."""


@dataclass(frozen=True)
class Line:
    """One relation or group that is to reach since last Monday, under its most severe finding."""

    name: str
    school: str
    headline: str
    others: int
    url: str


@dataclass(frozen=True)
class Unlogged:
    """The meetings of one relation or group, planned since last Monday, that nobody has logged."""

    name: str
    days: str
    url: str


@dataclass(frozen=True)
class Digest:
    monday: date
    attention: Attention
    entered: list[Line] = field(default_factory=list)
    """To reach now, and not a week ago."""
    left: list[str] = field(default_factory=list)
    """The names of those that were to reach a week ago, and are not any more."""
    unlogged: list[Unlogged] = field(default_factory=list)
    older: int = 0
    """Meetings that were already waiting to be logged a week ago."""
    coming_on: date | None = None
    """A day of the next class week: this one, while it has class days left."""
    coming: int = 0

    @property
    def says_nothing(self) -> bool:
        """Nothing to reach, no change, no meeting to log: a count of what is planned is no reason to write."""
        return not (self.attention.to_reach or self.left or self.unlogged)

    @property
    def shown(self) -> list[Line]:
        return self.entered[:MOST_LINES]

    @property
    def hidden(self) -> int:
        return len(self.entered) - len(self.shown)

    @property
    def left_in_words(self) -> str:
        """« Inès B. et Marc T., Loïc G. et Sylvie M. et 3 autres »."""
        more = len(self.left) - MOST_LINES
        others = [ngettext("%(n)s autre", "%(n)s autres", more) % {"n": more}] if more > 0 else []
        return join_words([*self.left[:MOST_LINES], *others])

    @property
    def unlogged_shown(self) -> list[Unlogged]:
        return self.unlogged[:MOST_LINES]

    @property
    def unlogged_hidden(self) -> int:
        return len(self.unlogged) - len(self.unlogged_shown)


def digest(user: User, *, on: date) -> Digest:
    """What the digest of a day says to a person, of their own relations and groups. Nine queries."""
    coming_on, until = _next_class_week(user, on)
    planned = list(_planned(user, since=on - WAITING, until=until))
    mine = owned_by(user)
    now = attention(user, on=on, within=mine)
    before = reached_before(user, day=on - A_WEEK, within=mine)
    met = (meeting.dyad for meeting in planned if isinstance(meeting, DyadMeeting))
    tell_apart([*(flag.subject for flag in before.values()), *met], briefly=True)
    reached = {(row.kind, row.pk) for row in now.to_reach}
    return Digest(
        monday=on - timedelta(days=on.weekday()),
        attention=now,
        entered=_lines([row for row in now.to_reach if (row.kind, row.pk) not in before], user),
        left=[subject_in_brief(flag.subject, user) for key, flag in before.items() if key not in reached],
        unlogged=_unlogged(user, [meeting for meeting in planned if on - A_WEEK <= meeting.on < on]),
        older=sum(1 for meeting in planned if meeting.on < on - A_WEEK),
        coming_on=coming_on,
        coming=sum(1 for meeting in planned if coming_on and meeting.on >= coming_on),
    )


def digest_letter(user: User, *, on: date) -> Letter | None:
    """The digest as it is sent, in the language of the person's board; None when there is nothing to say."""
    if user.board is None:
        return None
    with speaking(user.board):
        found = digest(user, on=on)
        if found.says_nothing:
            return None
        stop = unsubscribe_address(user)
        context = {
            "user": user,
            "digest": found,
            "clauses": clauses(found.attention),
            "week_url": address("home"),
            "vigilance_url": address("vigilance"),
            "messages_url": address("messages"),
            "unsubscribe_url": stop,
        }
        headers = (("List-Unsubscribe", f"<{stop}>"), ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
        return write("digest", subject=_subject(found), context=context, headers=headers)


def _subject(found: Digest) -> str:
    """Counts and a date: the subject of an e-mail shows on a locked telephone."""
    day = spoken(found.monday)
    if not found.attention.to_reach and not found.left:
        return _("Semaine du %(day)s\u00a0: des rencontres à consigner") % {"day": day}
    said = [to_reach_in_brief(found.attention)]
    if found.entered:
        said.append(ngettext("%(n)s nouvelle", "%(n)s nouvelles", len(found.entered)) % {"n": len(found.entered)})
    if found.left:
        said.append(ngettext("%(n)s réglée", "%(n)s réglées", len(found.left)) % {"n": len(found.left)})
    return _("Semaine du %(day)s\u00a0: %(said)s") % {"day": day, "said": ", ".join(said)}


def _lines(rows: Iterable[Row], user: User) -> list[Line]:
    listed = list(rows)
    flags = findings_of(listed)
    tell_apart((flag.subject for flag in flags.values()), briefly=True)
    lines = [_line(row, flags[row.first.pk], user) for row in listed]
    one_school = len({line.school for line in lines}) < 2
    return [replace(line, school="") for line in lines] if one_school else lines


def _line(row: Row, flag: Flag, user: User) -> Line:
    relation = flag.dyad or flag.group
    return Line(
        name=subject_in_brief(flag.subject, user),
        school=str(relation.program.school) if relation else "",
        headline=headline(flag),
        others=row.others,
        url=address("flag", flag.pk),
    )


def subject_in_brief(subject: Model, user: User) -> str:
    """« Inès B. » to her mentor, « Inès B. et Marc-Olivier T. » to the programme's lead, « Vous » to oneself."""
    if isinstance(subject, Dyad):
        student, mentor = person_in_brief(subject.student), subject.mentor.person
        if mentor.pk == user.pk:
            return student
        return _("%(student)s et %(mentor)s") % {"student": student, "mentor": person_in_brief(mentor)}
    if isinstance(subject, SupportGroup):
        return subject.full_name
    person = getattr(subject, "person", subject)
    if isinstance(person, User):
        return _("Vous") if person.pk == user.pk else person_in_brief(person)
    return str(subject)


def person_in_brief(person: User | Student) -> str:
    return person.discreet_name


def _planned(user: User, *, since: date, until: date) -> Iterable[DyadMeeting | GroupMeeting]:
    """The planned meetings of one's own relations and groups, in the order of days. Two queries."""
    window = {"status": MeetingRecord.Status.PLANNED, "on__gte": since, "on__lt": until, "board": user.board_id}
    dyads = DyadMeeting.objects.filter(dyad__in=Dyad.objects.entrusted_to(user), **window).defer("note")
    groups = GroupMeeting.objects.filter(group__in=SupportGroup.objects.entrusted_to(user), **window).defer("note")
    yield from dyads.select_related("dyad__student", "dyad__mentor__person").order_by("on", "pk")
    yield from groups.select_related("group").order_by("on", "pk")


def _unlogged(user: User, meetings: list[DyadMeeting | GroupMeeting]) -> list[Unlogged]:
    of_subject: defaultdict[Dyad | SupportGroup, list[date]] = defaultdict(list)
    for meeting in meetings:
        of_subject[meeting.dyad if isinstance(meeting, DyadMeeting) else meeting.group].append(meeting.on)
    return [
        Unlogged(
            name=capfirst(subject_in_brief(subject, user)),
            days=days_in_words(days),
            url=address("dyad" if isinstance(subject, Dyad) else "group", subject.pk),
        )
        for subject, days in of_subject.items()
    ]


def _next_class_week(user: User, on: date) -> tuple[date | None, date]:
    """The day from which to count what is planned, and the first day that no longer counts."""
    days = SchoolDay.objects.filter(school__in=School.objects.visible_to(user), kind=SchoolDay.Kind.CLASS, date__gte=on)
    first = days.aggregate(first=Min("date"))["first"]
    if first is None:
        return None, on
    monday = first - timedelta(days=first.weekday())
    return max(on, monday), monday + A_WEEK
