"""What a resource teacher states and counts: the time of the three functions (§1.2), the five foundations (§2.2)."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from people.access import NOTHING, Role
from people.models import Membership, User
from people.models.base import active_on
from programs.models.groups import GroupLead
from programs.models.programs import in_charge
from programs.models.records import LoggedRecord, LoggedRecordQuerySet, R, Version, readable_note


def answered_for(user: User) -> Q:
    """Of people: the resource teachers where one leads or manages, and who leads a group there."""
    access, on = user.access, user.local_date()
    running = access.within(Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER, board="board", school="school", program="program")
    staff = Membership.objects.filter(running, active_on(on), role=Role.RESOURCE_TEACHER).values("person")
    leading = GroupLead.objects.filter(in_charge(access, "group__program__")).values("person")
    return Q(pk__in=staff) | Q(pk__in=leading)


def of_teachers(user: User, person: str = "person") -> Q:
    """The rows of oneself, and of the resource teachers whom one answers for."""
    mine = Q(**{person: user.pk}) if user.access.holds(Role.RESOURCE_TEACHER) else NOTHING
    return mine | Q(**{f"{person}__in": User._base_manager.filter(answered_for(user)).values("pk")})


class TeacherLogQuerySet(LoggedRecordQuerySet[R]):
    def visible_to(self, user: User) -> Self:
        """One's own entries, and those of the teachers whom one answers for."""
        seen = self.kept().filter(pk__in=self.model._base_manager.filter(of_teachers(user)).values("pk"))
        return seen.reading_notes_for(user)

    def reading_notes_for(self, user: User) -> Self:
        """A confidential note on one's time, which an import alone brings, is its author's: no programme has a say."""
        return self.defer("note").annotate(readable_note=readable_note(user))


class FunctionTime(LoggedRecord):
    """Minutes given to one of the three functions; preparation counts with the function that it serves."""

    class Function(models.TextChoices):
        STUDENTS = "students", _("accompagner des élèves")
        TEACHERS = "teachers", _("soutenir d’autres enseignantes et enseignants")
        SERVICES = "services", _("se concerter avec les services complémentaires")

    OWNER = "person"

    person = models.ForeignKey(User, models.PROTECT, related_name="function_times")
    function = models.CharField(_("fonction"), max_length=8, choices=Function)
    minutes = models.PositiveSmallIntegerField(_("durée en minutes"))
    preparation = models.BooleanField(_("préparation"), default=False)

    objects = TeacherLogQuerySet["FunctionTime"].as_manager()
    history = HistoricalRecords(bases=[Version])

    class Meta(LoggedRecord.Meta):
        indexes = [models.Index(fields=["person", "on"], name="programs_functiontime_on")]

    @classmethod
    def mine_of(cls, user: User) -> Q:
        """One's own time alone."""
        return Q(person=user.pk) if user.access.holds(Role.RESOURCE_TEACHER) else NOTHING


class FoundationQuerySet(models.QuerySet["Foundation"]):
    def visible_to(self, user: User) -> Self:
        """One's own, and those of the teachers whom one answers for."""
        return self.filter(pk__in=self.model._base_manager.filter(of_teachers(user)).values("pk"))


class Foundation(models.Model):
    """One of the five foundations, as a resource teacher states it (§2.2 Clarifier les fondements)."""

    class Topic(models.TextChoices):
        SUPPORT = "support", _("les façons de soutenir les élèves")
        CRISES = "crises", _("la gestion des épisodes de crise")
        MEETINGS = "meetings", _("l’organisation des rencontres")
        ROLE = "role", _("le rôle et ses limites")
        NEEDS = "needs", _("mes besoins et mes attentes")

    person = models.ForeignKey(User, models.CASCADE, related_name="foundations")
    topic = models.CharField(_("fondement"), max_length=8, choices=Topic)
    stated_on = models.DateField(_("énoncé le"))
    statement = models.TextField(_("énoncé"))

    objects = FoundationQuerySet.as_manager()

    class Meta:
        ordering = ["person", "topic"]
        constraints = [models.UniqueConstraint(fields=["person", "topic"], name="programs_foundation_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.topic}"
