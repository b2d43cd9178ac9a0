"""Who else has a student's name: ``{% load namesake_tags %}``."""

from typing import Any

from django import template

from people.apart import tell_apart
from people.identity import Identity, is_double
from people.models import Student, User

register = template.Library()


@register.inclusion_tag("components/namesakes.html", takes_context=True)
def namesakes(context: template.Context, student: Student) -> dict[str, Any]:
    """The others of that name whom the reader may see, and which of them may well be the same child. One query."""
    user: User = context["user"]
    named = Student.objects.filter(board=student.board_id, name_key=student.name_key).exclude(pk=student.pk)
    others = list(named.filter(pk__in=Student.objects.visible_to(user).values("pk")).order_by("pk"))
    tell_apart([student, *others])
    doubled = [other for other in others if is_double(Identity.of(student), Identity.of(other))]
    return {"student": student, "others": others, "is_doubled": bool(doubled)}
