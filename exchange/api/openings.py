"""What the journal keeps of what a program reads: a row about a student as a page is, a list once a day."""

from datetime import date

from django.core.cache import cache
from django.db.models import Model
from django.http import HttpRequest

from exchange.api.declaration import Resource
from exchange.audit_verbs import LIST_READ_BY_TOKEN
from exchange.models import ApiToken
from people import audit
from people.actions.openings import note_files
from people.models import AuditEntry
from people.opened import students_of, ways_to
from people.privacy.tables import table_of

A_DAY = 24 * 3600


def note_row(request: HttpRequest, resource: Resource, pk: int, *, on: date) -> None:
    """Keep that a row was read, of the students whom it is about: once a day, as on a page."""
    person = _token(request).person
    model = resource.rows(person).model
    key = f"api-row-{person.pk}-{model._meta.label}-{pk}-{on}"
    if _is_known(key):
        return
    students = students_of(model, pk)
    if students:
        note_files(students=ways_to(students, person), user=person)
    _remember(key)


def note_list(request: HttpRequest, resource: Resource, model: type[Model], *, on: date) -> None:
    """Keep that a list about students was read by a token, once a day: the name of the list is the reason."""
    token, one = _token(request), table_of(model)
    board = token.person.board
    if board is None or one is None or not one.student:
        return
    key = f"api-list-{token.pk}-{resource.name}-{on}"
    if _is_known(key):
        return
    of = {"subject_type": token._meta.label_lower, "subject_id": token.pk, "verb": LIST_READ_BY_TOKEN.code}
    if not AuditEntry.objects.filter(**of, reason=resource.name, at__gte=board.began(on)).exists():
        name = resource.name
        audit.record(board=board, person=token.person, verb=LIST_READ_BY_TOKEN, subject=token, reason=name)
    _remember(key)


def _is_known(key: str) -> bool:
    """Whether the journal has it already, as far as is remembered; a cache that is down remembers nothing."""
    try:
        return bool(cache.get(key))
    except Exception:  # whatever the cache of the day raises when it is not there
        return False


def _remember(key: str) -> None:
    try:
        cache.set(key, True, A_DAY)
    except Exception:  # the journal is asked again
        return


def _token(request: HttpRequest) -> ApiToken:
    token: ApiToken = request.auth  # type: ignore[attr-defined]
    return token
