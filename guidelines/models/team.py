"""« Rencontre d’équipe »: one a programme and day, and what was decided of each relation, group or student there."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from mentoring.models import Dyad, Referral
from people.access import NOTHING, Role
from people.models import Student, User
from people.models.base import KeyedModel
from programs.models import Program, SupportGroup
from programs.models.programs import in_charge

READERS = (Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER, Role.RESOURCE_TEACHER)
LONGEST = 500


class TeamMeetingQuerySet(models.QuerySet["TeamMeeting"]):
    def visible_to(self, user: User) -> Self:
        """For those who answer for the programme, and its teachers."""
        if not user.access.holds(*READERS):
            return self.none()
        teaches = Q(program__in=Program.objects.visible_to(user)) if user.access.holds(READERS[-1]) else NOTHING
        return self.filter(in_charge(user.access, "program__") | teaches)


class TeamMeeting(KeyedModel):
    """Of a programme on a day. Those of one day, should a file bring another, are read as one."""

    program = models.ForeignKey(Program, models.PROTECT, related_name="team_meetings", verbose_name=_("programme"))
    on = models.DateField(_("date"))
    present = models.CharField(_("personnes présentes"), max_length=LONGEST, blank=True)
    saved_at = models.DateTimeField(auto_now=True)

    objects = TeamMeetingQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta(KeyedModel.Meta):
        ordering = ["-on", "-pk"]
        constraints = [*KeyedModel.Meta.constraints]

    def __str__(self) -> str:
        return f"{self.program_id} {self.on}"


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def visible_to(self, user: User) -> Self:
        """All of the programmes that one answers for; a teacher's, of the relations and students whom they see."""
        theirs = NOTHING
        if user.access.holds(Role.RESOURCE_TEACHER):
            theirs = (
                Q(dyad__in=Dyad.objects.visible_to(user).order_by().values("pk"))
                | Q(group__in=SupportGroup.objects.visible_to(user).order_by().values("pk"))
                | Q(student__in=Referral.objects.visible_to(user).order_by().values("student"))
            )
        return self.filter(in_charge(user.access, "meeting__program__") | theirs)

    def undone(self) -> Self:
        """Decided, and neither done nor dropped."""
        return self.filter(state__in=[AgendaItem.State.OPEN, AgendaItem.State.POSTPONED])

    def with_people(self) -> Self:
        return self.select_related("meeting", "dyad__student", "dyad__mentor__person", "group", "student", "who")


class AgendaItem(models.Model):
    """What is decided of one subject: exactly one of ``dyad``, ``group`` and ``student``.

    ``known`` is what the agenda said of it on that day, doubts among them: for those who answer for the programme.
    """

    KINDS = ("dyad", "group", "student")

    class State(models.TextChoices):
        OPEN = "open", _("à faire")
        DONE = "done", _("fait")
        POSTPONED = "postponed", _("reporté")
        DROPPED = "dropped", _("abandonné")

    meeting = models.ForeignKey(TeamMeeting, models.CASCADE, related_name="items")
    dyad = models.ForeignKey(Dyad, models.CASCADE, null=True, blank=True, related_name="agenda_items")
    group = models.ForeignKey(SupportGroup, models.CASCADE, null=True, blank=True, related_name="agenda_items")
    student = models.ForeignKey(Student, models.CASCADE, null=True, blank=True, related_name="agenda_items")
    known = models.CharField(_("ce qui est su"), max_length=LONGEST, blank=True)
    decision = models.TextField(_("décision"), max_length=LONGEST)
    who = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="agenda_items", verbose_name=_("qui")
    )
    by_on = models.DateField(_("pour quand"), null=True, blank=True)
    state = models.CharField(_("état"), max_length=9, choices=State, default=State.OPEN)
    settled_on = models.DateField(_("état dit le"), null=True, blank=True)
    saved_at = models.DateTimeField(auto_now=True)

    objects = AgendaItemQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["meeting", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(dyad__isnull=False, group__isnull=True, student__isnull=True)
                    | Q(dyad__isnull=True, group__isnull=False, student__isnull=True)
                    | Q(dyad__isnull=True, group__isnull=True, student__isnull=False)
                ),
                name="guidelines_agenda_item_of_one",
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.kind}"

    @property
    def kind(self) -> str:
        return next(kind for kind in self.KINDS if getattr(self, f"{kind}_id"))

    @property
    def subject_id(self) -> int:
        pk: int = getattr(self, f"{self.kind}_id")
        return pk

    @property
    def subject(self) -> Dyad | SupportGroup | Student:
        row: Dyad | SupportGroup | Student = getattr(self, self.kind)
        return row

    @property
    def name(self) -> str:
        return self.group.full_name if self.group else str(self.subject)

    @property
    def is_undone(self) -> bool:
        return self.state in (self.State.OPEN, self.State.POSTPONED)
