"""Programmes, and the time that a school releases for them."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.access import Role, leads_group
from people.models import School, User
from people.models.base import KeyedModel
from people.models.names import Named, NamedQuerySet, NameKey
from programs.models.calendar import SchoolYear

if TYPE_CHECKING:
    from people.access import Access

LOGGING_GRACE_DAYS = 7
"""How long after a period's last class day a meeting may still be logged before the period counts as missed."""
CALL_WEEKS, LATER_CALL_WEEKS = 4, 13
"""From one support call to the next, unless the programme says otherwise: a month at first, then a quarter."""


WEEKS_BETWEEN_CALLS = [MinValueValidator(1), MaxValueValidator(52)]


def every_party() -> list[str]:
    return list(Program.Party.values)


class ProgramQuerySet(NamedQuerySet["Program"]):
    def led_by(self, user: "User") -> Self:
        """The programmes that a lead or a manager runs: where they may write structure and decide on findings."""
        return self.filter(in_charge(user.access))

    def running(self, on: date) -> Self:
        """Those that have not ended on a day: where groups and dyads may be begun."""
        return self.exclude(ends_on__lte=on)

    def following_calls(self, on: date) -> Self:
        """Those that follow support calls on a day."""
        return self.filter(support_calls_from__lte=on)

    def visible_to(self, user: "User") -> Self:
        access = user.access
        board_wide = access.within(Role.BOARD_ADMIN, board="board")
        mine = Q()
        if access.holds(Role.RESOURCE_TEACHER):
            mine |= leads_group(user.pk, user.local_date(), leads="groups__leads__", group="groups__")
        if access.holds(Role.RESOURCE_TEACHER, Role.MENTOR):
            mine |= Q(dyads__mentor__person=user.pk)
        return self.filter(in_charge(access) | board_wide | (mine or Q(pk=None))).distinct()


def in_charge(access: "Access", prefix: str = "") -> Q:
    """The rows whose programme (at ``prefix``, such as ``program__``) a lead or a school manager answers for."""
    return access.within(
        Role.PROGRAM_LEAD,
        Role.SCHOOL_MANAGER,
        board=f"{prefix}board",
        school=f"{prefix}school",
        program=f"{prefix}pk",
    )


class Program(Named, KeyedModel):
    """A programme of a school, in one of the review's two domains (§2 and §3)."""

    class Domain(models.TextChoices):
        GROUP = "group", _("accompagnement en groupe")
        MENTORING = "mentoring", _("mentorat")

    class Form(models.TextChoices):
        """§2.1, the six forms."""

        GUIDANCE = "guidance", _("guidance")
        COMMUNAUTAIRE = "communautaire", _("communautaire")
        HABILETES = "habiletes", _("habiletés")
        DYNAMISATION = "dynamisation", _("dynamisation")
        SCOLAIRE = "scolaire", _("scolaire")
        GESTION = "gestion_personnelle", _("gestion personnelle")

    class Intervention(models.TextChoices):
        """§2.2, the three types."""

        PASSAGE = "passage", _("passage du primaire au secondaire")
        COMMUNAUTE = "communaute", _("communauté d’apprentissage et climat")
        TRAVAIL = "travail_scolaire", _("travail scolaire et étude")

    class MentoringForm(models.TextChoices):
        INDIVIDUAL = "individual", _("individuel")
        GROUP = "group", _("en groupe")
        REMOTE = "remote", _("à distance")

    class Population(models.TextChoices):
        UNIVERSAL = "universal", _("universelle")
        TARGETED = "targeted", _("ciblée")

    class CadenceUnit(models.TextChoices):
        WEEK = "week", _("semaine")
        CYCLE = "cycle", _("cycle de jours de classe")

    class Party(models.TextChoices):
        """Whom a support call is with, about a mentoring relationship."""

        MENTOR = "mentor", _("mentore ou mentor")
        STUDENT = "student", _("élève")
        FAMILY = "family", _("famille")
        TEACHER = "teacher", _("personnel enseignant")

    school = models.ForeignKey(School, models.PROTECT, related_name="programs", verbose_name=_("école"))
    name = models.CharField(_("nom"), max_length=200)
    name_key = NameKey(of=("name",))
    domain = models.CharField(_("domaine"), max_length=12, choices=Domain)
    forms = models.JSONField(_("formes"), default=list, blank=True)
    intervention = models.CharField(_("type"), max_length=20, choices=Intervention, blank=True)
    mentoring_form = models.CharField(_("forme de mentorat"), max_length=12, choices=MentoringForm, blank=True)
    population = models.CharField(_("population"), max_length=12, choices=Population, blank=True)
    whole_class = models.BooleanField(_("en groupe-classe"), null=True, blank=True)
    school_wide = models.BooleanField(_("à l’échelle de l’école"), null=True, blank=True)
    prevents_dropout = models.BooleanField(_("vise la prévention du décrochage"), null=True, blank=True)
    cadence_unit = models.CharField(_("cadence"), max_length=5, choices=CadenceUnit, default=CadenceUnit.WEEK)
    cadence_days = models.PositiveSmallIntegerField(
        _("jours du cycle"), null=True, blank=True, validators=[MinValueValidator(5), MaxValueValidator(10)]
    )
    meetings_per_unit = models.PositiveSmallIntegerField(_("rencontres par semaine ou cycle"), null=True, blank=True)
    agreement_by_parent = models.BooleanField(_("un parent signe l’entente"), default=False)
    agreement_confidentiality = models.TextField(_("confidentialité de l’entente"), max_length=3000, blank=True)
    """What the agreements of its dyads say at first; empty, the usual words."""
    minutes = models.PositiveSmallIntegerField(_("durée d’une rencontre, en minutes"), null=True, blank=True)
    logging_grace_days = models.PositiveSmallIntegerField(
        _("jours pour consigner"), default=LOGGING_GRACE_DAYS, validators=[MaxValueValidator(28)]
    )
    support_calls_from = models.DateField(_("appels de soutien suivis depuis le"), null=True, blank=True)
    """None as long as the programme follows none: then nobody is to be called, and no doubt can be raised."""
    support_call_weeks = models.PositiveSmallIntegerField(
        _("semaines entre deux appels, les trois premiers mois"), default=CALL_WEEKS, validators=WEEKS_BETWEEN_CALLS
    )
    support_call_later_weeks = models.PositiveSmallIntegerField(
        _("semaines entre deux appels, ensuite"), default=LATER_CALL_WEEKS, validators=WEEKS_BETWEEN_CALLS
    )
    support_call_parties = models.JSONField(_("personnes à appeler"), default=every_party, blank=True)

    minutes_from = models.DateField(_("minute ouverte depuis le"), null=True, blank=True)
    """None as long as the programme asks its students and mentors nothing."""

    ends_on = models.DateField(_("fin"), null=True, blank=True)
    """The first day that no longer counts; None as long as it runs."""

    objects = ProgramQuerySet.as_manager()

    class Meta(KeyedModel.Meta):
        base_manager_name = "objects"
        ordering = ["name_key", "pk"]
        constraints = [
            *KeyedModel.Meta.constraints,
            models.CheckConstraint(
                name="programs_program_cycle_5_to_10",
                condition=Q(cadence_unit="week") | Q(cadence_unit="cycle", cadence_days__range=(5, 10)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def asks_minutes(self, on: date) -> bool:
        return self.minutes_from is not None and self.minutes_from <= on

    def follows_calls(self, on: date) -> bool:
        return self.support_calls_from is not None and self.support_calls_from <= on


class TeacherRelease(models.Model):
    """The part of a teacher's task that a school year frees for support (§1.2: up to 50 %)."""

    class Base(models.TextChoices):
        """Of what the percentage is: the agreement speaks of the *tâche éducative* (2005–2010, annexe IV)."""

        EDUCATIVE_TASK = "educative_task", _("tâche éducative")
        WHOLE_TASK = "whole_task", _("tâche complète")
        TEACHING_TASK = "teaching_task", _("tâche d’enseignement")

    person = models.ForeignKey(User, models.CASCADE, related_name="releases")
    school_year = models.ForeignKey(SchoolYear, models.CASCADE, related_name="releases")
    percent = models.DecimalField(_("pourcentage"), max_digits=5, decimal_places=2)
    base = models.CharField(_("base"), max_length=14, choices=Base)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="programs_release_0_to_100", condition=Q(percent__gte=0) & Q(percent__lte=100))
        ]

    def __str__(self) -> str:
        return f"{self.percent} %"
