"""What the group's page draws: its size on a scale, and who was there."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from people.models import Student
from programs.models import Attendance, GroupMeeting, GroupMember, SupportGroup
from programs.sizes import SizeBounds

MEETINGS_SHOWN = 8


ROOM = 5
"""Members that the scale shows past the largest bound."""


@dataclass(frozen=True)
class Stretch:
    """A part of the scale, from ``x`` over ``width`` per cent; ``label`` is its members, ``name`` a class."""

    name: str
    label: str
    x: str
    width: str
    middle: str


@dataclass(frozen=True)
class SizeScale:
    """A group's size among the bands of its programme; positions are per cent of the width, as SVG wants them."""

    size: int
    words: str
    mark: str
    anchor: str
    bands: tuple[Stretch, ...]


def size_scale(size: int, bounds: SizeBounds) -> SizeScale:
    end = max(bounds.most + ROOM, size + 2)

    def at(members: float) -> str:
        return f"{100 * members / end:.2f}%"

    def stretch(name: str, label: str, first: int, last: int) -> Stretch:
        low, high = first - 0.5, last + 0.5 if name != "beyond" else end
        return Stretch(name, label, at(low), at(high - low), at((low + high) / 2))

    return SizeScale(
        size=size,
        words=bounds.in_words(size),
        mark=at(size),
        anchor="start" if size < 3 else "end" if size > end - 3 else "middle",
        bands=tuple(
            stretch(name, label, first, last)
            for name, label, first, last in (
                ("usual", bounds.usual, bounds.fewest, bounds.comfortable),
                ("zone", _("%(zone)s, zone") % {"zone": bounds.zone}, bounds.comfortable + 1, bounds.most),
                ("beyond", _("plus de %(most)s") % {"most": bounds.most}, bounds.most + 1, end),
            )
            if first <= last
        ),
    )


@dataclass(frozen=True)
class Presence:
    """One cell: ``status`` is empty when nothing was noted of a member, ``out`` on a day when they were none."""

    status: str
    words: str


@dataclass(frozen=True)
class MatrixRow:
    student: Student
    cells: tuple[Presence, ...]


@dataclass(frozen=True)
class Matrix:
    """The last held meetings, oldest first, against today's members."""

    meetings: Sequence[GroupMeeting]
    rows: Sequence[MatrixRow]


OUT = "out"


def attendance_matrix(group: SupportGroup, members: Sequence[GroupMember]) -> Matrix:
    """Three queries."""
    held = group.meetings.kept().held().defer("note").order_by("-on", "-starts_at", "-pk")[:MEETINGS_SHOWN]
    meetings = list(reversed(held))
    rows = Attendance.objects.filter(meeting__in=[meeting.pk for meeting in meetings])
    noted = {
        (meeting, student): status for meeting, student, status in rows.values_list("meeting", "student", "status")
    }
    ranges: dict[int, list[GroupMember]] = defaultdict(list)
    for row in group.members.filter(student__in=[member.student_id for member in members]):
        ranges[row.student_id].append(row)
    labels = dict(Attendance.Status.choices)

    def presence(meeting: GroupMeeting, student: int) -> Presence:
        before = [row for row in ranges[student] if row.starts_on <= meeting.on]
        if not any(row.ends_on is None or meeting.on < row.ends_on for row in before):
            return Presence(OUT, _("hors du groupe ce jour-là") if before else _("pas encore dans le groupe"))
        status = noted.get((meeting.pk, student), "")
        return Presence(status, str(labels.get(status, _("rien de noté"))))

    return Matrix(
        meetings,
        [MatrixRow(row.student, tuple(presence(meeting, row.student_id) for meeting in meetings)) for row in members],
    )
