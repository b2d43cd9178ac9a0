"""Telling a person that a report which prepares itself is ready: where it is, never the report."""

from django.utils.translation import gettext as _

from people.emails import Letter, address, speaking, write
from people.models import Message, Notification
from people.signals import messages_recorded
from reports.models import Report


def tell_ready(report: Report) -> None:
    """Tell it in the application and by e-mail, of a scheduled report only; once, however often it is prepared.

    Inside the transaction that keeps it.
    """
    if report.schedule_id is None or report.finished_at is None:
        return
    said = {"person": report.person, "board": report.board, "target": report.pk}
    if not Notification.objects.filter(**said, kind=Notification.Kind.REPORT).exists():
        on = report.board.day_of(report.finished_at)
        Notification.objects.create(**said, kind=Notification.Kind.REPORT, on=on)
        message = Message.objects.create(**said, kind=Message.Kind.REPORT, on=on)
        messages_recorded.send(Message, messages=[message.pk])


def report_letter(message: Message) -> Letter | None:
    """What the e-mail says: which report, of which period, the address of its page; None once it is not theirs."""
    rows = Report.objects.visible_to(message.person).filter(pk=message.target or 0, board=message.board_id)
    report = rows.select_related("board", "school", "program__school").first()
    if report is None or report.expires_at is None:
        return None
    until = report.board.day_of(report.expires_at)
    with speaking(report.board):
        return write(
            "report",
            subject=_("Un rapport est prêt"),
            context={
                "report": report,
                "person": message.person,
                "until": until,
                "url": address("report", report.pk),
            },
        )
