"""What a person does with a report: ask for it, stop it, ask again, keep it, remove it."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from people.models import School, SchoolBoard, User
from programs.fixed_periods import Named
from programs.models import Program
from reports.models import Report
from reports.tasks import ring

State = Report.State


@dataclass(frozen=True)
class Wish:
    """What a report is asked with; ``period_key`` is empty for days that were typed."""

    kind: str
    audience: str
    format: str
    named: Named
    period_key: str = ""
    school: School | None = None
    program: Program | None = None
    reason: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        """Of a report's row."""
        return {
            "kind": self.kind, "audience": self.audience, "format": self.format, "period_key": self.period_key,
            "period_name": self.named.name, "since": self.named.period.since, "until": self.named.period.until,
            "school": self.school, "program": self.program, "reason": self.reason,
        }  # fmt: skip


@transaction.atomic
def ask(*, board: SchoolBoard, person: User, wish: Wish, entry_uuid: uuid.UUID, language: str, at: datetime) -> Report:
    """Ask for a report; the same asked twice from one page is one report."""
    wished = wish.columns
    return _made(board, person, wished, _key(entry_uuid, person, wished), language, at)


def _key(entry_uuid: uuid.UUID, person: User, wished: Mapping[str, Any]) -> uuid.UUID:
    """One form asks for several reports: each has a key of its own, and nobody meets another's."""
    return uuid.uuid5(
        entry_uuid, "\n".join([str(person.pk), *(str(getattr(one, "pk", one)) for one in wished.values())])
    )


def _made(
    board: SchoolBoard, person: User, columns: Mapping[str, Any], key: uuid.UUID, language: str, at: datetime
) -> Report:
    said = {**columns, "board": board, "person": person, "language": language, "asked_at": at}
    report, new = Report.objects.get_or_create(entry_uuid=key, defaults=said)
    if new:
        transaction.on_commit(lambda: ring(report.pk))
    return report


@transaction.atomic
def ask_again(*, report: Report, entry_uuid: uuid.UUID, language: str, at: datetime) -> Report:
    """Prepare it anew, with what is known now: in its own place when it has no file, else beside it."""
    if report.is_under_way:
        return report
    if not report.is_due_again:
        wished = {field: getattr(report, field) for field in WISHED} | {"again_of": report, "kept": report.kept}
        return _made(report.board, report.person, wished, _key(entry_uuid, report.person, wished), language, at)
    fresh = {"state": State.QUEUED, "error": "", "done": 0, "total": None, "attempts": 0, "asked_at": at}
    same = Report.objects.filter(pk=report.pk, state=report.state)
    if same.update(**fresh, language=language, finished_at=None, expires_at=None):
        transaction.on_commit(lambda: ring(report.pk))
    report.refresh_from_db()
    return report


WISHED = (
    "kind", "audience", "format", "period_key", "period_name", "since", "until", "school", "program", "reason",
)  # fmt: skip


def cancel(*, report: Report, at: datetime) -> None:
    """Stop it; its worker hears it within a second or so. Refused once there is nothing to stop."""
    under_way = Report.objects.filter(pk=report.pk, state__in=Report.UNDER_WAY)
    if not under_way.update(state=State.CANCELLED, finished_at=at):
        raise ValidationError(_("Ce rapport n’est plus en préparation\u00a0: il n’y a rien à annuler."))


def keep(*, report: Report, kept: bool) -> None:
    """Let it stay on the page until its person removes it; or no longer."""
    Report.objects.filter(pk=report.pk).update(kept=kept)


def remove(*, report: Report) -> None:
    """Destroy it with its file; a worker that is at it stops within a second or so."""
    Report.objects.filter(pk=report.pk).delete()
