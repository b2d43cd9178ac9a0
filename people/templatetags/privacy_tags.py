"""What every page that shows a student's file says of who else may see it: ``{% load privacy_tags %}``."""

from typing import Any

from django import template

from people.opened import opened_on

register = template.Library()


@register.inclusion_tag("people/_who_sees.html", takes_context=True)
def who_sees(context: template.Context) -> dict[str, Any]:
    """The way to « Qui peut voir ces renseignements », on the pages that the journal keeps; nothing on others.

    To the student's page where it opens to the reader; else to « Confidentialité », which says it of everybody.
    """
    request = context.get("request")
    found = opened_on(request) if request is not None else None
    if found is None:
        return {}
    (student,) = found.students if len(found.students) == 1 else (None,)
    return {"shows_file": True, "student": student if student and found.students[student] else None}
