"""What is kept of the house itself."""

from django.utils.translation import gettext_lazy as _

from people.privacy.keepings import TECHNICAL
from people.privacy.tables import KeptTable, declare

declare(KeptTable("accompagnement.Pulse", _("signes de vie du service"), TECHNICAL))
