"""What one gesture took away from the structure, or changed in it: kept for a while, so that it can be put back."""

from typing import Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from people.access import NOTHING, Role
from people.models import Membership, School, SchoolBoard, User
from programs.models.programs import Program, in_charge

RUN = (Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER)


class GestureQuerySet(models.QuerySet["Gesture"]):
    def visible_to(self, user: User) -> Self:
        """Those of the programmes that one answers for; of trainings, those whom one trains or supports; one's own.

        One's own are no longer, once a role that one held then has ended.
        """
        access = user.access
        at = {"board": "board", "school": "school"}
        of_school = access.within(*RUN, **at)
        of_trained = Q(program=None, trained__isnull=False) & access.within(Role.TRAINER, **at)
        seen = Program.objects.visible_to(user)
        placed = Q(program__in=seen.values("pk")) | access.within(Role.BOARD_ADMIN, board="board")
        placed |= Q(program=None) & (Q(trained__isnull=False) | Q(school__in=seen.values("school")))
        if access.holds(*RUN):
            placed |= Q(program=None, school=None, board=user.board_id)
        then = Q(ends_on__lte=user.local_date(), ends_on__gt=Cast(OuterRef("at"), models.DateField()))
        ended = Membership.objects.filter(then, person=user.pk)
        acts = access.holds(*RUN, Role.TRAINER, Role.RESOURCE_TEACHER, Role.MENTOR, Role.BOARD_ADMIN)
        own = Q(person=user.pk) & placed & ~Exists(ended) if acts else NOTHING
        return self.filter(in_charge(access, "program__") | of_school | of_trained | own)


class Gesture(models.Model):
    """``gone`` holds the rows that it took away, as they were; ``changed``, those in which it wrote something else."""

    board = models.ForeignKey(SchoolBoard, models.PROTECT, related_name="+")
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+")
    program = models.ForeignKey(Program, models.SET_NULL, null=True, blank=True, related_name="+")
    trained = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="+")
    """Whose training it is about, if any."""
    kind = models.CharField(max_length=30)
    """What was taken back or changed: a ``slug`` of the registry (``programs.gestures.kinds``)."""
    subject_id = models.BigIntegerField()
    person = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("moment"), auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    key = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    """Of a gesture that changes many rows at once: the form by which it was made, so that twice is once."""
    gone = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    changed = models.JSONField(default=list, encoder=DjangoJSONEncoder)

    objects = GestureQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["board", "-at"], name="programs_gesture_board_at")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"
