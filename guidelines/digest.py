"""The weekly digest: what one person's own relations and groups give to look at, and nothing else."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Min, Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guidelines.models import Flag, Severity
from guidelines.ownership import owned_by
from guidelines.sentences import headline
from guidelines.words import days_in_words
from mentoring.models import Dyad, DyadMeeting
from people.emails import Letter, address, speaking, unsubscribe_address, write
from people.models import School, Student, User
from people.text import discreet, spoken
from programs.models import GroupMeeting, MeetingRecord, SchoolDay, SupportGroup

WAITING = timedelta(weeks=4)
A_WEEK = timedelta(days=7)
MOST_LINES = 25


@dataclass(frozen=True)
class Line:
    """One relation, group or person, under its most severe finding."""

    name: str
    school: str
    severity: Severity
    headline: str
    others: int
    is_taken: bool
    url: str


@dataclass(frozen=True)
class Unlogged:
    """The planned meetings of one relation or group that nobody has logged."""

    name: str
    days: str
    url: str


@dataclass(frozen=True)
class Digest:
    monday: date
    lines: list[Line] = field(default_factory=list)
    unlogged: list[Unlogged] = field(default_factory=list)
    coming_on: date | None = None
    """A day of the next class week: this one, while it has class days left."""
    coming: int = 0

    @property
    def says_nothing(self) -> bool:
        """No finding and no meeting to log: a count of what is planned is no reason to write."""
        return not (self.lines or self.unlogged)

    @property
    def shown(self) -> list[Line]:
        return self.lines[:MOST_LINES]

    @property
    def hidden(self) -> int:
        return len(self.lines) - len(self.shown)


def digest(user: User, *, on: date) -> Digest:
    """What the digest of a day says to a person: their own relations and groups, most severe first. Seven queries."""
    coming_on, until = _next_class_week(user, on)
    planned = list(_planned(user, since=on - WAITING, until=until))
    return Digest(
        monday=on - timedelta(days=on.weekday()),
        lines=_lines(user),
        unlogged=_unlogged(user, [meeting for meeting in planned if meeting.on < on]),
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
    if not found.lines:
        return _("Semaine du %(day)s\u00a0: des rencontres à consigner") % {"day": day}
    return ngettext(
        "Semaine du %(day)s\u00a0: %(count)s point à examiner",
        "Semaine du %(day)s\u00a0: %(count)s points à examiner",
        len(found.lines),
    ) % {"day": day, "count": len(found.lines)}


def _lines(user: User) -> list[Line]:
    rows = Flag.objects.visible_to(user).filter(owned_by(user)).to_examine().pressing().with_subject().by_urgency()
    of_subject: defaultdict[str, list[Flag]] = defaultdict(list)
    for flag in rows:
        of_subject[f"{type(flag.subject).__name__} {flag.subject.pk}"].append(flag)
    lines = [_line(flags, user) for flags in of_subject.values()]
    one_school = len({line.school for line in lines if line.school}) < 2
    return [Line(**{**vars(line), "school": ""}) for line in lines] if one_school else lines


def _line(flags: list[Flag], user: User) -> Line:
    first = flags[0]
    place = first.dyad or first.group
    program = place.program if place else first.program
    return Line(
        name=subject_in_brief(first.subject, user),
        school=str(program.school) if program else "",
        severity=Severity(first.severity),
        headline=headline(first),
        others=len({flag.cause for flag in flags}) - 1,
        is_taken=first.state == Flag.State.TAKEN,
        url=address("flag", first.pk),
    )


def subject_in_brief(subject: Model, user: User) -> str:
    """« Inès B. » to her mentor, « Inès B. et Marc-Olivier T. » to the programme's lead, « Vous » to oneself."""
    if isinstance(subject, Dyad):
        student, mentor = person_in_brief(subject.student), subject.mentor.person
        if mentor.pk == user.pk:
            return student
        return _("%(student)s et %(mentor)s") % {"student": student, "mentor": person_in_brief(mentor)}
    if isinstance(subject, SupportGroup):
        return _("Groupe %(name)s") % {"name": subject}
    person = getattr(subject, "person", subject)
    if isinstance(person, User):
        return _("Vous") if person.pk == user.pk else person_in_brief(person)
    return str(subject)


def person_in_brief(person: User | Student) -> str:
    return discreet(person.given_name, person.family_name)


def _planned(user: User, *, since: date, until: date) -> Iterable[DyadMeeting | GroupMeeting]:
    """The planned meetings of one's own relations and groups, in the order of days. Two queries."""
    window = {"status": MeetingRecord.Status.PLANNED, "on__gte": since, "on__lt": until, "board": user.board_id}
    dyads = DyadMeeting.objects.loggable_by(user).filter(**window).defer("note")
    groups = GroupMeeting.objects.loggable_by(user).filter(**window).defer("note")
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
