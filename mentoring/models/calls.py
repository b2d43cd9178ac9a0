"""Support calls, and the doubts that an adult raises: read by those who answer for the programme alone (§3.3)."""

import uuid
from collections.abc import Iterator
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from mentoring.models.dyads import Dyad
from people.models import User
from people.models.base import KeyedModel
from programs.models import Program
from programs.models.contacts import Channel
from programs.models.programs import in_charge
from programs.models.records import LoggedRecord, LoggedRecordQuerySet, Version


class SupportCallQuerySet(LoggedRecordQuerySet["SupportCall"]):
    def visible_to(self, user: User) -> Self:
        """Not the mentor: what a student or a family says of the relationship is not theirs to read."""
        return self.kept().filter(SupportCall.mine_of(user)).reading_notes_for(user)


class SupportCall(LoggedRecord):
    """A call of the programme's lead to one party of the relationship, with five questions to guide it."""

    OWNER = "dyad"

    class Outcome(models.TextChoices):
        REACHED = "reached", _("échange")
        MESSAGE_LEFT = "message_left", _("message laissé")
        NO_ANSWER = "no_answer", _("sans réponse")

    class Answer(models.TextChoices):
        YES = "yes", _("oui")
        PARTLY = "partly", _("en partie")
        NO = "no", _("non")

    QUESTIONS = ("meets", "tie", "benefit", "helped", "safe")

    dyad = models.ForeignKey(Dyad, models.CASCADE, related_name="support_calls")
    party = models.CharField(_("avec qui"), max_length=8, choices=Program.Party)
    channel = models.CharField(_("moyen"), max_length=10, choices=Channel, default=Channel.PHONE)
    outcome = models.CharField(_("résultat"), max_length=12, choices=Outcome, default=Outcome.REACHED)
    meets = models.CharField(_("rencontres comme prévu"), max_length=6, choices=Answer, blank=True)
    tie = models.CharField(_("lien de confiance"), max_length=6, choices=Answer, blank=True)
    benefit = models.CharField(_("utile à l’élève"), max_length=6, choices=Answer, blank=True)
    helped = models.CharField(_("soutien suffisant"), max_length=6, choices=Answer, blank=True)
    safe = models.CharField(_("à l’aise et en sécurité"), max_length=6, choices=Answer, blank=True)

    objects = SupportCallQuerySet.as_manager()
    history = HistoricalRecords(bases=[Version])

    class Meta(LoggedRecord.Meta):
        ordering = ["on", "pk"]
        indexes = [models.Index(fields=["dyad", "party", "on"], name="mentoring_call_dyad_party_on")]
        constraints = [*KeyedModel.Meta.constraints]

    def __str__(self) -> str:
        return f"{self.dyad_id} {self.on}"

    @classmethod
    def mine_of(cls, user: User) -> Q:
        """Calls are made, logged and read by those who answer for the programme."""
        return in_charge(user.access, "dyad__program__")

    @property
    def answers(self) -> Iterator[tuple[str, list[str]]]:
        """What was answered, by answer: « non », then those of the five questions that it answers, in words."""
        for answer in reversed(self.Answer):
            told = [name for name in self.QUESTIONS if getattr(self, name) == answer]
            if told:
                yield str(answer.label), [str(self._meta.get_field(name).verbose_name) for name in told]  # type: ignore[union-attr]


class DoubtQuerySet(models.QuerySet["Doubt"]):
    def visible_to(self, user: User) -> Self:
        """Those of the programmes that one answers for, as their lead or the school's management: nobody else's.

        Who looks at their screens reads none.
        """
        return self.none() if user.is_shown else self.filter(in_charge(user.access, "dyad__program__"))

    def raised_by(self, user: User) -> Self:
        """One's own: whoever raised a doubt knows whether it was heard, and no more."""
        return self.none() if user.is_shown else self.filter(raised_by=user.pk)

    def unheard(self) -> Self:
        return self.filter(heard_on__isnull=True)


class Doubt(KeyedModel):
    """« J’ai un doute »: what an adult of a dyad lets those know who answer for the programme.

    It is no finding: never counted with them, never in an e-mail.
    """

    dyad = models.ForeignKey(Dyad, models.CASCADE, related_name="doubts")
    entry_uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    raised_on = models.DateField(_("exprimé le"))
    raised_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("par"))
    words = models.CharField(_("en quelques mots"), max_length=1000, blank=True)
    heard_on = models.DateField(_("entendu le"), null=True, blank=True)
    heard_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.CharField(_("suite donnée"), max_length=1000, blank=True)

    objects = DoubtQuerySet.as_manager()

    class Meta(KeyedModel.Meta):
        ordering = ["raised_on", "pk"]
        constraints = [*KeyedModel.Meta.constraints]

    def __str__(self) -> str:
        return f"{self.dyad_id} {self.raised_on}"
