"""The minute of the student and of the mentor: counts without anybody, and who asked to be heard (§3.3)."""

from typing import Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mentoring.models.dyads import Dyad
from people.access import Role
from people.models import Student, User
from people.models.base import KeyedModel
from people.suppression import FEWEST
from programs.models import Program
from programs.models.programs import in_charge


class Audience(models.TextChoices):
    STUDENT = "student", _("élève")
    MENTOR = "mentor", _("mentore ou mentor")


class Level(models.IntegerChoices):
    NOT_AT_ALL = 1, _("pas du tout")
    A_LITTLE = 2, _("un peu")
    RATHER = 3, _("assez")
    FULLY = 4, _("tout à fait")


LEVELS = tuple(f"level_{level}" for level in Level.values)
"""The column that counts each level."""


class MinuteItemQuerySet(models.QuerySet["MinuteItem"]):
    def visible_to(self, user: User) -> Self:
        """Those of the boards that one administers."""
        return self.filter(user.access.within(Role.BOARD_ADMIN, board="board"))


class MinuteItem(KeyedModel):
    """A question of a board's own; or, with a ``code``, that one of ours is left out from a day on.

    Its words never change, for what was answered would change with them: it is left out, and another is added.
    """

    code = models.CharField(_("question d’ici"), max_length=20, blank=True)
    audience = models.CharField(_("à qui"), max_length=7, choices=Audience)
    french = models.CharField(_("en français"), max_length=160, blank=True)
    english = models.CharField(_("en anglais"), max_length=160, blank=True)
    ends_on = models.DateField(_("retirée le"), null=True, blank=True)

    objects = MinuteItemQuerySet.as_manager()

    class Meta(KeyedModel.Meta):
        ordering = ["pk"]
        constraints = [
            *KeyedModel.Meta.constraints,
            models.UniqueConstraint(fields=["board", "code"], condition=~Q(code=""), name="mentoring_minute_item_once"),
        ]

    def __str__(self) -> str:
        french = (get_language() or "").startswith("fr")
        return (self.french if french else self.english) or self.french or self.english or self.code


class MinuteQuerySet(models.QuerySet["Minute"]):
    def visible_to(self, user: User) -> Self:
        """Those of the dyads that one sees."""
        return self.filter(dyad__in=Dyad.objects.visible_to(user).values("pk"))


class Minute(models.Model):
    """That a dyad's student or mentor was offered the minute of a month, and whether they answered: never what.

    ``code`` is the hash of what opens it, until it ends; after the answer it opens the thanks alone.
    """

    dyad = models.ForeignKey(Dyad, models.CASCADE, related_name="minutes_offered")
    audience = models.CharField(_("à qui"), max_length=7, choices=Audience)
    month = models.DateField(_("mois"))
    """Its first day."""
    code = models.CharField(max_length=64, blank=True)
    expires_at = models.DateTimeField(_("jusqu’à"), null=True)
    is_answered = models.BooleanField(_("répondu"), default=False)

    objects = MinuteQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["dyad", "audience", "month"], name="mentoring_minute_once_a_month"),
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="mentoring_minute_code_once"),
        ]

    def __str__(self) -> str:
        return f"{self.dyad_id} {self.audience} {self.month}"


class MinuteTallyQuerySet(models.QuerySet["MinuteTally"]):
    def visible_to(self, user: User) -> Self:
        """What may be told, of months that are over: a programme's to who runs it, a board's to its administrator."""
        of_board = Q(program__isnull=True) & user.access.within(Role.BOARD_ADMIN, board="board")
        return self.filter(Q(is_closed=True) & (of_board | in_charge(user.access, "program__")))


class MinuteTally(KeyedModel):
    """How many answered each level of one question, in one programme and month; without a programme, in the board.

    Until the month is closed it counts, read by nobody. Then what may be told is kept, and the rest is destroyed:
    ``answers`` people, the ``middle`` answer, and those levels that give nobody away.
    """

    program = models.ForeignKey(Program, models.CASCADE, null=True, blank=True, related_name="minute_tallies")
    month = models.DateField(_("mois"))
    audience = models.CharField(_("à qui"), max_length=7, choices=Audience)
    item = models.CharField(_("question"), max_length=120)
    """The code of one of ours, or the key of a board's own."""
    level_1 = models.PositiveIntegerField(_("pas du tout"), null=True, blank=True)
    level_2 = models.PositiveIntegerField(_("un peu"), null=True, blank=True)
    level_3 = models.PositiveIntegerField(_("assez"), null=True, blank=True)
    level_4 = models.PositiveIntegerField(_("tout à fait"), null=True, blank=True)
    answers = models.PositiveIntegerField(_("personnes"), null=True, blank=True, validators=[MinValueValidator(FEWEST)])
    middle = models.PositiveSmallIntegerField(_("réponse du milieu"), null=True, blank=True, choices=Level)
    is_closed = models.BooleanField(default=False)

    objects = MinuteTallyQuerySet.as_manager()

    class Meta(KeyedModel.Meta):
        ordering = ["-month", "pk"]
        constraints = [
            *KeyedModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["program", "month", "item"], condition=Q(program__isnull=False), name="mentoring_tally_once"
            ),
            models.UniqueConstraint(
                fields=["board", "month", "item"], condition=Q(program__isnull=True), name="mentoring_board_tally_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program_id} {self.month} {self.item}"


class TalkRequestQuerySet(models.QuerySet["TalkRequest"]):
    def visible_to(self, user: User) -> Self:
        """Those that ask for oneself: nobody else reads whom a student wants to talk to, whoever looks included."""
        return self.none() if user.is_shown else self.filter(adult=user.pk)

    def waiting(self) -> Self:
        return self.filter(heard_on__isnull=True)


class TalkRequest(KeyedModel):
    """A student would like to talk to an adult of their choice. It says nothing of what they answered."""

    student = models.ForeignKey(Student, models.CASCADE, related_name="talk_requests")
    program = models.ForeignKey(Program, models.CASCADE, related_name="+")
    adult = models.ForeignKey(User, models.CASCADE, related_name="+")
    asked_on = models.DateField(_("demandé le"))
    heard_on = models.DateField(_("fait le"), null=True, blank=True)

    objects = TalkRequestQuerySet.as_manager()

    class Meta(KeyedModel.Meta):
        ordering = ["asked_on", "pk"]

    def __str__(self) -> str:
        return f"{self.adult_id} {self.asked_on}"
