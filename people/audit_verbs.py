"""What the journal tells of what people choose to be told."""

from django.utils.translation import gettext_lazy as _

from people.audit_registry import declare

DIGEST_REQUESTED = declare("digest.requested", _("%(person)s a demandé le bilan de la semaine par courriel."))
DIGEST_DECLINED = declare("digest.declined", _("%(person)s a renoncé au bilan de la semaine par courriel."))
