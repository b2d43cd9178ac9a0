"""Reports that were asked for: their rows of the matrix (``test_access_matrix``), and who sees them (``reach``)."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from django.utils import timezone

from accompagnement.demo.cast import Cast
from people.models import User
from programs.fixed_periods import ended_periods
from reports.audiences import AUDIENCES, audiences_of
from reports.models import Report, ReportSchedule
from reports.models.prepared import grants_of
from tests.rights_of_teams import SEEN as OF_TEAMS

if TYPE_CHECKING:
    from tests.reach import Reach

# visitor, mentor, teacher, lead, trainer, manager, board admin, privacy officer, lead of another board
REPORTS = """
    report_prepare          post  s-.....-.
    report                  get   s-xxxx.-x
    report_progress         get   s-xxxx.-x
    report_file             get   s-xxxx.-x
    report_cancel           post  s-xxxx.-x
    report_again            post  s-xxxx.-x
    report_keep             post  s-xxxx.-x
    report_remove           post  s-xxxx.-x
    report_repeat           post  s-xxxx.-x
    report_repeat_stop      post  s-xxxx.-x
    methodology             get   s........
    dictionary              get   s........
    board                   get   s-----.--
    dashboard               get   s--.-.--.
    dashboard_weeks         get   s--.-.--.
    dashboard_classes       get   s--.-.--.
    dashboard_frequency     get   s--.-.--.
    dashboard_lengths       get   s--.-.--.
    dashboard_sizes         get   s--.-.--.
    dashboard_trend         get   s--.-.--.
    dashboard_classes_csv   get   s--.-.--.
    dashboard_frequency_csv get   s--.-.--.
    dashboard_lengths_csv   get   s--.-.--.
    dashboard_sizes_csv     get   s--.-.--.
    dashboard_trend_csv     get   s--.-.--.
    reports                 get   s-.....-.
    report_meetings_csv     post  s-..-..-.
    report_findings_csv     post  s-.....-.
    report_endings_csv      post  s-..-.--.
"""


def prepared(person: User, state: str = Report.State.DONE, **also: Any) -> Report:
    """A report of the person's first audience, of the last period that ended, with its file when it is done."""
    key, named = next(iter(ended_periods(person, on=person.local_date()).items()))
    now, said = timezone.now(), _wished(person)
    report = Report.objects.create(
        **said, period_key=key, period_name=named.name, since=named.period.since, until=named.period.until, state=state,
        entry_uuid=uuid.uuid4(), asked_at=now, finished_at=now, read_at=now, expires_at=now + timedelta(days=7), size=4,
        file_name="rencontres.csv", content_type="text/csv", grants=grants_of(person.access), checksum="0" * 64, **also,
    )  # fmt: skip
    report.parts.create(number=0, content=b"a;b\n")
    return report


def repeated(person: User) -> ReportSchedule:
    return ReportSchedule.objects.create(**_wished(person), every=ReportSchedule.Every.MONTH, begins_on="2026-09-01")


def _wished(person: User) -> dict[str, Any]:
    audience = audiences_of(person)[0].name
    return {
        "board": person.board, "person": person, "kind": "meetings", "audience": audience, "format": "csv",
        "language": "fr-ca",
    }  # fmt: skip


def target_of(name: str, cast: Cast) -> dict[str, object]:
    """The administrator's own."""
    if name == "report_prepare":
        return {}
    return {"pk": (repeated if name == "report_repeat_stop" else prepared)(cast.robert).pk}


def is_theirs(me: "Reach", row: Any) -> bool:
    """One's own, while one holds a role of its audience."""
    roles = next(one.roles for one in AUDIENCES if one.name == row.audience)
    return row.person_id == me.me and me.holds(*roles)


SEEN: dict[type[Model], Callable[["Reach", Any], bool]] = {**OF_TEAMS, Report: is_theirs, ReportSchedule: is_theirs}
"""With those of team meetings."""
