"""What a page about a person says of the mentor that they are: ``{% load mentor_tags %}``."""

from typing import Any

from django import template

from mentoring.actions.relations import training_of
from mentoring.models import Mentor
from mentoring.numbers import TRAINING_MINUTES
from people.models import User
from programs.numbers import in_force

register = template.Library()


@register.inclusion_tag("mentoring/_person.html", takes_context=True)
def mentor_facts(context: template.Context, person: User, keeps: bool) -> dict[str, Any]:
    """Which mentor somebody is, with the training completed; to whoever keeps the account, how to make them one."""
    user = context["request"].user
    on = user.local_date()
    mentor = Mentor.objects.filter(person=person).first()
    shown: dict[str, Any] = {"person": person, "keeps": keeps, "mentor": mentor}
    if mentor is not None:
        shown["minutes"] = training_of(mentor, by=on)
        shown["goal"] = in_force(person.board_id, on).worth(TRAINING_MINUTES)
        shown["opens"] = Mentor.objects.visible_to(user).filter(pk=mentor.pk).exists()
    return shown
