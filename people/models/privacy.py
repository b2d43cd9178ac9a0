"""The registers of whoever answers for personal information: incidents, and what was destroyed."""

import uuid
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from people.access import Role
from people.models.base import KeyedModel, range_ordered
from people.models.users import User

READERS = (Role.PRIVACY_OFFICER, Role.BOARD_ADMIN)
LONGEST = 4000


class RetentionPlanQuerySet(models.QuerySet["RetentionPlan"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(user.access.within(*READERS, board="board"))


def years(label: Any, fewest: int, most: int) -> Any:
    """How many years a kind of record is kept, within bounds; None is ours (``people.retention``)."""
    bounds = [MinValueValidator(fewest), MaxValueValidator(most)]
    return models.PositiveSmallIntegerField(label, null=True, blank=True, validators=bounds)


class RetentionPlan(KeyedModel):
    """What a board says of its keeping: for how many years, by kind, and from which day the night destroys.

    ``announced_on`` is the day of the last dry run and ``announced`` what it found, by kind: the night destroys that,
    a fortnight later, and nothing more (``people.actions.nights``).
    """

    students = years(_("après le départ d’un élève"), 1, 25)
    adults = years(_("après le dernier rôle d’un adulte"), 1, 25)
    journal = years(_("le journal"), 2, 25)
    incidents = years(_("les incidents de confidentialité"), 5, 25)
    messages = years(_("les courriels, les avis et les envois"), 1, 10)
    imports = years(_("qui a importé quoi"), 1, 10)
    nightly_from = models.DateField(_("détruit la nuit à partir du"), null=True, blank=True)
    reason = models.TextField(_("motif"), max_length=300, blank=True)
    set_on = models.DateField(_("fixé le"))
    set_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    announced_on = models.DateField(null=True, blank=True, editable=False)
    announced = models.JSONField(default=dict, blank=True, editable=False)
    saved_at = models.DateTimeField(auto_now=True)

    objects = RetentionPlanQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["announced_on", "announced"])

    class Meta(KeyedModel.Meta):
        ordering = ["board", "pk"]
        constraints = [
            *KeyedModel.Meta.constraints,
            models.UniqueConstraint(fields=["board"], name="people_retention_plan_once"),
        ]

    def __str__(self) -> str:
        return f"{self.board_id} {self.set_on}"


class PrivacyIncidentQuerySet(models.QuerySet["PrivacyIncident"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(user.access.within(*READERS, board="board"))

    def kept_by(self, user: User) -> Self:
        """Those that the person writes: the privacy officer's."""
        return self.filter(user.access.within(Role.PRIVACY_OFFICER, board="board"))


class PrivacyIncident(KeyedModel):
    """An incident, whatever its risk, by the eight items of the regulation (A-2.1, r. 3.1, art. 7).

    ``happened_on`` and ``happened_until`` are the first and the last day; the same, or an empty last one, is a day.
    """

    class Risk(models.TextChoices):
        UNKNOWN = "unknown", _("à évaluer")
        NONE = "none", _("aucun risque de préjudice sérieux")
        SERIOUS = "serious", _("risque de préjudice sérieux")

    entry_uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    information = models.TextField(_("renseignements visés"), max_length=LONGEST)
    circumstances = models.TextField(_("circonstances"), max_length=LONGEST)
    happened_on = models.DateField(_("premier jour"), null=True, blank=True)
    happened_until = models.DateField(_("dernier jour"), null=True, blank=True)
    is_period_approximate = models.BooleanField(_("dates approximatives"), default=False)
    aware_on = models.DateField(_("connu le"))
    people = models.PositiveIntegerField(_("personnes concernées"), null=True, blank=True)
    is_count_approximate = models.BooleanField(_("nombre approximatif"), default=False)
    assessment = models.TextField(_("éléments d’évaluation"), max_length=LONGEST, blank=True)
    risk = models.CharField(_("risque"), max_length=8, choices=Risk, default=Risk.UNKNOWN)
    commission_told_on = models.DateField(_("avis à la Commission"), null=True, blank=True)
    people_told_on = models.DateField(_("avis aux personnes"), null=True, blank=True)
    public_notices = models.TextField(_("avis publics"), max_length=LONGEST, blank=True)
    measures = models.TextField(_("mesures prises"), max_length=LONGEST, blank=True)
    recorded_on = models.DateField(_("inscrit le"), null=True, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    saved_at = models.DateTimeField(auto_now=True)

    objects = PrivacyIncidentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta(KeyedModel.Meta):
        ordering = ["-aware_on", "-pk"]
        constraints = [
            *KeyedModel.Meta.constraints,
            range_ordered("people_incident_range_ordered", "happened_on", "happened_until"),
        ]

    def __str__(self) -> str:
        return f"{self.board_id} {self.aware_on}"

    @property
    def missing(self) -> list[str]:
        """What the regulation asks for and nobody wrote yet, in words."""
        serious = self.risk == self.Risk.SERIOUS
        asked: list[tuple[object, object]] = [
            (_("quand il a eu lieu"), self.happened_on),
            (_("combien de personnes"), self.people is not None),
            (_("ce qui fait conclure au risque ou non"), self.assessment),
            (_("la conclusion sur le risque"), self.risk != self.Risk.UNKNOWN),
            (_("l’avis à la Commission"), not serious or self.commission_told_on),
            (_("l’avis aux personnes"), not serious or self.people_told_on),
            (_("les mesures prises"), self.measures),
        ]
        return [str(words) for words, known in asked if not known]


class DestructionQuerySet(models.QuerySet["Destruction"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(user.access.within(*READERS, board="board"))


class Destruction(KeyedModel):
    """What was destroyed or emptied in one press, of one kind of record: how many, whose time began before which day.

    Names nobody, and is kept as long as the board.
    """

    class Fate(models.TextChoices):
        DESTROYED = "destroyed", _("détruits")
        EMPTIED = "emptied", _("rendus anonymes")

    kind = models.CharField(_("genre"), max_length=60)
    """The table: a line of ``people.privacy.tables``."""
    fate = models.CharField(_("suite"), max_length=9, choices=Fate)
    count = models.PositiveIntegerField(_("nombre"))
    before = models.DateField(_("avant le"))
    done_on = models.DateField(_("le"))
    done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = DestructionQuerySet.as_manager()

    class Meta(KeyedModel.Meta):
        ordering = ["-done_on", "-pk"]
        constraints = [*KeyedModel.Meta.constraints]

    def __str__(self) -> str:
        return f"{self.kind} {self.done_on}"
