"""How much a finding weighs."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Severity(models.TextChoices):
    CRITICAL = "critical", _("Prioritaire")
    WARNING = "warning", _("À surveiller")
    INFO = "info", _("Pour information")

    @property
    def rank(self) -> int:
        """0 is the most severe."""
        return list(Severity).index(self)

    @property
    def raised(self) -> "Severity":
        """One step more severe; the most severe stays."""
        return list(Severity)[max(self.rank - 1, 0)]
