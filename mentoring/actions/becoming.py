"""Make somebody a mentor: who they are, the training that they followed, the role that lets them log."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mentoring.actions.mentors import add_training
from mentoring.audit_verbs import MENTOR_ADDED
from mentoring.models import Mentor, Training
from people import audit
from people.access import Role, Scope
from people.actions.roles import give_role
from people.models import User
from people.models.base import active_on


@transaction.atomic
def make_mentor(
    *,
    adult: User,
    kind: str,
    birth_date: date | None,
    person: User,
    on: date,
    trained_on: date | None = None,
    trained_minutes: int | None = None,
) -> Mentor:
    """The mentor that an adult is from now on; once. With a school and no role that lets them log there, they get it.

    A training that is given is recorded. Whether ``person`` may is for the caller to ask.
    """
    current = User.objects.get_queryset().select_for_update(of=("self",)).select_related("board").get(pk=adult.pk)
    if already := Mentor.objects.filter(person=current).first():
        return already
    if birth_date is not None and birth_date > on:
        raise ValidationError({"birth_date": _("La date de naissance ne peut pas être dans le futur.")})
    mentor = Mentor.objects.create(person=current, kind=kind, birth_date=birth_date)
    assert current.board is not None  # noqa: S101 (only an operator has none, and no operator mentors)
    audit.record(board=current.board, person=person, verb=MENTOR_ADDED, subject=mentor)
    if trained_on is not None and trained_minutes is not None:
        initial = Training.Kind.INITIAL
        add_training(
            mentor=mentor, person=person, on=on, kind=initial, completed_on=trained_on, minutes=trained_minutes
        )
    if lacks_role(current, on) and current.pk != person.pk:
        scope = Scope(current.board.pk, current.school_id)
        give_role(adult=current, role=Role.MENTOR, scope=scope, starts_on=on, last_day=None, person=person)
    return mentor


def lacks_role(adult: User, on: date) -> bool:
    """Whether an adult of a school holds no role there in which a mentor logs. One query."""
    serving = adult.memberships.filter(active_on(on), role__in=[Role.MENTOR, Role.RESOURCE_TEACHER])
    return adult.school_id is not None and not serving.exists()
