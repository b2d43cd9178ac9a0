"""Whom a student may choose to talk to: adults of the programme and the school, never the mentor."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mentoring.models import Dyad, DyadSubstitute
from people.access import Role
from people.models import Membership, User
from people.models.base import active_on
from programs.models import GroupLead

ROLES = {
    Role.PROGRAM_LEAD: _("responsable du programme"),
    Role.RESOURCE_TEACHER: _("personnel-ressource"),
    Role.SCHOOL_MANAGER: _("direction"),
}
"""In the order in which they are offered."""
MOST = 12


@dataclass(frozen=True)
class Adult:
    person: User
    role: Any


def adults_for(dyad: Dyad, *, on: date) -> list[Adult]:
    """The programme's leads, the school's resource teachers (those of the student's groups first) and its management.

    Each once, at most a dozen; not the dyad's mentor nor who stands in for them. Two queries.
    """
    program, student = dyad.program_id, dyad.student_id
    here = Q(program=program) | Q(program__isnull=True, school=dyad.program.school_id)
    nobody = DyadSubstitute.objects.active_on(on).filter(dyad=dyad).values("person")
    rows = Membership.objects.active_on(on).filter(here, role__in=ROLES, person__is_active=True)
    rows = rows.exclude(person=dyad.mentor.person_id).exclude(person__in=nobody).select_related("person")
    leads = GroupLead.objects.active_on(on).filter(
        active_on(on, prefix="group__members__"), group__members__student=student
    )
    own = set(leads.values_list("person", flat=True))
    order = list(ROLES)
    ranked = sorted(rows, key=lambda row: (order.index(Role(row.role)), row.person_id not in own, str(row.person)))
    found: dict[int, Adult] = {}
    for row in ranked:
        found.setdefault(row.person_id, Adult(row.person, ROLES[Role(row.role)]))
    return list(found.values())[:MOST]
