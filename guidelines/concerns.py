"""What a finding is about, and what that makes of it on the screen."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Concern(models.TextChoices):
    """``RHYTHM`` alone is counted in headlines and told; the others are quiet lists."""

    RHYTHM = "rhythm", _("Rythme et lien")
    ENDED = "ended", _("Relations terminées à revoir")
    SETUP = "setup", _("Mise en place")
    PRACTICE = "practice", _("Pratique")
    RECORD = "record", _("Tenue du dossier")
