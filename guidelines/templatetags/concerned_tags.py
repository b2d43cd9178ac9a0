"""The students behind a group's count, on the finding's page of those who log for the group."""

from typing import Any

from django import template
from django.template.context import RequestContext

from guidelines.models import Flag
from guidelines.students import concerned_students
from people.models import User

register = template.Library()


@register.inclusion_tag("guidelines/_concerned.html", takes_context=True)
def students_concerned(context: RequestContext, flag: Flag) -> dict[str, Any]:
    """The part « Élèves concernés », empty for everyone else. At most five queries, for a group's finding only."""
    user = getattr(context.get("request"), "user", None)
    if not isinstance(user, User):
        return {"students": []}
    return {"students": concerned_students(flag, user=user, on=user.local_date())}
