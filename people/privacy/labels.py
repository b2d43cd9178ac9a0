"""What a column is called to whoever asks for their own data: its own name, or that of what it leads to."""

from typing import Any

from django.db.models import Field
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

NAMES = {
    "adult": _("adulte"),
    "asked_by": _("demandé par"),
    "deleted_at": _("annulé le"),
    "dyad": _("dyade"),
    "entered_by": _("inscrit par"),
    "flag": _("point de vigilance"),
    "group": _("groupe"),
    "guardian": _("adulte de la famille"),
    "heard_by": _("entendu par"),
    "invited_by": _("invité par"),
    "logged_by": _("consigné par"),
    "meeting": _("rencontre"),
    "mentor": _("mentore ou mentor"),
    "note_by": _("note écrite par"),
    "person": _("personne"),
    "program": _("programme"),
    "school": _("école"),
    "school_year": _("année scolaire"),
    "student": _("élève"),
    "taken_by": _("pris en charge par"),
    "teacher": _("personnel-ressource"),
    "trained": _("personne formée"),
    "words_by": _("mots notés par"),
}
"""Of the columns that say no name of their own."""


def label_of(column: "Field[Any, Any]") -> str:
    """Empty for a column that the program alone reads."""
    own = getattr(column, "_verbose_name", None)
    return capfirst(str(own or NAMES.get(column.name, "")))
