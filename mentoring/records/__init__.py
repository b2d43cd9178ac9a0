"""What dyads log: one module a kind of record, or one of a few small ones, which tells it whole."""

from mentoring.records.calls import CallKind
from mentoring.records.dyad_meeting import DyadMeetingKind
from mentoring.records.followup import EventKind, LiaisonKind, ReviewKind
from mentoring.records.routine import RoutineKind
from programs.log.kinds import register

FOLLOWUPS = (LiaisonKind(), RoutineKind(), EventKind(), ReviewKind(), CallKind())
"""What surrounds the meetings of a dyad: each has its form's address, its button and its lines on the dyad's page."""


def declare() -> None:
    register(DyadMeetingKind(), *FOLLOWUPS)
