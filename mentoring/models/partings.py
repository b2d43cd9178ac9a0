"""What follows an ending: the last words of both, what comes next for the student, and the three letters."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from mentoring.models.dyads import Dyad
from people.models import User
from programs.models import LoggedRecord
from programs.models.programs import in_charge
from programs.models.records import words_opened_to

LONGEST = 2000
Level = LoggedRecord.NoteLevel


class NextStep(models.TextChoices):
    WAIT = "wait", _("attendre avant un nouveau jumelage")
    OTHER = "other", _("un autre soutien")
    NOTHING = "nothing", _("rien pour le moment")


class PartingQuerySet(models.QuerySet["Parting"]):
    def visible_to(self, user: User) -> Self:
        """For those who end a relation: they answer for the programme."""
        return self.filter(in_charge(user.access, "dyad__program__"))

    def words_open_to(self, user: User) -> Self:
        """Those whose last words the person may read: confidential ones are for who noted them, and for the lead."""
        author = Q(words_by=user.pk)
        opened = words_opened_to(user, level="words_level", author=author, program="dyad__program")
        return self.visible_to(user).filter(opened)


class Parting(models.Model):
    """One a dyad, completed little by little once it has ended.

    A letter that nobody adapted is empty here: it is told anew from the facts. ``words_by`` and ``words_on`` are who
    noted the last words, and when.
    """

    dyad = models.OneToOneField(Dyad, models.CASCADE, related_name="parting")
    next_step = models.CharField(_("la suite pour l’élève"), max_length=7, choices=NextStep, blank=True)
    next_words = models.CharField(_("lequel"), max_length=300, blank=True)
    student_words = models.TextField(_("mots de la fin de l’élève"), max_length=LONGEST, blank=True)
    mentor_words = models.TextField(_("mots de la fin de la personne mentore"), max_length=LONGEST, blank=True)
    words_level = models.CharField(_("niveau"), max_length=12, choices=Level, default=Level.ORDINARY)
    words_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    words_on = models.DateField(_("mots notés le"), null=True, blank=True)
    student_letter = models.TextField(_("lettre à l’élève"), max_length=LONGEST, blank=True)
    family_letter = models.TextField(_("lettre à la famille"), max_length=LONGEST, blank=True)
    mentor_letter = models.TextField(_("lettre à la personne mentore"), max_length=LONGEST, blank=True)
    saved_at = models.DateTimeField(auto_now=True)

    objects = PartingQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.dyad_id} {self.next_step}"

    @property
    def has_words(self) -> bool:
        return bool(self.student_words or self.mentor_words)
