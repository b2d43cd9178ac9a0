"""« À décider »: the dyads and groups that wait for a person since an adult or a student left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentoring.models import Dyad
from people.access import Role
from people.kept import kept
from people.models import User
from people.models.students import gone_from
from programs.models import GroupMember, Relation, SupportGroup


@dataclass(frozen=True)
class Decision:
    """What waits of one dyad or group, and why."""

    relation: Relation
    why: str


def decisions(user: User, on: date) -> list[Decision]:
    """Those of the programmes that the person leads or manages. Two queries."""
    if not user.access.holds(Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER):
        return []

    def groups_written() -> QuerySet[SupportGroup]:
        return _waiting_groups(SupportGroup.objects.run_by(user).active_on(on), on)

    dyads = kept("dyads to decide", user, lambda: waiting(Dyad.objects.run_by(user).open_on(on), on), on)
    groups = kept("groups to decide", user, groups_written, on)
    return [*_of_waiting_dyads(dyads), *_of_waiting_groups(groups)]


def of_dyads(dyads: QuerySet[Dyad], on: date) -> Sequence[Decision]:
    """Of open dyads: whose mentor left and nobody replaces, and whose student is gone from the school. One query."""
    return _of_waiting_dyads(list(waiting(dyads, on)))


def waiting(dyads: QuerySet[Dyad], on: date) -> QuerySet[Dyad]:
    """Of open dyads, those that may wait: who mentors has left, or the student; with ``gone`` and ``alone``."""
    gone = gone_from("program__school", on)
    found = dyads.filter(Q(mentor__person__is_active=False) | gone)
    alone = Exists(Dyad.objects.left_alone_on(on).filter(pk=OuterRef("pk")))
    told = found.annotate(gone=ExpressionWrapper(gone, output_field=BooleanField()), alone=alone)
    return told.select_related("student", "mentor__person", "program")


def _of_waiting_dyads(rows: Sequence[Any]) -> Sequence[Decision]:
    found = []
    for dyad in rows:
        if dyad.gone:
            words = _(
                "L’élève n’est plus à l’école du programme\u00a0: terminez la dyade, ou levez la pause si "
                "l’accompagnement continue."
            )
            found.append(Decision(dyad, words))
        elif dyad.alone:
            words = _(
                "Sans adulte, car %(mentor)s n’est plus là\u00a0: terminez la dyade, ou prévoyez un remplacement."
            )
            found.append(Decision(dyad, words % {"mentor": dyad.mentor}))
    return found


def of_groups(groups: QuerySet[SupportGroup], on: date) -> Sequence[Decision]:
    """Of open groups: whose adult left, and those with members who are gone from the school. One query."""
    return _of_waiting_groups(list(_waiting_groups(groups, on)))


def _waiting_groups(groups: QuerySet[SupportGroup], on: date) -> QuerySet[SupportGroup]:
    here = GroupMember.objects.active_on(on).filter(gone_from("group__program__school", on), group=OuterRef("pk"))
    counted = here.order_by().values("group").annotate(n=Count("student", distinct=True)).values("n")
    alone = Exists(SupportGroup.objects.left_alone_on(on).filter(pk=OuterRef("pk")))
    told = groups.annotate(gone=Coalesce(Subquery(counted), 0), alone=alone)
    return told.filter(Q(gone__gt=0) | Q(alone=True)).order_by("name", "pk")


def _of_waiting_groups(rows: Sequence[Any]) -> Sequence[Decision]:
    found = []
    for group in rows:
        if group.alone:
            words = _("La personne responsable n’est plus là\u00a0: confiez le groupe à quelqu’un d’autre.")
            found.append(Decision(group, words))
        if group.gone:
            words = ngettext(
                "%(n)s élève n’est plus à l’école du programme\u00a0: notez son départ du groupe.",
                "%(n)s élèves ne sont plus à l’école du programme\u00a0: notez leur départ du groupe.",
                group.gone,
            )
            found.append(Decision(group, words % {"n": group.gone}))
    return found
