"""How a relation ends: who wished it, what led to it, and whether they said goodbye."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EndedBy(models.TextChoices):
    """Who took the initiative."""

    MENTOR = "mentor", _("mentore ou mentor")
    STUDENT = "student", _("élève")
    FAMILY = "family", _("famille")
    SCHOOL = "school", _("école")
    OTHER = "other", _("autre")


class Whose(models.TextChoices):
    """On whose side what led to the end is found: the first level of its code."""

    STUDENT = "student", _("élève")
    FAMILY = "family", _("famille")
    MENTOR = "mentor", _("mentore ou mentor")
    RELATION = "relation", _("la relation")
    SCHOOL = "school", _("école ou programme")
    CIRCUMSTANCES = "circumstances", _("circonstances")


class EndCode(models.TextChoices):
    """What led to the end, in one of the few ways that can be counted; the free words beside it say the rest.

    Each is said whole: it is read away from its group too.
    """

    STUDENT_LEFT = "student_left", _("l’élève change d’école ou déménage")
    STUDENT_WISH = "student_wish", _("l’élève ne souhaite plus continuer")
    STUDENT_ABSENT = "student_absent", _("l’élève s’absente, ou le contact est perdu")
    FAMILY_WISH = "family_wish", _("la famille préfère que cela prenne fin")
    MENTOR_TIME = "mentor_time", _("la mentore ou le mentor manque de temps")
    MENTOR_LEFT = "mentor_left", _("la mentore ou le mentor part ou déménage")
    MENTOR_WISH = "mentor_wish", _("la mentore ou le mentor ne souhaite plus continuer")
    RELATION_NO_BOND = "relation_no_bond", _("le lien ne s’est pas établi")
    RELATION_GOALS = "relation_goals", _("les objectifs sont atteints")
    SCHOOL_YEAR_END = "school_year_end", _("la fin prévue de l’année")
    SCHOOL_ORGANISATION = "school_organisation", _("l’horaire ou l’organisation de l’école")
    SCHOOL_OTHER_HELP = "school_other_help", _("une autre aide convient mieux")
    SCHOOL_CONDUCT = "school_conduct", _("une question de sécurité ou de conduite")
    CIRCUMSTANCES_OTHER = "circumstances_other", _("un événement imprévu")

    @property
    def whose(self) -> Whose:
        return Whose(self.value.split("_")[0])


class ClosureTalk(models.TextChoices):
    HELD = "held", _("a eu lieu")
    PLANNED = "planned", _("est prévu")
    NOT_POSSIBLE = "not_possible", _("n’est pas possible")
