"""Dyads: one mentor, one student, for a time; with their agreement and their pauses."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from mentoring.audit_verbs import DYAD
from mentoring.models import endings
from mentoring.models.mentors import Mentor
from mentoring.signals import dyad_changed
from people.access import Role
from people.models import Student, User
from people.models.base import RangeQuerySet, range_ordered
from people.models.names import NamedPerson
from people.models.students import StudentQuerySet
from people.text import spoken
from programs.models import Program, Relation, RelationSlot, Substitute
from programs.models.relations import RelationQuerySet, Span, SubstituteQuerySet, uncovered


class DyadQuerySet(RelationQuerySet["Dyad"]):
    def open_on(self, on: date) -> Self:
        """Begun, and not ended, on a day."""
        return self.active_on(on)

    def left_alone_on(self, on: date) -> Self:
        """Those whose mentor's account is closed, and in which nobody stands in on a day: they are without an adult."""
        instead = DyadSubstitute.objects.active_on(on).filter(person__is_active=True)
        return self.filter(mentor__person__is_active=False).exclude(pk__in=instead.order_by().values("dyad"))

    def awaiting_talk(self) -> Self:
        """Ended, and the last talk is still to come."""
        return self.filter(ends_on__isnull=False, closure_talk=endings.ClosureTalk.PLANNED)

    def with_people(self) -> Self:
        """With all that the dyad's name and place need, in one query."""
        return self.select_related("student", "mentor__person", "program__school", "board")

    def planned_by(self, user: User) -> Self:
        """The mentor too plans, and signs the agreement."""
        return self.filter(self._leading(user) | self._own(user) | Q(program__in=Program.objects.led_by(user)))

    def entrustable_by(self, user: User) -> Self:
        """Of mentors, those of the school's staff alone name a substitute."""
        return super().entrustable_by(user) if user.access.holds(Role.RESOURCE_TEACHER) else self.run_by(user)

    def _own(self, user: User) -> Q:
        """The dyads in which the person mentors."""
        return mentored(user)


def own(user: User, prefix: str = "") -> Q:
    """Of rows of dyads (at ``prefix``): those in which the person mentors, or stands in for the mentor."""
    standing_in = DyadSubstitute.objects.open_to(user).values("dyad")
    return mentored(user, prefix) | Q(**{f"{prefix}pk__in": standing_in})


def mentored(user: User, prefix: str = "") -> Q:
    if not user.access.holds(Role.MENTOR, Role.RESOURCE_TEACHER):
        return Q(pk__in=[])
    return Q(**{f"{prefix}mentor__person": user.pk})


class Dyad(Relation):
    """A mentoring relationship (§3). ``committed_until`` and ``ends_on`` are the first day that no longer counts."""

    NOUN = "dyad"

    program = models.ForeignKey(Program, models.PROTECT, related_name="dyads", verbose_name=_("programme"))
    mentor = models.ForeignKey(Mentor, models.PROTECT, related_name="dyads", verbose_name=_("mentore ou mentor"))
    student = models.ForeignKey(Student, models.PROTECT, related_name="dyads", verbose_name=_("élève"))
    committed_until = models.DateField(_("fin de l’engagement"), null=True, blank=True)
    end_reason = models.CharField(_("motif de fin"), max_length=300, blank=True)
    ended_by = models.CharField(_("à l’initiative de"), max_length=8, choices=endings.EndedBy, blank=True)
    planned_handover = models.BooleanField(_("relais planifié"), default=False)
    closure_talk = models.CharField(_("dernier échange"), max_length=12, choices=endings.ClosureTalk, blank=True)
    end_code = models.CharField(_("motif codé"), max_length=24, choices=endings.EndCode, blank=True)
    closure_talk_on = models.DateField(_("date du dernier échange"), null=True, blank=True)

    verbs = DYAD
    changed = dyad_changed
    objects = DyadQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta(Relation.Meta):
        ordering = ["student__given_key", "pk"]
        constraints = [
            *Relation.Meta.constraints,
            range_ordered("mentoring_dyad_commitment_ordered", "starts_on", "committed_until"),
        ]

    def __str__(self) -> str:
        return _("%(student)s et %(mentor)s") % {"student": self.student, "mentor": self.mentor}

    def named_people(self) -> Iterable[NamedPerson]:
        """Whom its name names (``people.apart``)."""
        return [self.student, self.mentor.person]

    def is_past_its_end(self, day: date) -> bool:
        """Whether it is still open past its committed end: to be closed or renewed."""
        return self.is_open_on(day) and self.committed_until is not None and self.committed_until <= day

    @property
    def short_name(self) -> str:
        return str(self.student)

    @property
    def awaits_talk(self) -> bool:
        """Ended, and the last talk is still to come."""
        return self.ends_on is not None and self.closure_talk == endings.ClosureTalk.PLANNED

    def usual_adults(self, days: Iterable[date]) -> dict[date, User | None]:
        return dict.fromkeys(days, self.mentor.person)

    def students_on(self, day: date) -> StudentQuerySet:
        """Its student."""
        return Student.objects.filter(pk=self.student_id)

    @classmethod
    def interruptions(cls, relations: Iterable[int], since: date, until: date) -> dict[int, list[tuple[date, date]]]:
        """Its pauses. One query."""
        rows = Pause.objects.filter(dyad__in=list(relations), starts_on__lt=until)
        paused: dict[int, list[tuple[date, date]]] = defaultdict(list)
        for pause in rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=since)):
            paused[pause.dyad_id].append((pause.starts_on, pause.ends_on or date.max))
        return paused

    @classmethod
    def left_alone(cls, relations: Iterable[int], since: date, until: date) -> dict[int, list[Span]]:
        closed = cls.objects.filter(pk__in=list(relations), mentor__person__is_active=False).order_by()
        pks = list(closed.values_list("pk", flat=True))
        instead = cls.standing_in(pks, since, until) if pks else {}
        return {pk: spans for pk in pks if (spans := uncovered(instead.get(pk, []), since, until))}

    def why_not_on(self, day: date) -> str:
        if day < self.starts_on:
            sentence = _t("La dyade a commencé le %(day)s : choisissez ce jour ou un jour qui suit.")
            return sentence % {"day": spoken(self.starts_on)}
        if self.ends_on is not None and day >= self.ends_on:
            sentence = _t("La dyade a pris fin avant le %(day)s : choisissez un jour qui précède.")
            return sentence % {"day": spoken(self.ends_on)}
        return ""


class Pause(models.Model):
    """A stretch during which no meeting is expected; without an end, it still runs."""

    dyad = models.ForeignKey(Dyad, models.CASCADE, related_name="pauses")
    starts_on = models.DateField(_("début"))
    ends_on = models.DateField(_("fin"), null=True, blank=True)
    reason = models.CharField(_("motif"), max_length=300, blank=True)

    objects = RangeQuerySet["Pause"].as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [range_ordered("mentoring_pause_range_ordered")]

    def __str__(self) -> str:
        return f"{self.dyad_id} {self.starts_on}"


class DyadTimetable(RelationSlot):
    NOUN = "dyad"

    dyad = models.ForeignKey(Dyad, models.CASCADE, related_name="timetables")

    objects = RangeQuerySet["DyadTimetable"].as_manager()


class DyadSubstitute(Substitute):
    NOUN = "dyad"
    ROLES = (Role.MENTOR, Role.RESOURCE_TEACHER, Role.PROGRAM_LEAD)

    dyad = models.ForeignKey(Dyad, models.CASCADE, related_name="substitutes")

    objects = SubstituteQuerySet["DyadSubstitute"].as_manager()
