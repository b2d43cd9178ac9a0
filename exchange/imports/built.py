"""What was built on an import since it was applied: what keeps it from being taken back."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from exchange.models import ImportRun
from mentoring.models import Dyad
from people.models import Draft, Membership, Notification, Student, User
from programs.models import GroupLead, GroupMember

CHUNK = 500
#: What the house makes by itself of a person, and would make again.
OF_NO_WEIGHT: tuple[type[models.Model], ...] = (Draft, Notification)
OURS = {"people", "programs", "mentoring", "guidelines", "reports", "exchange"}
Told = Mapping[int, tuple[dict[str, Any], dict[str, Any]]]


def built_on(created: Mapping[type[models.Model], list[int]]) -> list[str]:
    """The rows that point at what was created, and that the import did not create itself. A query a relation."""
    said = []
    own = {model: set(pks) for model, pks in created.items()}
    for model, pks in own.items():
        for relation in _relations(model):
            other: Any = relation.related_model
            if count := _pointing(other, relation.field.name, pks, own.get(other, set())):
                said.append(_leaning(other, count))
    return said


def built_on_changes(changed: Mapping[type[models.Model], Told], run: ImportRun, on: date) -> list[str]:
    """What came since where the import had changed somebody's place: a group or a dyad of the school where it put a
    student, another adult in charge of a group that it took from one, a role of somebody whose account it opened."""
    day = run.board.local_date(run.applied_at) if run.applied_at else on
    found: list[models.QuerySet[Any]] = []
    for pk, (before, after) in changed.get(Student, {}).items():
        if "school_id" in before:
            here = {"student": pk, "starts_on__gte": day}
            found.append(GroupMember.objects.filter(group__program__school=after["school_id"], **here))
            found.append(Dyad.objects.filter(program__school=after["school_id"], **here))
    for lead in GroupLead.objects.filter(pk__in=changed.get(GroupLead, {})):
        found.append(GroupLead.objects.filter(group=lead.group_id, starts_on__gte=lead.ends_on).exclude(pk=lead.pk))
    opened = [pk for pk, (before, _after) in changed.get(User, {}).items() if before.get("is_active") is False]
    if opened:
        found.append(Membership.objects.filter(person__in=opened, starts_on__gte=day))
    counts = dict[type[models.Model], int]()
    for rows in found:
        counts[rows.model] = counts.get(rows.model, 0) + rows.count()
    return [_leaning(model, count) for model, count in counts.items() if count]


def _leaning(model: type[models.Model], count: int) -> str:
    return _("Ce qui s’appuie sur l’importation (%(what)s)\u00a0: %(count)s.") % {"what": called(model), "count": count}


def _relations(model: type[models.Model]) -> list[Any]:
    """Where others point at a model; the house's own copies, and what has no weight, left out."""
    fields: list[Any] = [
        field
        for field in model._meta.get_fields(include_hidden=True)
        if field.auto_created and not field.concrete and (field.one_to_many or field.one_to_one)
    ]
    return [
        field
        for field in fields
        if field.related_model not in OF_NO_WEIGHT
        and field.related_model._meta.app_label in OURS
        and not field.related_model.__name__.startswith("Historical")
    ]


def _pointing(model: type[models.Model], name: str, pks: set[int], own: set[int]) -> int:
    ordered, found = sorted(pks), set[int]()
    for first in range(0, len(ordered), CHUNK):
        rows = model._base_manager.filter(**{f"{name}__in": ordered[first : first + CHUNK]})
        found |= set(rows.values_list("pk", flat=True))
    return len(found - own)


def called(model: type[models.Model]) -> str:
    return NOUNS.get(model._meta.label_lower, lambda: str(model._meta.verbose_name_plural))()


NOUNS: dict[str, Callable[[], str]] = {
    "people.student": lambda: _("élèves"),
    "people.user": lambda: _("adultes"),
    "people.membership": lambda: _("rôles"),
    "people.guardian": lambda: _("parents"),
    "people.school": lambda: _("écoles"),
    "programs.schoolyear": lambda: _("années scolaires"),
    "programs.term": lambda: _("étapes"),
    "programs.grouplead": lambda: _("prises en charge de groupes"),
    "mentoring.pause": lambda: _("pauses de dyades"),
    "programs.groupmember": lambda: _("places dans un groupe"),
    "programs.supportgroup": lambda: _("groupes"),
    "mentoring.dyad": lambda: _("dyades"),
    "mentoring.mentor": lambda: _("mentorat"),
    "mentoring.outcome": lambda: _("assiduité et résultats d’élèves"),
    "people.consent": lambda: _("consentements"),
    "mentoring.training": lambda: _("formations"),
    "mentoring.referral": lambda: _("références"),
    "people.auditentry": lambda: _("gestes du journal"),
    "programs.attendance": lambda: _("présences"),
    "programs.groupmeeting": lambda: _("rencontres de groupe"),
    "mentoring.dyadmeeting": lambda: _("rencontres de dyade"),
}
