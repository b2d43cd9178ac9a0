"""What a page that shows a student's file owes: a line in the journal, and the way to who may see it."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from people.audit_verbs import LIST_OPENED, STUDENT_OPENED
from people.models import AuditEntry, Student, User
from people.opened import SHOWN
from people.privacy.pages import NAMING, PAGES
from people.privacy.tables import table_of


def unkept(name: str, response: Any) -> Iterator[str]:
    """What a page shown to a person leaves out of the journal, or does not say."""
    person = response.wsgi_request.user
    if name not in PAGES or not isinstance(person, User) or response.status_code not in SHOWN:
        return
    model, pk = PAGES[name].row(response.resolver_match.kwargs)
    one = table_of(model)
    lookups = [lookup or "pk" for lookup in one.student] if one else []
    student = model._base_manager.values_list(*lookups).get(pk=pk)[0] if lookups else None
    if student:
        of = {"verb": STUDENT_OPENED.code, "subject_type": Student._meta.label_lower, "subject_id": student}
    else:
        assert model._meta.label in NAMING, name
        of = {"verb": LIST_OPENED.code, "subject_type": model._meta.label_lower, "subject_id": pk}
    if not AuditEntry.objects.filter(**of, person=person).exists():
        yield "is not in the journal"
    if response.headers["Content-Type"].startswith("text/html"):
        ways = {reverse("confidentiality") + "#who", f"{reverse('student', args=[student or 0])}#readers"}
        words = response.content.decode()
        if not any(f'href="{way}"' in words for way in ways):
            yield "does not lead to who may see it"
