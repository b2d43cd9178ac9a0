"""The doors of the pages of people: a stranger finds nothing, the right person in the wrong role is told so."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from people.access import Role
from people.models import Membership, School, Student, User
from people.shortcuts import get_or_refuse


def person_of(user: User, pk: int) -> User:
    """An adult of the schools or the board that one manages, or 404; 403 to who lists them for something else."""
    adult = get_object_or_404(User.objects.visible_to(user).select_related("board", "school"), pk=pk)
    if not user.access.holds(Role.SCHOOL_MANAGER, Role.BOARD_ADMIN):
        raise PermissionDenied
    return adult


def person_to_keep(user: User, pk: int) -> User:
    """An adult whose account and roles one keeps; 403 when they hold more than one may give."""
    return get_or_refuse(
        User.objects.visible_to(user).select_related("board", "school"), User.objects.managed_by(user), pk
    )


def role_to_keep(user: User, pk: int) -> Membership:
    """A role that one may put an end to; 403 when it reaches beyond what one manages."""
    seen = Membership.objects.visible_to(user).select_related("person", "board", "school", "program")
    return get_or_refuse(seen, Membership.objects.managed_by(user), pk)


def student_to_keep(user: User, pk: int) -> Student:
    """A student of a school that one manages; 403 to who only accompanies them, 404 to all others."""
    managed = Student.objects.filter(
        user.access.within(Role.SCHOOL_MANAGER, board="board", school="school"),
        school__in=School.objects.managed_by(user),
    )
    return get_or_refuse(Student.objects.visible_to(user).select_related("school"), managed, pk)
