from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self) -> None:
        from people.emails import LETTERS
        from people.models import Message
        from reports import frequency, lengths, situations, sizes, trend
        from reports.catalogue import (
            activity,
            council,
            durations,
            endings,
            fidelity,
            findings,
            followed,
            meetings,
            summary,
            training,
        )
        from reports.formats import add, csv_exchange, csv_french, pdf, xlsx
        from reports.registry import FIGURES, REPORTS, register
        from reports.telling import report_letter

        register(
            REPORTS,
            meetings.REPORT,
            findings.REPORT,
            endings.REPORT,
            council.REPORT,
            activity.REPORT,
            summary.REPORT,
            durations.REPORT,
            followed.REPORT,
            training.REPORT,
            fidelity.REPORT,
        )
        register(FIGURES, lengths.FIGURE, frequency.FIGURE, sizes.FIGURE, trend.FIGURE, situations.FIGURE)
        add(xlsx.FORMAT, csv_french.FORMAT, pdf.FORMAT, csv_exchange.FORMAT)
        LETTERS[Message.Kind.REPORT] = report_letter
