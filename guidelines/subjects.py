"""The subjects of findings, in words and with their page, for those who may know them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from guidelines.evaluation import Finding, Lack
from mentoring.models import Dyad, Mentor
from people.models import User
from programs.models import Program, SupportGroup


@dataclass(frozen=True)
class Named:
    words: str
    url: str


def named(found: Iterable[Finding | Lack], user: User) -> dict[tuple[str, int], Named]:
    """By kind and id, the subjects that the person may see; the others are absent. One query per kind met."""
    ids: dict[str, set[int]] = {}
    for finding in found:
        ids.setdefault(finding.subject, set()).add(finding.subject_id)
    return {
        (kind, row.pk): Named(_words(kind, row), _address(kind, row.pk))
        for kind, wanted in ids.items()
        for row in ROWS[kind](user).filter(pk__in=wanted)
    }


ROWS: dict[str, Callable[[User], QuerySet[Any]]] = {
    "dyad": lambda user: Dyad.objects.visible_to(user).with_people(),
    "mentor": lambda user: Mentor.objects.visible_to(user).select_related("person"),
    "group": lambda user: SupportGroup.objects.visible_to(user),
    "teacher": lambda user: User.objects.visible_to(user),
    "program": lambda user: Program.objects.visible_to(user),
}


def _words(kind: str, row: object) -> str:
    return _("Groupe %(name)s") % {"name": row} if kind == "group" else str(row)


def _address(kind: str, pk: int) -> str:
    return reverse(kind, args=[pk])
