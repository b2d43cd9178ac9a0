"""Mentors and their training."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import IntegerField, OuterRef, Q, Subquery, Sum
from django.utils.translation import gettext_lazy as _

from mentoring.models.wishes import Wishes
from people.access import Role
from people.models import Membership, User
from people.models.base import active_on
from people.models.names import NamedPerson
from programs.models.programs import in_charge


class MentorQuerySet(models.QuerySet["Mentor"]):
    def visible_to(self, user: User) -> Self:
        """Oneself; the mentors of the school or programmes that one answers for; those of the board for a trainer."""
        mine = Q(person=user.pk) if user.access.holds(Role.MENTOR, Role.RESOURCE_TEACHER) else Q(pk=None)
        return self._among(_answered_for(user) | _trained(user) | mine)

    def run_by(self, user: User) -> Self:
        """The mentors whom one answers for, as a programme's lead or as a manager."""
        return self._among(_answered_for(user))

    def trainable_by(self, user: User) -> Self:
        """The mentors whose training one may record."""
        return self._among(_answered_for(user) | _trained(user))

    def with_training(self, on: date) -> Self:
        """Adds ``trained``: the minutes of initial training completed by a day, None without any."""
        done = Training.objects.filter(person=OuterRef("person"), kind=Training.Kind.INITIAL, completed_on__lte=on)
        total = done.order_by().values("person").annotate(total=Sum("minutes")).values("total")
        return self.annotate(trained=Subquery(total, output_field=IntegerField()))

    def _among(self, rows: Q) -> Self:
        return self.filter(pk__in=self.model._base_manager.filter(rows).values("pk"))


def _answered_for(user: User) -> Q:
    access = user.access
    school = access.within(Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER, board="person__board", school="person__school")
    program = Q(person__school__programs__in=access.program_ids(Role.PROGRAM_LEAD))
    return school | program | in_charge(access, "dyads__program__")


def _trained(user: User) -> Q:
    return user.access.within(Role.TRAINER, board="person__board", school="person__school")


MOST_PLACES = 20


class Mentor(Wishes):
    """An adult or older peer who mentors (§3); ``places`` is how many dyads at once they say that they may keep."""

    class Kind(models.TextChoices):
        TEACHER = "teacher", _("personnel enseignant")
        OLDER_PEER = "older_peer", _("pair d’âge supérieur")
        SCHOOL_VOLUNTEER = "school_volunteer", _("bénévole de l’école")
        COMMUNITY_VOLUNTEER = "community_volunteer", _("bénévole de la communauté")

    person = models.OneToOneField(User, models.PROTECT, related_name="mentor")
    kind = models.CharField(_("qui"), max_length=20, choices=Kind)
    birth_date = models.DateField(_("date de naissance"), null=True, blank=True)
    places = models.PositiveSmallIntegerField(
        _("dyades à la fois, au plus"), null=True, blank=True, validators=[MaxValueValidator(MOST_PLACES)]
    )
    """None: the most that the school's guideline takes for usual."""

    objects = MentorQuerySet.as_manager()

    class Meta:
        ordering = ["person__name_key", "pk"]

    def __str__(self) -> str:
        return str(self.person)

    def named_people(self) -> Iterable[NamedPerson]:
        """Whom its name names (``people.apart``)."""
        return [self.person]


class TrainingQuerySet(models.QuerySet["Training"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(_trained(user) | Q(person__mentor__in=Mentor.objects.visible_to(user)) | Q(person=user.pk))

    def entered_by(self, user: User) -> Self:
        """Of those whose training the person enters: theirs to correct."""
        return self.filter(person__in=trainees(user))


def trainees(user: User) -> "models.QuerySet[User]":
    """The adults whose training one enters: mentors; for who trains, resource teachers too."""
    serving = Membership.objects.filter(active_on(user.local_date()), role=Role.RESOURCE_TEACHER).values("person")
    staff = user.access.within(Role.TRAINER, board="board", school="school") & Q(pk__in=serving)
    return User.objects.get_queryset().filter(staff | Q(pk__in=Mentor.objects.trainable_by(user).values("person")))


class Training(models.Model):
    """A training session that a person completed (§3.3)."""

    class Kind(models.TextChoices):
        INITIAL = "initial", _("initiale")
        ONGOING = "ongoing", _("continue")

    person = models.ForeignKey(User, models.PROTECT, related_name="trainings")
    kind = models.CharField(_("nature"), max_length=8, choices=Kind)
    completed_on = models.DateField(_("terminée le"))
    minutes = models.PositiveIntegerField(_("durée en minutes"))
    title = models.CharField(_("titre"), max_length=200, blank=True)
    session = models.UUIDField(null=True, blank=True, editable=False, db_index=True)
    """What those who were entered at once share: they are taken back at once."""

    objects = TrainingQuerySet.as_manager()

    class Meta:
        ordering = ["completed_on", "pk"]

    def __str__(self) -> str:
        return f"{self.person_id} {self.completed_on}"
