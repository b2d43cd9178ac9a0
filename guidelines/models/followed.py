"""From when a programme follows a guideline: what it does not follow is computed and kept, and never counted."""

from collections.abc import Collection
from datetime import date
from functools import reduce
from operator import or_
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from guidelines.catalogue import ESSENTIAL
from mentoring.models import Dyad
from people.models import User
from people.models.base import active_on, range_ordered
from people.sql import joined
from programs.models import GroupLead, Program


class ProgramGuidelineQuerySet(models.QuerySet["ProgramGuideline"]):
    def visible_to(self, user: User) -> Self:
        """What the programmes that the person may see follow."""
        return self.filter(program__in=Program.objects.visible_to(user))

    def begun(self, on: date) -> Self:
        return self.filter(followed_from__lte=on)

    def running(self, on: date) -> Self:
        return self.filter(active_on(on, start="followed_from", end="followed_until"))


class ProgramGuideline(models.Model):
    """A programme follows a guideline from a day on, to ``followed_until``, the first day that no longer counts.

    A programme that has begun none of its rows follows l’essentiel (``ESSENTIAL``); otherwise its running rows alone.
    Rows are ended, never changed: what was followed on a past day stays known.
    """

    program = models.ForeignKey(Program, models.CASCADE, related_name="guidelines", verbose_name=_("programme"))
    guideline = models.CharField(_("balise"), max_length=40)
    followed_from = models.DateField(_("suivie à partir du"))
    followed_until = models.DateField(_("suivie jusqu’au"), null=True, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("par"))
    reason = models.CharField(_("motif"), max_length=300, blank=True)
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("arrêtée par")
    )
    end_reason = models.CharField(_("motif de l’arrêt"), max_length=300, blank=True)

    objects = ProgramGuidelineQuerySet.as_manager()

    class Meta:
        ordering = ["followed_from", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "guideline", "followed_from"], name="guidelines_programguideline_once_a_day"
            ),
            range_ordered("guidelines_programguideline_range_ordered", "followed_from", "followed_until"),
        ]

    def __str__(self) -> str:
        return f"{self.program_id} {self.guideline} {self.followed_from}"


def followed_on(on: date, *kinds: str) -> Q:
    """The findings whose guideline is followed on a day; rows carry ``program_of``, the programme of their subject.

    A mentor or a teacher follows what any programme of theirs follows, l’essentiel when they serve in none. Of rows
    known to be of some ``kinds`` of subjects, the others' rules are not asked.
    """
    running, chosen = _running(on), ProgramGuideline.objects.begun(on).values("program")
    mentoring = Dyad._base_manager.filter(active_on(on), mentor=OuterRef("mentor"))
    teaching = GroupLead.objects.active_on(on).filter(person=OuterRef("teacher"))
    of_mentor = Q(mentor__isnull=False) & (
        Q(Exists(running.filter(active_on(on, prefix="program__dyads__"), program__dyads__mentor=OuterRef("mentor"))))
        | _essential(Exists(mentoring.exclude(program__in=chosen)) | ~Exists(mentoring))
    )
    led = active_on(on, prefix="program__groups__leads__") & active_on(on, prefix="program__groups__")
    of_teacher = Q(teacher__isnull=False) & (
        Q(Exists(running.filter(led, program__groups__leads__person=OuterRef("teacher"))))
        | _essential(Exists(teaching.exclude(group__program__in=chosen)) | ~Exists(teaching))
    )
    of_kind = {"mentor": of_mentor, "teacher": of_teacher}
    return reduce(or_, (rows for kind, rows in of_kind.items() if not kinds or kind in kinds), _of_program(on))


def somewhere_followed_on(on: date, codes: Collection[str]) -> Q:
    """Of the findings of these guidelines, those of any that a programme follows: the database skips the others."""
    asked, essential = Q(guideline__in=codes), [code for code in codes if code in ESSENTIAL]
    if len(essential) == len(codes):
        return asked
    running = ProgramGuideline.objects.running(on).filter(asked)
    return asked & (Q(guideline__in=essential) | Q(guideline__in=running.values("guideline")))


def _of_program(on: date) -> Q:
    """What has one programme: relations, groups, programmes themselves."""
    chosen = ProgramGuideline.objects.begun(on).values("program")
    does = Exists(_running(on).filter(program=OuterRef("program_of")))
    return Q(program_of__isnull=False) & (_essential(~Q(program_of__in=chosen)) | Q(does))


def _running(on: date) -> ProgramGuidelineQuerySet:
    return ProgramGuideline.objects.running(on).filter(guideline=OuterRef("guideline"))


def _essential(where: Q | Combinable) -> Q:
    return Q(guideline__in=ESSENTIAL) & Q(where)


def followed_sql(program: str) -> str:
    """What ``followed_of`` reads, as a column of plain SQL."""
    running = "f.followed_until IS NULL OR f.followed_until > %(on)s"
    codes = joined(f"CASE WHEN {running} THEN f.guideline ELSE '' END")
    begun = f"f.program_id = {program} AND f.followed_from <= %(on)s"
    return f"(SELECT {codes} FROM guidelines_programguideline f WHERE {begun})"  # noqa: S608 (our own words)


def followed_of(told: str | None) -> frozenset[str]:
    """The codes that a programme follows; ``told`` is null when it has begun none."""
    return frozenset(ESSENTIAL if told is None else told.split())


def followed_by(program: Program, on: date) -> frozenset[str]:
    """The codes of what a programme follows on a day. One query."""
    return followed_in([program.pk], on)[program.pk]


def followed_in(programs: Collection[int], on: date) -> dict[int, frozenset[str]]:
    """The same, for each of some programmes. One query."""
    running: dict[int, set[str]] = {}
    for row in ProgramGuideline.objects.filter(program__in=programs).begun(on):
        codes = running.setdefault(row.program_id, set())
        if row.followed_until is None or row.followed_until > on:
            codes.add(row.guideline)
    return {pk: frozenset(running.get(pk, ESSENTIAL)) for pk in programs}
