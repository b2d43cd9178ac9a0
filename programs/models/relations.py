"""A relation: what an adult answers for over time. A support group and a dyad are the two there are."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.dispatch import Signal
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from people.access import Role, stands_in
from people.models import User
from people.models.base import KeyedModel, RangeQuerySet, range_ordered
from people.models.names import NamedPerson
from programs.audit_verbs import RelationVerbs
from programs.models.programs import Program, in_charge
from programs.models.timetables import TimetableSlot

if TYPE_CHECKING:
    from people.models.students import StudentQuerySet

#: A half-open range of days.
Span = tuple[date, date]
Rel = TypeVar("Rel", bound="Relation")
S = TypeVar("S", bound="Substitute")


class RelationQuerySet(RangeQuerySet[Rel]):
    """Whose relations a person sees and logs. Each kind of relation says which ones are a person's own."""

    def visible_to(self, user: User) -> Self:
        """One's own, those where one stands in for someone, and those of the programmes that one answers for."""
        return self.filter(in_charge(user.access, "program__") | self._entrusted(user))

    def loggable_by(self, user: User) -> Self:
        """Where the person may log: in their own, as the programme's lead, or standing in for a time."""
        return self.filter(self._leading(user) | self._entrusted(user))

    def loggable_any_day_by(self, user: User) -> Self:
        """As above, without those who stand in: they log the days of their range only."""
        return self.filter(self._leading(user) | self._own(user))

    def entrusted_to(self, user: User) -> Self:
        """One's own, as substitute too, whatever else one answers for."""
        return self.filter(self._entrusted(user))

    def owned_by(self, user: User) -> Self:
        """One's own alone: neither standing in, nor for the programme."""
        return self.filter(self._own(user))

    def run_by(self, user: User) -> Self:
        """Those whose course the person decides on: of the programmes that they lead or manage."""
        return self.filter(program__in=Program.objects.led_by(user))

    def planned_by(self, user: User) -> Self:
        """Those whose timetable the person sets."""
        return self.run_by(user)

    def entrustable_by(self, user: User) -> Self:
        """Those for which the person names a substitute: their own, for their absence, and those that they run."""
        return self.filter(self._own(user) | Q(program__in=Program.objects.led_by(user)))

    def with_people(self) -> Self:
        """With all that the relation's name and place need, in one query."""
        return self.select_related("program__school", "board")

    def _own(self, user: User) -> Q:
        """The relations of which the person is the usual adult."""
        raise NotImplementedError

    def _entrusted(self, user: User) -> Q:
        substitutes = self.model.substitute_model()
        return self._own(user) | Q(pk__in=substitutes.objects.open_to(user).values(self.model.NOUN))

    def _leading(self, user: User) -> Q:
        return user.access.within(Role.PROGRAM_LEAD, board="board", school="program__school", program="program")


class Relation(KeyedModel):
    """From ``starts_on`` to ``ends_on``, the first day that no longer counts.

    Each kind has rows of the same names beside it: ``meetings``, ``timetables``, ``substitutes``.
    """

    NOUN: ClassVar[str]
    """What rows that belong to it call it (their foreign key), and the name of its page."""
    verbs: ClassVar[RelationVerbs]
    """What the journal says of what befalls it."""
    changed: ClassVar[Signal]
    """What tells those who listen."""
    if TYPE_CHECKING:
        objects: Any
        program: models.ForeignKey[Program, Program]
        meetings: Any
        timetables: Any
        substitutes: Any
        history: Any

    starts_on = models.DateField(_("début"))
    ends_on = models.DateField(_("fin"), null=True, blank=True)

    class Meta(KeyedModel.Meta):
        abstract = True
        constraints = [*KeyedModel.Meta.constraints, range_ordered("%(app_label)s_%(class)s_range_ordered")]

    @classmethod
    def substitute_model(cls) -> "type[Substitute]":
        model: Any = cls._meta.get_field("substitutes").related_model
        substitutes: type[Substitute] = model
        return substitutes

    @classmethod
    def slot_model(cls) -> "type[RelationSlot]":
        model: Any = cls._meta.get_field("timetables").related_model
        slots: type[RelationSlot] = model
        return slots

    def is_open_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)

    def announce(self, on: date, **more: object) -> None:
        """Tell those who listen, inside the transaction, that it or what is logged of it changed."""
        self.changed.send(sender=type(self), **{self.NOUN: self}, on=on, **more)

    @classmethod
    def interruptions(cls, relations: Iterable[int], since: date, until: date) -> dict[int, list[tuple[date, date]]]:
        """By relation, the half-open ranges in which no meeting is expected."""
        return {}

    @classmethod
    def left_alone(cls, relations: Iterable[int], since: date, until: date) -> dict[int, list[Span]]:
        """By relation, the half-open ranges of ``[since, until)`` in which nobody serves it, since its adult left.

        Their account is closed, and nobody stands in. One whose adult is only away, or was never named, is not there.
        """
        raise NotImplementedError

    @classmethod
    def standing_in(cls, relations: Iterable[int], since: date, until: date) -> dict[int, list[Span]]:
        """By relation, the half-open ranges in which someone stands in. One query."""
        rows = cls.substitute_model().objects.filter(
            **{f"{cls.NOUN}__in": list(relations)}, person__is_active=True, starts_on__lt=until, ends_on__gt=since
        )
        found: dict[int, list[Span]] = defaultdict(list)
        for of, starts_on, ends_on in rows.order_by().values_list(cls.NOUN, "starts_on", "ends_on"):
            found[of].append((starts_on, ends_on))
        return found

    def is_left_on(self, day: date) -> bool:
        """Whether nobody serves it that day, since its adult left. Two queries at most."""
        return self.pk in self.left_alone([self.pk], day, day + timedelta(days=1))

    def usual_adult(self, day: date) -> User | None:
        """Whoever accompanies on a day, when nobody stands in for them. One query at most."""
        return self.usual_adults([day])[day]

    def usual_adults(self, days: Iterable[date]) -> dict[date, User | None]:
        """As above, of several days. One query at most."""
        raise NotImplementedError

    def students_on(self, day: date) -> "StudentQuerySet":
        """Whom the relation is with on a day."""
        raise NotImplementedError

    def why_not_on(self, day: date) -> str:
        """Why nothing can be said of a day, in words; empty when the relation holds that day."""
        raise NotImplementedError

    def get_absolute_url(self) -> str:
        return reverse(self.NOUN, args=[self.pk])

    def named_people(self) -> Iterable[NamedPerson]:
        """Whom its name names (``people.apart``)."""
        return []

    @property
    def full_name(self) -> str:
        """How a title names it."""
        return str(self)

    @property
    def short_name(self) -> str:
        """How it is named among others of its kind that the reader knows."""
        return str(self)


def uncovered(spans: Iterable[Span], since: date, until: date) -> list[Span]:
    """What half-open ranges leave of ``[since, until)``."""
    left = []
    for start, end in sorted(spans):
        if start > since:
            left.append((since, min(start, until)))
        since = max(since, end)
        if since >= until:
            return left
    return [*left, (since, until)]


class SubstituteQuerySet(RangeQuerySet[S]):
    def open_to(self, user: User) -> Self:
        """The rows by which the person stands in for someone today, or did a week ago at most."""
        if not user.access.holds(*self.model.ROLES):
            return self.none()
        return self.filter(stands_in(user.pk, user.local_date()))


class OfRelation:
    """A row that belongs to a relation."""

    NOUN: ClassVar[str]
    """Its foreign key to the relation."""

    @property
    def relation(self) -> Relation:
        relation: Relation = getattr(self, self.NOUN)
        return relation


class Substitute(OfRelation, models.Model):
    """Someone who stands in for an adult who is away, from a day on, to the first day that no longer counts."""

    ROLES: ClassVar[tuple[Role, ...]]
    """Whoever holds none of these roles any more stands in for nobody."""
    if TYPE_CHECKING:
        objects: Any

    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("personne qui remplace"))
    starts_on = models.DateField(_("début"))
    ends_on = models.DateField(_("fin"))
    together = models.UUIDField(null=True, blank=True, editable=False, db_index=True)
    """What the replacements of one absence share, of groups and of dyads: they are taken back at once."""

    class Meta:
        abstract = True
        ordering = ["starts_on", "pk"]
        constraints = [range_ordered("%(app_label)s_%(class)s_range_ordered")]

    def __str__(self) -> str:
        return f"{self.relation.pk} {self.person_id}"


class RelationSlot(OfRelation, TimetableSlot):
    """A slot of a relation's timetable."""

    class Meta(TimetableSlot.Meta):
        abstract = True
