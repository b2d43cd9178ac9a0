"""What the journal tells of what enters and leaves by files."""

from django.utils.translation import gettext_lazy as _

from people.audit_registry import declare

BUNDLE_IMPORTED = declare("bundle.imported", _("%(person)s a importé un paquet d’échange."))
BUNDLE_EXPORTED = declare("bundle.exported", _("%(person)s a exporté un paquet d’échange."))
ROSTER_IMPORTED = declare("roster.imported", _("%(person)s a importé les listes du système scolaire."))
