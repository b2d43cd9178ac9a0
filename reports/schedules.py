"""Reports that prepare themselves: of each fixed period that has just ended, once, for as long as their person may."""

import uuid
from datetime import date, datetime

from django.db import IntegrityError, transaction

from people import audit
from people.models import SchoolBoard, User
from programs.fixed_periods import Named
from reports.audiences import all_periods, audiences_of
from reports.audit_verbs import REPORT_SCHEDULED, REPORT_UNSCHEDULED
from reports.models import Report, ReportSchedule
from reports.tables import Text

SAME = ("board", "person", "kind", "audience", "format", "school", "program")
"""What a schedule has from the report that it repeats, and gives to each that it makes."""


def offered(report: Report, *, on: date) -> list[tuple[str, Text]]:
    """When such a report may prepare itself: at the end of the fixed periods of its audience. One query.

    Never, where it names people: such a file is asked for each time, with its reason.
    """
    edition = report.edition
    if edition is None or edition.audience.periods is None or edition.audience.says_why(report.person):
        return []
    begins = {key.partition("-")[0] for key in edition.audience.periods(report.person, on=on)}
    return [(every.value, every.label) for every in ReportSchedule.Every if every.value in begins]


@transaction.atomic
def repeat(*, report: Report, every: str, on: date) -> ReportSchedule:
    """Prepare such a report at the end of each period from now on; asked twice, it is one schedule."""
    said = {name: getattr(report, name) for name in SAME}
    schedule, new = ReportSchedule.objects.get_or_create(
        **said, every=every, defaults={"language": report.language, "begins_on": on}
    )
    if new:
        audit.record(board=report.board, person=report.person, verb=REPORT_SCHEDULED, subject=schedule)
    return schedule


@transaction.atomic
def stop(*, schedule: ReportSchedule) -> None:
    """Prepare it no more; what it has prepared stays."""
    audit.record(board=schedule.board, person=schedule.person, verb=REPORT_UNSCHEDULED, subject=schedule)
    schedule.delete()


def prepare_due(board: SchoolBoard, *, on: date, at: datetime) -> list[int]:
    """Ask for the report of the latest period of each schedule that has ended, unless that is done; return them.

    A schedule whose person has no right to it any more is deleted. Five queries a schedule.
    """
    asked = []
    rows = ReportSchedule.objects.filter(board=board).select_related("person__board", "school", "program", "board")
    for schedule in rows:
        if not _is_allowed(schedule):
            stop(schedule=schedule)
        elif (due := _due(schedule, on)) and (pk := _asked(schedule, *due, at)):
            asked.append(pk)
    return asked


def _is_allowed(schedule: ReportSchedule) -> bool:
    person: User = schedule.person
    return person.is_active and schedule.audience in [one.name for one in audiences_of(person)]


def _due(schedule: ReportSchedule, on: date) -> tuple[str, Named] | None:
    """The key and the name of the latest period of its kind that ended since it was asked for."""
    ended = [
        (key, named)
        for key, named in all_periods(schedule.person, on=on).items()
        if key.startswith(f"{schedule.every}-") and schedule.begins_on < named.period.until <= on
    ]
    return max(ended, key=lambda one: one[1].period.until, default=None)


def _asked(schedule: ReportSchedule, key: str, named: Named, at: datetime) -> int | None:
    since, until = named.period.since, named.period.until
    if schedule.reports.filter(since=since, until=until).exists():
        return None
    said = {name: getattr(schedule, name) for name in SAME} | {"period_key": key, "period_name": named.name}
    try:
        with transaction.atomic():
            report = Report.objects.create(
                **said, schedule=schedule, since=since, until=until, language=schedule.language, asked_at=at,
                entry_uuid=uuid.uuid4(),
            )  # fmt: skip
    except IntegrityError:
        return None
    return report.pk
