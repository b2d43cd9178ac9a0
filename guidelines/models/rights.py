"""Who reads a finding, takes it in charge and decides on it, as conditions on its rows."""

from collections.abc import Callable
from functools import reduce
from operator import or_

from django.db.models import Q

from guidelines.catalogue import Audience, read_by
from mentoring.models import Dyad
from mentoring.models.dyads import own
from people.access import NOTHING, Access, Role
from people.models import User
from programs.models import GroupLead, SupportGroup
from programs.models.programs import in_charge

SUBJECTS = ("dyad", "mentor", "group", "teacher", "program")
TO_LEADS_ONLY = Q(guideline__in=read_by(Audience.LEADS))
TO_TRAINERS = Q(guideline__in=read_by(Audience.TRAINERS))


def trained_by(user: User) -> Q:
    """Findings on training and style, of the mentors that a trainer advises."""
    return user.access.within(Role.TRAINER, board="board", school="mentor__person__school") & TO_TRAINERS


def decided_by(user: User, *kinds: str) -> Q:
    """Findings on the programmes that the person answers for, and on who serves there: of some ``kinds``, or all."""
    return reduce(or_, (DECIDED[kind](user.access) for kind in kinds or SUBJECTS))


def _on_mentors(access: Access) -> Q:
    return Q(mentor__in=Dyad._base_manager.filter(in_charge(access, "program__")).values("mentor"))


def _on_teachers(access: Access) -> Q:
    serving = GroupLead._base_manager.filter(in_charge(access, "group__program__")).values("person")
    staff = access.within(Role.SCHOOL_MANAGER, board="teacher__board", school="teacher__school")
    return Q(teacher__in=serving) | staff


DECIDED: dict[str, Callable[[Access], Q]] = {
    "dyad": lambda access: in_charge(access, "dyad__program__"),
    "mentor": _on_mentors,
    "group": lambda access: in_charge(access, "group__program__"),
    "teacher": _on_teachers,
    "program": lambda access: in_charge(access, "program__"),
}


def _oneself(lookup: str, *roles: Role) -> Callable[[User], Q]:
    return lambda user: Q(**{lookup: user.pk}) if user.access.holds(*roles) else NOTHING


OWN: dict[str, Callable[[User], Q]] = {
    "dyad": lambda user: own(user, "dyad__"),
    "mentor": _oneself("mentor__person", Role.MENTOR, Role.RESOURCE_TEACHER),
    "group": lambda user: Q(group__in=SupportGroup.objects.visible_to(user).values("pk")),
    "teacher": _oneself("teacher", Role.RESOURCE_TEACHER),
    "program": lambda _user: NOTHING,
}


def entrusted_to(user: User) -> Q:
    """Findings on one's own relations and groups, as substitute too."""
    return own(user, "dyad__") | Q(group__in=SupportGroup.objects.entrusted_to(user).values("pk"))


def taken_by(user: User) -> Q:
    """Findings that one decides on, and those that a resource teacher may take in charge."""
    rights = decided_by(user)
    if user.access.holds(Role.RESOURCE_TEACHER):
        groups = SupportGroup.objects.visible_to(user).values("pk")
        rights |= own(user, "dyad__") | Q(group__in=groups) | Q(teacher=user.pk)
    return rights
