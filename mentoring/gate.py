"""What stands before a first meeting: verified, trained, an agreement to sign. Only the first one holds a match back.

The law (LIP, art. 261.0.1 s.) asks that the judicial record of whoever works with minors be verified, volunteers too.
A school's own staff was, when hired; an older peer who is a minor has none to verify (decision 0024).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from mentoring.models import Mentor
from people.models import Verification
from people.months import months_between

OF_AGE = 18
YEAR = 12
VOLUNTEERS = (Mentor.Kind.SCHOOL_VOLUNTEER, Mentor.Kind.COMMUNITY_VOLUNTEER)
JUDICIAL = Verification.Kind.JUDICIAL


@dataclass(frozen=True)
class Readiness:
    """Of a mentor, on a day: ``until`` is the last day of the verification, None where it has none."""

    mentor: Mentor
    is_asked: bool
    is_verified: bool
    until: date | None
    minutes: int
    goal: int

    @property
    def may_be_matched(self) -> bool:
        return self.is_verified or not self.is_asked

    @property
    def is_trained(self) -> bool:
        return self.minutes >= self.goal

    @property
    def is_ready(self) -> bool:
        return self.may_be_matched and self.is_trained


def is_asked(mentor: Mentor, on: date) -> bool:
    """Whether a mentor must be verified before meeting a student: a volunteer, or an older peer who is of age."""
    if mentor.kind == Mentor.Kind.OLDER_PEER:
        return mentor.birth_date is not None and months_between(mentor.birth_date, on) >= OF_AGE * YEAR
    return mentor.kind in VOLUNTEERS


def must_be_verified(mentor: Mentor, on: date) -> bool:
    """Whether the verification that is asked of a mentor is missing on a day. One query at most."""
    verified = Verification.objects.valid_on(on).filter(person=mentor.person_id, kind=JUDICIAL)
    return is_asked(mentor, on) and not verified.exists()


def readiness(mentors: Iterable[Mentor], on: date, *, goal: int) -> list[Readiness]:
    """Where each stands, those who are ready first. Read from ``with_training``; one query."""
    rows = list(mentors)
    valid = Verification.objects.valid_on(on).filter(person__in=[one.person_id for one in rows], kind=JUDICIAL)
    until = {row.person_id: row.valid_until for row in valid.order_by("verified_on", "pk")}
    found = [
        Readiness(
            one,
            is_asked(one, on),
            one.person_id in until,
            _last_day(until.get(one.person_id)),
            getattr(one, "trained", None) or 0,
            goal,
        )
        for one in rows
    ]
    return sorted(found, key=lambda row: (not row.is_ready, not row.may_be_matched))


def _last_day(end: date | None) -> date | None:
    return end - timedelta(days=1) if end else None
