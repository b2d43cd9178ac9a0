"""What is kept of people themselves, their accounts, what they are told, and the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from people.privacy.keepings import (
    ADULT_DESTROYED,
    ADULT_EMPTIED,
    ADULT_STAYS,
    DRAFTS,
    SESSIONS,
    STUDENT_DESTROYED,
    STUDENT_EMPTIED,
    STUDENT_STAYS,
    TECHNICAL,
    WITH_BOARD,
    after,
)
from people.privacy.tables import KeptTable, declare
from people.retention import INCIDENTS_KEPT, JOURNAL_KEPT, MESSAGES_KEPT

JOURNAL = after(
    JOURNAL_KEPT,
    rule="journal",
    on="at",
    at=True,
    since=_("le geste"),
    why=_("Le journal dit qui a lu, écrit, importé et exporté, et pourquoi."),
)
LOOKS = after(
    JOURNAL_KEPT,
    rule="journal",
    on="asked_at",
    at=True,
    since=_("la demande"),
    why=_("Chaque personne relit qui a vu ses écrans, et pourquoi, aussi longtemps que le journal le dit."),
)
INCIDENTS = after(
    INCIDENTS_KEPT,
    rule="incidents",
    on="aware_on",
    since=_("le jour où l’organisme l’a su"),
    why=_("La Commission d’accès à l’information peut demander une copie du registre."),
)
TOLD = _("Ce qui a été dit ou envoyé ne sert plus une année plus tard.")
OF_MESSAGES: Any = {"rule": "messages", "at": True, "why": TOLD}
MESSAGES = after(MESSAGES_KEPT, on="created_at", since=_("l’envoi"), **OF_MESSAGES)
COPIES = after(MESSAGES_KEPT, on="message__created_at", since=_("l’envoi"), **OF_MESSAGES)
NOTIFICATIONS = after(MESSAGES_KEPT, on="at", since=_("l’avis"), **OF_MESSAGES)
MAILINGS = after(MESSAGES_KEPT, on="at", since=_("l’envoi"), **OF_MESSAGES)

declare(
    KeptTable(
        "people.Student", _("élèves"), STUDENT_EMPTIED, student=("",),
        texts=("given_name", "family_name", "birth_date", "class_name", "homeroom"),
    ),
    KeptTable("people.Guardian", _("adultes de la famille"), STUDENT_DESTROYED, student=("student",)),
    KeptTable("people.Consent", _("consentements"), STUDENT_DESTROYED, student=("student",)),
    KeptTable("people.FormerSchool", _("écoles fréquentées avant"), STUDENT_STAYS, student=("student",)),
    KeptTable(
        "people.FormerGrade", _("années du secondaire passées"), STUDENT_EMPTIED, student=("student",),
        texts=("class_name", "homeroom"),
    ),
    KeptTable(
        "people.User", _("adultes et leurs comptes"), ADULT_EMPTIED, adult=("",),
        texts=("given_name", "family_name", "email"), plain=("password",), secret=("password", "access_version"),
    ),
    KeptTable("people.Membership", _("rôles"), ADULT_STAYS, adult=("person",)),
    KeptTable("people.Verification", _("vérifications"), ADULT_DESTROYED, adult=("person",), by=("verified_by",)),
    KeptTable("people.Invitation", _("invitations"), ADULT_DESTROYED, adult=("person",), by=("invited_by",)),
    KeptTable("people.MailPreference", _("choix de courriels"), ADULT_DESTROYED, adult=("person",)),
    KeptTable("account.EmailAddress", _("adresses de connexion"), ADULT_DESTROYED, adult=("user",)),
    KeptTable(
        "account.EmailConfirmation", _("confirmations d’adresse"), ADULT_DESTROYED, adult=("email_address__user",),
        secret=("key",),
    ),
    KeptTable("mfa.Authenticator", _("seconds facteurs"), ADULT_DESTROYED, adult=("user",), secret=("data",)),
    KeptTable(
        "socialaccount.SocialAccount", _("comptes d’un fournisseur"), ADULT_DESTROYED, adult=("user",),
        secret=("uid", "extra_data"),
    ),
    KeptTable(
        "socialaccount.SocialToken", _("jetons d’un fournisseur"), ADULT_DESTROYED, adult=("account__user",),
        secret=("token", "token_secret"),
    ),
    KeptTable("socialaccount.SocialApp", _("fournisseurs d’identité"), TECHNICAL),
    KeptTable("people.User_groups", _("groupes d’exploitation d’un compte"), ADULT_DESTROYED, adult=("user",)),
    KeptTable("people.User_user_permissions", _("droits d’exploitation d’un compte"), ADULT_DESTROYED, adult=("user",)),
    KeptTable("people.Draft", _("brouillons"), DRAFTS, adult=("person",), others=("address", "content")),
    KeptTable("people.Notification", _("avis"), NOTIFICATIONS, adult=("person",)),
    KeptTable("people.Message", _("courriels envoyés"), MESSAGES, adult=("person",), by=("asked_by",)),
    KeptTable(
        "people.Message_copy_to", _("copies de courriels"), COPIES, adult=("user",), board="message__board",
    ),
    KeptTable("people.Mailing", _("envois"), MAILINGS),
    KeptTable("people.AuditEntry", _("journal"), JOURNAL, adult=("person",), others=("reason",)),
    KeptTable(
        "people.Look", _("demandes de voir des écrans"), LOOKS, adult=("person",), by=("asked_by",), others=("reason",),
    ),
    KeptTable("people.PrivacyIncident", _("incidents de confidentialité"), INCIDENTS, by=("recorded_by",)),
    KeptTable("people.RetentionPlan", _("durées de conservation d’un organisme"), WITH_BOARD, by=("set_by",)),
    KeptTable("people.Destruction", _("registre des destructions"), WITH_BOARD, by=("done_by",)),
    KeptTable("people.SchoolBoard", _("organismes"), WITH_BOARD),
    KeptTable("people.School", _("écoles"), WITH_BOARD),
    KeptTable("auth.Group", _("groupes d’exploitation"), TECHNICAL),
    KeptTable("auth.Group_permissions", _("droits des groupes d’exploitation"), TECHNICAL),
    KeptTable("auth.Permission", _("droits d’exploitation"), TECHNICAL),
    KeptTable("contenttypes.ContentType", _("noms des tables"), TECHNICAL),
    KeptTable(
        "people.OpenedSession", _("appareils connectés"), SESSIONS, adult=("person",), plain=("device",),
        secret=("session_key", "mark"),
    ),
    KeptTable("sessions.Session", _("sessions ouvertes"), DRAFTS),
)  # fmt: skip
