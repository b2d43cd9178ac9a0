"""What a programme says of itself before the first meeting: results, activities, roles (§1.1, §2.2)."""

from typing import Self, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import User
from people.models.base import KeyedModel
from programs.models.programs import Program

P = TypeVar("P", bound=models.Model)


class OfProgramQuerySet(models.QuerySet[P]):
    def visible_to(self, user: User) -> Self:
        """What belongs to a visible programme."""
        return self.filter(program__in=Program.objects.visible_to(user).values("pk"))


class ExpectedResult(KeyedModel):
    """What the programme is meant to bring (§2.2)."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="results")
    text = models.CharField(_("résultat attendu"), max_length=300)

    objects = OfProgramQuerySet["ExpectedResult"].as_manager()

    class Meta(KeyedModel.Meta):
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text


class ProgramActivity(KeyedModel):
    """A declared content: an activity tied to a theme, a format and an expected result (§2.2).

    ``content`` is the code under which the meetings of the programme log it (see ``programs.activities``).
    """

    class Theme(models.TextChoices):
        PERSONAL = "personal", _("personnel")
        SOCIAL = "social", _("social")
        SCHOOL = "school", _("scolaire")
        CAREER = "career", _("professionnel")

    class Format(models.TextChoices):
        GROUP = "group", _("tout le groupe")
        TEAMS = "teams", _("en équipes")
        INDIVIDUAL = "individual", _("individuel")

    program = models.ForeignKey(Program, models.CASCADE, related_name="activities")
    name = models.CharField(_("activité"), max_length=200)
    content = models.CharField(_("contenu"), max_length=60, blank=True)
    theme = models.CharField(_("thème"), max_length=10, choices=Theme, blank=True)
    format = models.CharField(_("format"), max_length=10, choices=Format, blank=True)
    result = models.ForeignKey(
        ExpectedResult, models.SET_NULL, null=True, blank=True, related_name="activities", verbose_name=_("résultat")
    )

    objects = OfProgramQuerySet["ProgramActivity"].as_manager()

    class Meta(KeyedModel.Meta):
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class ProgramRole(KeyedModel):
    """What one kind of actor does in the programme, and where it stops (§1.1, §2.2)."""

    class Actor(models.TextChoices):
        """§1.1, levels of practice."""

        MANAGER = "manager", _("direction")
        LEAD = "lead", _("responsable de programme")
        TRAINER = "trainer", _("formation et conseil")
        TEACHER = "teacher", _("personnel-ressource")
        MENTOR = "mentor", _("mentores et mentors")
        FAMILY = "family", _("parents")

    program = models.ForeignKey(Program, models.CASCADE, related_name="roles")
    actor = models.CharField(_("acteur"), max_length=8, choices=Actor)
    role = models.TextField(_("rôle"), blank=True)
    limits = models.TextField(_("limites"), blank=True)

    objects = OfProgramQuerySet["ProgramRole"].as_manager()

    class Meta(KeyedModel.Meta):
        ordering = ["pk"]
        constraints = [
            *KeyedModel.Meta.constraints,
            models.UniqueConstraint(fields=["program", "actor"], name="programs_programrole_one_per_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.program_id} {self.actor}"


class RoleAcknowledgementQuerySet(models.QuerySet["RoleAcknowledgement"]):
    def visible_to(self, user: User) -> Self:
        """Those of visible programmes."""
        return self.filter(role__in=ProgramRole.objects.visible_to(user).values("pk"))


class RoleAcknowledgement(models.Model):
    """That a person has read and accepted the role that is theirs in the programme."""

    role = models.ForeignKey(ProgramRole, models.CASCADE, related_name="acknowledgements")
    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    acknowledged_on = models.DateField(_("le"))

    objects = RoleAcknowledgementQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["role", "person"], name="programs_acknowledgement_once")]

    def __str__(self) -> str:
        return f"{self.role_id} {self.person_id}"
