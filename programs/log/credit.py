"""Who stands in for whom, on which days, and who is credited with a meeting."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from people.models import User
from people.text import spoken
from programs.models import MeetingRecord, Relation, Substitute

DAY = timedelta(days=1)
USUAL = 0
"""Said of who met: the usual adult, whatever their id."""


def covers(row: Substitute, day: date) -> bool:
    return row.starts_on <= day < row.ends_on


def covering(rows: Iterable[Substitute], day: date, person: User | None = None) -> Substitute | None:
    """The row of a day; the person's own when there are several."""
    of_the_day = [row for row in rows if covers(row, day)]
    mine = [row for row in of_the_day if person is not None and row.person_id == person.pk]
    return next(iter([*mine, *of_the_day]), None)


def other_day(relation: Relation, person: User, day: date) -> str:
    """Why someone who only stands in may not log this day; empty when they may.

    Only the ranges still open to them count; whoever logs the relation on another ground has every day.
    """
    mine = _only_stands_in(relation, person)
    if not mine or any(covers(row, day) for row in mine):
        return ""
    last = max(mine, key=lambda row: row.ends_on)
    words = _("Vous remplacez du %(first)s au %(last)s\u00a0: choisissez un jour de cette période.")
    return words % {"first": spoken(last.starts_on), "last": spoken(last.ends_on - DAY)}


def refuse_other_day(owner: Model, person: User, day: date) -> None:
    """Who stands in logs, and corrects, the days of their range."""
    if isinstance(owner, Relation) and (words := other_day(owner, person, day)):
        raise ValidationError({"day": ValidationError(words, code="other_on")})


def close_other_days(relation: Relation, records: "Iterable[MeetingRecord]", person: User) -> None:
    """Mark ``is_closed`` on the records of days that whoever only stands in may not log."""
    if mine := _only_stands_in(relation, person):
        for record in records:
            record.is_closed = not any(covers(row, record.on) for row in mine)


def logs_for(relation: Relation, person: User, day: date) -> User | None:
    """For whom a person logs what a day held; None where they are its adult, or stand in. Two queries at most."""
    rows = list(relation.substitutes.select_related("person"))
    usual = relation.usual_adult(day)
    if person.pk in {usual and usual.pk, *(row.person_id for row in rows)}:
        return None
    row = covering(rows, day)
    return row.person if row else usual


def say_for_whom(
    relation: Relation, records: "Iterable[MeetingRecord]", substitutes: Sequence[Substitute] | None = None
) -> None:
    """Say of each record of the relation that another logged whose it is (``logged_for``). Two queries at most.

    It is that of whoever met; of what was not held, that of whoever would have met. One query less when all the
    ``substitutes`` of the relation are given.
    """
    told = [record for record in records if record.is_logged and record.logged_by_id]
    rows = list(relation.substitutes.select_related("person")) if substitutes is None else substitutes
    usual = relation.usual_adults({record.on for record in told})
    for record in told:
        row = None if record.status == MeetingRecord.Status.HELD else covering(rows, record.on, record.logged_by)
        adult = record.met_by or (row.person if row else usual[record.on])
        record.logged_for = adult if adult is not None and adult.pk != record.logged_by_id else None


def _only_stands_in(relation: Relation, person: User) -> list[Substitute]:
    """The open ranges of a person who logs the relation on no other ground. Two queries at most."""
    mine: list[Substitute] = list(relation.substitutes.all().open_to(person))
    rows: Any = type(relation)._default_manager
    return [] if mine and rows.loggable_any_day_by(person).filter(pk=relation.pk).exists() else mine


def who_met(
    record: MeetingRecord, rows: Sequence[Substitute], *, status: str, day: date, person: User, met_by: int | None
) -> int | None:
    """The id of who met, None for the usual adult: credit stays with whoever was there.

    ``met_by`` is the answer: an id, ``USUAL``, or None when nobody was asked. Unasked, the substitute of the day is
    credited, and a correction leaves the credit as it is. On a day without a substitute, nobody new is credited.
    """
    if status != MeetingRecord.Status.HELD:
        return None
    row = covering(rows, day, person)
    if met_by == USUAL:
        return None
    if met_by is not None:
        return met_by if row else record.met_by_id
    if record.status == MeetingRecord.Status.HELD:
        return record.met_by_id
    return row.person_id if row else None
