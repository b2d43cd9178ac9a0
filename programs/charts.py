"""What the group's page draws: its size on a scale, and who was there."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from people.models import Student
from programs.models import Attendance, GroupMeeting, GroupMember, SupportGroup
from programs.sizes import LARGEST_COMFORTABLE, LARGEST_USUAL, SMALLEST_USUAL, size_in_words

MEETINGS_SHOWN = 8


@dataclass(frozen=True)
class Band:
    """A stretch of the scale, from ``x`` over ``width`` per cent; ``label`` is its members, ``name`` a class."""

    name: str
    label: str
    x: str
    width: str
    middle: str


@dataclass(frozen=True)
class SizeScale:
    """A group's size among the bands of §2 and §2.2; positions are per cent of the width, as SVG wants them."""

    size: int
    words: str
    mark: str
    anchor: str
    bands: tuple[Band, ...]


def size_scale(size: int) -> SizeScale:
    end = max(20, size + 2)

    def at(members: float) -> str:
        return f"{100 * members / end:.2f}%"

    def band(name: str, label: str, first: int, last: int) -> Band:
        low, high = first - 0.5, last + 0.5 if name != "beyond" else end
        return Band(name, label, at(low), at(high - low), at((low + high) / 2))

    return SizeScale(
        size=size,
        words=size_in_words(size),
        mark=at(size),
        anchor="start" if size < 3 else "end" if size > end - 3 else "middle",
        bands=(
            band("usual", _("5 à 12"), SMALLEST_USUAL, LARGEST_COMFORTABLE),
            band("zone", _("13 à 15, zone"), LARGEST_COMFORTABLE + 1, LARGEST_USUAL),
            band("beyond", _("plus de 15"), LARGEST_USUAL + 1, end),
        ),
    )


@dataclass(frozen=True)
class Presence:
    """One cell: ``status`` is empty when nothing was noted (not a member yet)."""

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


def attendance_matrix(group: SupportGroup, members: Sequence[GroupMember]) -> Matrix:
    """Two queries."""
    held = group.meetings.kept().held().defer("note").order_by("-on", "-starts_at", "-pk")[:MEETINGS_SHOWN]
    meetings = list(reversed(held))
    rows = Attendance.objects.filter(meeting__in=[meeting.pk for meeting in meetings])
    noted = {
        (meeting, student): status for meeting, student, status in rows.values_list("meeting", "student", "status")
    }
    labels = dict(Attendance.Status.choices)

    def presence(meeting: GroupMeeting, student: int) -> Presence:
        status = noted.get((meeting.pk, student), "")
        return Presence(status, str(labels.get(status, _("rien de noté"))))

    return Matrix(
        meetings,
        [MatrixRow(row.student, tuple(presence(meeting, row.student_id) for meeting in meetings)) for row in members],
    )
