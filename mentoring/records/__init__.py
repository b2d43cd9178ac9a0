"""What dyads log: one module a kind of record, or one of a few small ones, which tells it whole."""

from mentoring.records.dyad_meeting import DyadMeetingKind
from mentoring.records.followup import EventKind, LiaisonKind, ReviewKind
from mentoring.records.routine import RoutineKind
from programs.log.kinds import register


def declare() -> None:
    register(DyadMeetingKind(), LiaisonKind(), RoutineKind(), EventKind(), ReviewKind())
