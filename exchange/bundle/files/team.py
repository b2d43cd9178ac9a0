"""Team meetings, and what they decided."""

from exchange.bundle.checks import of_one_subject
from exchange.bundle.declaration import BundleFile, columns
from guidelines.models import AgendaItem, TeamMeeting

MEETINGS = BundleFile("team_meetings.csv", TeamMeeting, columns(TeamMeeting, "key program on present"))
ITEMS = BundleFile(
    "agenda_items.csv",
    AgendaItem,
    columns(AgendaItem, "meeting dyad group student known decision who by_on state settled_on"),
    identity=("meeting_id", "dyad_id", "group_id", "student_id"),
    board="meeting__board",
    handle="",
    checks=(of_one_subject,),
)
