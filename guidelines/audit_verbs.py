"""What the journal tells of what people decide about a finding, and of the numbers in force."""

from django.utils.translation import gettext_lazy as _

from people.audit_registry import declare

FLAG_TAKEN = declare("flag.taken", _("%(person)s a pris en charge un point de vigilance."))
FLAG_SNOOZED = declare("flag.snoozed", _("%(person)s a reporté un point de vigilance."))
FLAG_DISMISSED = declare("flag.dismissed", _("%(person)s a écarté un point de vigilance."))
FLAG_REOPENED = declare("flag.reopened", _("%(person)s a remis un point de vigilance parmi ceux à examiner."))
FLAG_ENTRUSTED = declare("flag.entrusted", _("%(person)s a confié un point de vigilance à une autre personne."))
FLAG_RESTORED = declare("flag.restored", _("%(person)s a annulé une décision sur un point de vigilance."))
FLAG_REMINDER_SENT = declare("flag.reminder_sent", _("%(person)s a envoyé un rappel pour un point de vigilance."))
ENDING_REVIEWED = declare("ending.reviewed", _("%(person)s a revu la fin d’une relation."))
NUMBER_SET = declare("number.set", _("%(person)s a changé la valeur d’une balise."))
NUMBER_CANCELLED = declare("number.cancelled", _("%(person)s a annulé un changement de la valeur d’une balise."))
GUIDELINE_FOLLOWED = declare("guideline.followed", _("%(person)s a décidé qu’un programme suit une balise."))
GUIDELINE_LEFT = declare("guideline.abandoned", _("%(person)s a décidé qu’un programme ne suit plus une balise."))
EVALUATIONS_TAKEN_BACK = declare(
    "evaluations.retracted", _("%(person)s a retiré les évaluations datées d’un jour à venir.")
)
YEAR_TURNED = declare("year.turned", _("%(person)s a fait passer un programme à l’année suivante."))
RELATIONS_SETTLED = declare(
    "relations.settled", _("%(person)s a réglé des relations arrivées à la fin de leur engagement.")
)
AGENDA_DECIDED = declare("agenda.decided", _("%(person)s a noté une décision d’équipe."))
AGENDA_SETTLED = declare("agenda.settled", _("%(person)s a dit ce qu’est devenue une décision d’équipe."))
TEAM_MEETING_NOTED = declare("team_meeting.noted", _("%(person)s a noté qui était à une rencontre d’équipe."))
TEAM_MEETING_DOWNLOADED = declare(
    "team_meeting.downloaded", _("%(person)s a téléchargé l’ordre du jour d’une rencontre d’équipe.")
)
