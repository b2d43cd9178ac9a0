"""Team meetings: their rows of the matrix (``test_access_matrix``), and who sees them (``reach``)."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db.models import Model

from guidelines.models import AgendaItem, TeamMeeting
from people.access import Role

if TYPE_CHECKING:
    from tests.reach import Reach

# visitor, mentor, teacher, lead, trainer, manager, board admin, privacy officer, lead of another board
TEAMS = """
    team_meetings           get   s-..-.--.
    team_meeting            get   s-..-.--x
    team_meeting            post  s--.-.--x
    team_meeting_pdf        get   s-..-.--x
    team_add                get   s--.x.-xx
    team_item               get   s--.x.-xx
    team_item               post  s--.x.-xx
    team_settle             post  sx-.x.xxx
"""


def sees_meeting(me: "Reach", row: Any) -> bool:
    """Who runs the programme; a teacher of it."""
    program = me.rows.parent(row, "program")
    return me.runs(program) or (me.holds(Role.RESOURCE_TEACHER) and bool(me.sees(program)))


def sees_item(me: "Reach", row: Any) -> bool:
    """Who runs the programme; a teacher, of the relations and groups whom they see."""
    subjects = [me.rows.parent(row, kind) for kind in ("dyad", "group")]
    return me.runs(me.rows.parent(me.rows.parent(row, "meeting"), "program")) or (
        me.holds(Role.RESOURCE_TEACHER) and any(me.sees(one) for one in subjects if one is not None)
    )


SEEN: dict[type[Model], Callable[["Reach", Any], bool]] = {TeamMeeting: sees_meeting, AgendaItem: sees_item}
