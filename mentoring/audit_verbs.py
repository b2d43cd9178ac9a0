"""What the journal tells of dyads and of who mentors."""

from django.utils.translation import gettext_lazy as _

from people.audit_registry import declare
from programs.audit_verbs import RelationVerbs

DYAD = RelationVerbs(
    started=declare("dyad.started", _("%(person)s a formé une dyade.")),
    cancelled=declare("dyad.cancelled", _("%(person)s a annulé la formation d’une dyade.")),
    corrected=declare("dyad.corrected", _("%(person)s a corrigé le début d’une dyade.")),
    slot_cancelled=declare("dyad.slot_cancelled", _("%(person)s a annulé une plage de l’horaire d’une dyade.")),
    slot_added=declare("dyad.slot_added", _("%(person)s a ajouté une plage à l’horaire d’une dyade.")),
    slot_ended=declare("dyad.slot_ended", _("%(person)s a retiré une plage de l’horaire d’une dyade.")),
    substitute_added=declare("dyad.substitute_added", _("%(person)s a noté un remplacement dans une dyade.")),
    substitute_ended=declare("dyad.substitute_ended", _("%(person)s a mis fin à un remplacement dans une dyade.")),
    substitute_removed=declare(
        "dyad.substitute_removed", _("%(person)s a retiré l’accès d’un remplacement dans une dyade.")
    ),
)

ABSENCE_CANCELLED = declare("absence.cancelled", _("%(person)s a annulé tous les remplacements d’une absence."))
DYAD_REMATCHED = declare(
    "dyad.rematched", _("%(person)s a jumelé de nouveau un élève dont la dyade avait pris fin tôt.")
)
DYAD_STARTED_UNTRAINED = declare(
    "dyad.started_untrained", _("%(person)s a formé une dyade avant la fin de la formation de base.")
)
DYAD_STARTED_UNVERIFIED = declare(
    "dyad.started_unverified", _("%(person)s a formé une dyade avant la vérification des antécédents judiciaires.")
)
DYAD_ENDED = declare("dyad.ended", _("%(person)s a terminé une dyade."))
DYAD_FAREWELL_ANSWERED = declare(
    "dyad.farewell_answered", _("%(person)s a dit ce qu’il en est du dernier échange d’une dyade.")
)
DYAD_FAREWELL_REOPENED = declare(
    "dyad.farewell_reopened", _("%(person)s a retiré ce qui était dit du dernier échange d’une dyade.")
)
DYAD_PARTED = declare("dyad.parted", _("%(person)s a noté les suites de la fin d’une dyade."))
DYAD_LETTERS_ADAPTED = declare("dyad.letters_adapted", _("%(person)s a adapté les lettres de fin d’une dyade."))
DYAD_LETTER_SENT = declare(
    "dyad.letter_sent", _("%(person)s a envoyé la lettre de fin à la personne mentore d’une dyade.")
)
DYAD_LETTER_DOWNLOADED = declare("dyad.letter_downloaded", _("%(person)s a téléchargé une lettre de fin d’une dyade."))
DYAD_PAUSED = declare("dyad.paused", _("%(person)s a mis une dyade en pause."))
DYAD_RESUMED = declare("dyad.resumed", _("%(person)s a levé la pause d’une dyade."))
DYAD_PAUSE_CANCELLED = declare("dyad.pause_cancelled", _("%(person)s a annulé une pause d’une dyade."))
DYAD_COMMITTED = declare("dyad.committed", _("%(person)s a noté jusqu’où va l’engagement d’une dyade."))
DYAD_AGREEMENT_DRAFTED = declare("dyad.agreement_drafted", _("%(person)s a préparé l’entente d’une dyade."))
DYAD_AGREEMENT_SIGNED = declare("dyad.agreement_signed", _("%(person)s a inscrit l’entente signée d’une dyade."))

DYAD_AGREEMENT_DOWNLOADED = declare("dyad.agreement_downloaded", _("%(person)s a téléchargé l’entente d’une dyade."))
DYAD_AGREEMENT_CANCELLED = declare("dyad.agreement_cancelled", _("%(person)s a annulé l’entente d’une dyade."))
DYAD_AGREEMENT_CORRECTED = declare("dyad.agreement_corrected", _("%(person)s a corrigé l’entente d’une dyade."))
DYAD_PAUSE_CORRECTED = declare("dyad.pause_corrected", _("%(person)s a corrigé une pause d’une dyade."))

DOUBT_RAISED = declare("doubt.raised", _("%(person)s a fait part d’un doute sur une dyade."))
DOUBT_WITHDRAWN = declare("doubt.withdrawn", _("%(person)s a retiré son doute sur une dyade."))
DOUBT_HEARD = declare("doubt.heard", _("%(person)s a donné suite à un doute sur une dyade."))
DOUBT_REOPENED = declare("doubt.reopened", _("%(person)s a rouvert un doute sur une dyade."))

MENTOR_ADDED = declare("mentor.added", _("%(person)s a inscrit une personne comme mentore ou mentor."))
MENTOR_TRAINED = declare("mentor.trained", _("%(person)s a inscrit une formation au mentorat."))
TRAINING_CORRECTED = declare("training.corrected", _("%(person)s a corrigé une formation au mentorat."))
TRAINING_CANCELLED = declare("training.cancelled", _("%(person)s a annulé une formation au mentorat."))
TRAINING_SESSION_CANCELLED = declare(
    "training.session_cancelled", _("%(person)s a annulé une séance de formation entière.")
)
MENTOR_CORRECTED = declare("mentor.corrected", _("%(person)s a corrigé la fiche d’une personne qui accompagne."))
STUDENT_CORRECTED = declare("student.corrected", _("%(person)s a corrigé la date de naissance d’un élève."))

REFERRAL_OPENED = declare("referral.opened", _("%(person)s a orienté un élève vers le mentorat."))
REFERRAL_CORRECTED = declare(
    "referral.corrected", _("%(person)s a modifié la fiche d’un élève en attente de mentorat.")
)
REFERRAL_CLOSED = declare("referral.closed", _("%(person)s a retiré un élève de la liste d’attente du mentorat."))
REFERRAL_CANCELLED = declare("referral.cancelled", _("%(person)s a annulé une demande de mentorat."))
MENTOR_AVAILABILITY_STATED = declare(
    "mentor.availability_stated", _("%(person)s a noté les disponibilités d’une personne qui accompagne.")
)

MATCHING_PROPOSED = declare("matching.proposed", _("%(person)s a fait proposer des jumelages pour un programme."))
MATCHING_CHANGED = declare("matching.changed", _("%(person)s a décidé d’une proposition de jumelage."))
MATCHING_DROPPED = declare("matching.dropped", _("%(person)s a abandonné des propositions de jumelage."))
MATCHING_PUBLISHED = declare("matching.published", _("%(person)s a publié des jumelages."))
MATCHING_CANCELLED = declare("matching.cancelled", _("%(person)s a annulé des jumelages publiés."))
PROGRAM_MINUTES_OPENED = declare("program.minutes_opened", _("%(person)s a ouvert la minute dans un programme."))
PROGRAM_MINUTES_CLOSED = declare("program.minutes_closed", _("%(person)s a fermé la minute dans un programme."))
MINUTE_ITEM_ADDED = declare("minute_item.added", _("%(person)s a ajouté une question à la minute."))
MINUTE_ITEM_REMOVED = declare("minute_item.removed", _("%(person)s a retiré une question de la minute."))
MINUTE_ITEM_RESTORED = declare("minute_item.restored", _("%(person)s a remis une question dans la minute."))

CONSENT_GIVEN = declare("consent.given", _("%(person)s a inscrit le consentement d’un élève ou d’un parent."))
CONSENT_WITHDRAWN = declare("consent.withdrawn", _("%(person)s a inscrit le retrait d’un consentement."))
OUTCOME_ENTERED = declare("outcome.entered", _("%(person)s a inscrit l’assiduité ou le résultat d’un élève."))
OUTCOME_FORGOTTEN = declare("outcome.forgotten", _("%(person)s a effacé l’assiduité ou le résultat d’un élève."))
