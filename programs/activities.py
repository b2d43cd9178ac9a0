"""What a group did when it met: the codes that the log page offers, and their words.

An imported meeting may carry other words: they are shown as they came.
"""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _


class GroupActivity(models.TextChoices):
    """§2.2, popular activities, in the words of the log page."""

    EXCHANGE = "exchange", _("Échange")
    GAME = "game", _("Jeu")
    SCHOOLWORK = "schoolwork", _("Travaux")
    OTHER = "other", _("Autre")


GROUP_ACTIVITIES = frozenset(GroupActivity.values)


def in_words(codes: Iterable[str]) -> str:
    """The activities of a meeting on one line."""
    labels = dict(GroupActivity.choices)
    return ", ".join(str(labels.get(code, code)) for code in codes)
