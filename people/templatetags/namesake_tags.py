"""Who else has a student's name: ``{% load namesake_tags %}``."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.db.models import QuerySet

from people.apart import tell_apart
from people.identity import Identity, is_double
from people.kept import kept_for
from people.models import Student, User

register = template.Library()


@register.inclusion_tag("components/namesakes.html", takes_context=True)
def namesakes(context: template.Context, student: Student) -> dict[str, Any]:
    """The others of that name whom the reader may see, and which of them may well be the same child. One query."""
    user: User = context["user"]

    def named(ids: Sequence[int]) -> QuerySet[Student]:
        names = Student.objects.filter(pk__in=ids).values("name_key")
        alike = Student.objects.filter(board=student.board_id, name_key__in=names)
        return alike.exclude(pk__in=ids).few_visible_to(user).order_by("pk")

    others = kept_for([student.pk], "namesakes", named, user, student.board_id)
    tell_apart([student, *others])
    doubled = [other for other in others if is_double(Identity.of(student), Identity.of(other))]
    return {"student": student, "others": others, "is_doubled": bool(doubled)}
