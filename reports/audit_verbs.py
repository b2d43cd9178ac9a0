"""What the journal tells of files that people take away."""

from django.utils.translation import gettext_lazy as _

from people.audit_registry import declare

MEETINGS_EXPORTED = declare("meetings.exported", _("%(person)s a téléchargé les rencontres d’une période."))
ENDINGS_EXPORTED = declare("endings.exported", _("%(person)s a téléchargé les relations terminées d’une période."))
FINDINGS_EXPORTED = declare("findings.exported", _("%(person)s a téléchargé les points de vigilance d’une période."))
ACTIVITY_EXPORTED = declare("activity.exported", _("%(person)s a téléchargé un rapport d’activité."))
SUMMARY_EXPORTED = declare("summary.exported", _("%(person)s a préparé le bilan chiffré d’une période."))
DURATIONS_EXPORTED = declare("durations.exported", _("%(person)s a préparé le rapport sur la durée des relations."))
FOLLOWED_EXPORTED = declare("followed.exported", _("%(person)s a préparé le rapport sur les balises suivies."))
TRAINING_EXPORTED = declare("training.exported", _("%(person)s a téléchargé un rapport sur la formation."))
FIDELITY_EXPORTED = declare("fidelity.exported", _("%(person)s a téléchargé un rapport sur la fidélité."))
COUNCIL_EXPORTED = declare("council.exported", _("%(person)s a préparé le bilan pour le conseil d’établissement."))
FIDELITY_SHEET_DOWNLOADED = declare(
    "fidelity_sheet.downloaded", _("%(person)s a téléchargé la fiche de fidélité d’une dyade ou d’un groupe.")
)
REPORT_PREPARED = declare("report.prepared", _("%(person)s a fait préparer un rapport."))
REPORT_SCHEDULED = declare("report.scheduled", _("%(person)s a demandé qu’un rapport se prépare à chaque période."))
REPORT_UNSCHEDULED = declare("report.unscheduled", _("%(person)s a arrêté un rapport qui se préparait de lui-même."))
