"""What is kept of the reports that people ask for: nothing once the file's time is over, or the person's."""

from django.utils.translation import gettext_lazy as _

from people.privacy.keepings import ADULT_DESTROYED, by_night
from people.privacy.tables import KeptTable, declare
from people.retention import REPORT_FILE_KEPT, REPORT_KEPT

ASKED = by_night(
    REPORT_KEPT, _("la demande"), _("Un rapport gardé par sa personne reste jusqu’à ce qu’elle le retire.")
)
FILES = by_night(
    REPORT_FILE_KEPT, _("la préparation"), _("Un rapport se prépare de nouveau, avec les données du jour.")
)

declare(
    KeptTable(
        "reports.Report", _("rapports demandés"), ASKED, adult=("person",),
        secret=("claim", "grants"), others=("reason", "error"),
    ),
    KeptTable("reports.ReportPart", _("fichiers de rapports"), FILES),
    KeptTable("reports.ReportSchedule", _("rapports prévus"), ADULT_DESTROYED, adult=("person",)),
)  # fmt: skip
