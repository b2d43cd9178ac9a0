"""What the journal tells of what enters and leaves by files."""

from django.utils.translation import gettext_lazy as _

from people.audit_registry import declare

BUNDLE_IMPORTED = declare("bundle.imported", _("%(person)s a importé un paquet d’échange."))
BUNDLE_EXPORTED = declare("bundle.exported", _("%(person)s a exporté un paquet d’échange."))
ROSTER_IMPORTED = declare("roster.imported", _("%(person)s a importé les listes du système scolaire."))
IMPORT_UPLOADED = declare("import.uploaded", _("%(person)s a envoyé un fichier à importer."))
IMPORT_APPLIED = declare("import.applied", _("%(person)s a appliqué une importation."))
IMPORT_REVERSED = declare("import.reversed", _("%(person)s a annulé une importation."))
IMPORT_DISCARDED = declare("import.discarded", _("%(person)s a abandonné un fichier à importer."))
CALENDAR_IMPORTED = declare("calendar.imported", _("%(person)s a importé le calendrier d’une école."))
INVENTED_DATA_ADDED = declare("invented_data.added", _("%(person)s a rempli une école de données inventées."))
INVENTED_DATA_REMOVED = declare("invented_data.removed", _("%(person)s a retiré d’une école les données inventées."))
TOKEN_MADE = declare("api_token.created", _("%(person)s a créé un jeton d’accès."))
TOKEN_REVOKED = declare("api_token.revoked", _("%(person)s a révoqué un jeton d’accès."))
TOKEN_USED = declare("api_token.used", _("Un programme a lu ou écrit par un jeton d’accès de %(person)s ce jour-là."))
LIST_READ_BY_TOKEN = declare(
    "api_token.list_opened", _("Un programme a lu par un jeton de %(person)s une liste qui parle d’élèves.")
)
DIRECTORY_TOKEN_MADE = declare("directory_token.created", _("%(person)s a créé le jeton de l’annuaire."))
DIRECTORY_TOKEN_REVOKED = declare("directory_token.revoked", _("%(person)s a révoqué le jeton de l’annuaire."))
CALENDAR_LINK_MADE = declare("calendar_link.created", _("%(person)s a créé le lien de son agenda."))
CALENDAR_LINK_REVOKED = declare("calendar_link.revoked", _("%(person)s a révoqué le lien de son agenda."))
