"""What the journal tells of accounts, roles and verifications, and of what people choose to be told."""

from django.utils.translation import gettext_lazy as _

from people.audit_registry import declare

DIGEST_REQUESTED = declare("digest.requested", _("%(person)s a demandé le bilan de la semaine par courriel."))
DIGEST_DECLINED = declare("digest.declined", _("%(person)s a renoncé au bilan de la semaine par courriel."))

SESSION_ENDED = declare("session.ended", _("%(person)s a mis fin à une de ses sessions."))

LOOK_ASKED = declare("look.asked", _("%(person)s a demandé à voir les écrans d’une personne, en disant pourquoi."))
LOOK_ACCEPTED = declare("look.accepted", _("%(person)s a accepté de montrer ses écrans."))
LOOK_REFUSED = declare("look.refused", _("%(person)s a refusé de montrer ses écrans."))
LOOK_STARTED = declare("look.started", _("%(person)s a commencé à voir les écrans d’une personne, avec son accord."))
LOOK_ENDED = declare("look.ended", _("%(person)s a mis fin à une demande de voir des écrans."))
LOOK_FILE_OPENED = declare(
    "look.file_opened", _("%(person)s a vu le dossier d’un élève sur les écrans d’une autre personne.")
)
LOOK_LIST_OPENED = declare(
    "look.list_opened",
    _("%(person)s a vu, sur les écrans d’une autre personne, les élèves d’un groupe ou d’un programme."),
)

SECOND_FACTOR_ADDED = declare("second_factor.added", _("%(person)s a ajouté un second facteur à son compte."))
SECOND_FACTOR_REMOVED = declare("second_factor.removed", _("%(person)s a retiré un second facteur de son compte."))
SECOND_FACTOR_RESET = declare(
    "second_factor.taken", _("%(person)s a retiré le second facteur d’une personne, en disant pourquoi.")
)
SIGN_IN_RULES_SET = declare("sign_in_rules.set", _("%(person)s a changé les règles de connexion."))

PERSON_ADDED = declare("person.added", _("%(person)s a inscrit une personne."))
PERSON_CORRECTED = declare("person.corrected", _("%(person)s a corrigé les renseignements d’une personne."))
ACCOUNT_CLOSED = declare("account.closed", _("%(person)s a fermé un compte."))
ACCOUNT_REOPENED = declare("account.reopened", _("%(person)s a rouvert un compte."))
INVITATION_SENT = declare("invitation.sent", _("%(person)s a invité une personne à choisir son mot de passe."))
INVITATION_USED = declare("invitation.used", _("%(person)s a choisi son mot de passe à la suite d’une invitation."))
ROLE_GIVEN = declare("role.given", _("%(person)s a donné un rôle."))
ROLE_ENDED = declare("role.ended", _("%(person)s a mis fin à un rôle."))
ROLE_CANCELLED = declare("role.cancelled", _("%(person)s a annulé un rôle qui n’avait pas commencé."))
STUDENT_ADDED = declare("student.added", _("%(person)s a inscrit un élève."))
STUDENT_CHANGED = declare("student.changed", _("%(person)s a corrigé les renseignements d’un élève."))
STUDENT_OPENED = declare("student.file_opened", _("%(person)s a ouvert le dossier d’un élève."))
STUDENT_REASON_GIVEN = declare(
    "student.reason_given", _("%(person)s a ouvert le dossier d’un élève en disant pourquoi.")
)
LIST_OPENED = declare(
    "list.opened", _("%(person)s a ouvert une page qui nomme les élèves d’un groupe ou d’un programme.")
)
STUDENT_SHEET_EXPORTED = declare("student.sheet_exported", _("%(person)s a produit une fiche qui nomme un élève."))
PERSON_VERIFIED = declare("person.verified", _("%(person)s a inscrit une vérification."))
VERIFICATION_REMOVED = declare("verification.removed", _("%(person)s a retiré une vérification inscrite par erreur."))
JOURNAL_EXPORTED = declare("journal.exported", _("%(person)s a téléchargé le journal."))
INCIDENT_RECORDED = declare("incident.recorded", _("%(person)s a inscrit un incident de confidentialité au registre."))
INCIDENT_CORRECTED = declare("incident.corrected", _("%(person)s a précisé un incident de confidentialité."))
INCIDENTS_EXPORTED = declare(
    "incident.register_exported", _("%(person)s a téléchargé le registre des incidents de confidentialité.")
)
STUDENT_DATA_EXPORTED = declare(
    "student.data_exported", _("%(person)s a produit tous les renseignements gardés d’un élève.")
)
PERSON_DATA_EXPORTED = declare(
    "person.data_exported", _("%(person)s a produit tous les renseignements gardés d’une personne.")
)
RETENTION_SET = declare(
    "retention.changed", _("%(person)s a changé les durées de conservation ou la destruction la nuit.")
)
DESTRUCTION_CONFIRMED = declare(
    "destruction.confirmed", _("%(person)s a fait détruire ce dont la durée de conservation est passée.")
)
