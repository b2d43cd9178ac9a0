"""Log a meeting or a contact, correct one: the forms and the verbs of the pages, in one transaction."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from ninja import Body, Header, Router

from exchange.api.declaration import RESOURCES, Resource
from exchange.api.entries import FIELDS, Said, Writable
from exchange.api.problems import Problem, faults_of
from exchange.api.views.door import Bearer
from exchange.api.views.reading import Absent, Id, conditional, content_of, let_ask, rows_of, tag_of, told_of
from people.forms import ActionForm
from people.models import User
from programs.log import verbs
from programs.log.conflicts import Conflict
from programs.log.forms import noted
from programs.log.kinds import AnyKind, Part
from programs.log.relation_kinds import MeetingKind
from programs.log.views.entries import refuse_who_may_not
from programs.models import MeetingRecord


def add_writing(router: Router, writable: Writable) -> None:
    """Log one under its owner; correct one where it is read."""
    resource = RESOURCES[writable.name]
    row, new, again = resource.schema(), writable.schema(is_new=True), writable.schema(is_new=False)

    def post(request: HttpRequest, pk: Id, said: Any) -> HttpResponseBase:
        return logged(request, writable, resource, pk, said.model_dump())

    def put(request: HttpRequest, pk: Id, said: Any, if_match: str | Absent = MATCH) -> HttpResponseBase:
        return corrected(request, writable, resource, pk, said.model_dump(), if_match or "")

    let_ask(post, "said", Body, new)
    let_ask(put, "said", Body, again)
    shared: dict[str, Any] = {"auth": Bearer(), "tags": [resource.name]}
    log, correct = ({**shared, "summary": words} for words in (_("Consigner"), _("Corriger")))
    router.post(
        f"/{writable.whose}/{{int:pk}}/{writable.name}",
        **log,
        operation_id=f"{resource.slug}_log",
        response={201: row, 200: row},
        url_name=f"api_v1_{resource.slug}_log",
    )(post)
    router.put(
        f"/{writable.name}/{{int:pk}}",
        **correct,
        operation_id=f"{resource.slug}_correct",
        response=row,
        url_name=f"api_v1_{resource.slug}_one",
    )(put)


WORDS: Any = _("l’«\u00a0ETag\u00a0» de l’entrée que vous avez lue")
MATCH: Any = Header(None, alias="If-Match", description=WORDS)


def logged(request: HttpRequest, writable: Writable, resource: Resource, pk: int, said: Said) -> HttpResponseBase:
    """201 with the record; 200 with the same one when its key was sent before."""
    kind, user = writable.kind, _person(request)
    on = user.local_date()
    owner = kind.owner_to_log(user, pk)
    form = writable.form(said, owner=owner, user=user, on=on)
    if not form.is_valid():
        raise _refused(form)
    try:
        with transaction.atomic():
            parts = kind.parts(form, owner)
            was_there = _was_sent(kind, parts)
            record = verbs.log(parts=parts, person=user, on=on, second=said["second"])[0]
    except ValidationError as refusal:
        raise Problem(422, faults=faults_of(refusal, FIELDS)) from refusal
    response = conditional(request, told_of(request, resource, record.pk), 200 if was_there else 201)
    response["Location"] = request.build_absolute_uri(reverse(f"api_v1_{resource.slug}_one", args=[record.pk]))
    return response


def corrected(
    request: HttpRequest, writable: Writable, resource: Resource, pk: int, said: Said, if_match: str
) -> HttpResponseBase:
    """The record as it says now. 428 without a version, 412 when someone changed it and it says something else."""
    kind, user = writable.kind, _person(request)
    record = rows_of(request, resource, {}).filter(pk=pk).first()
    if record is None:
        raise Http404
    refuse_who_may_not(kind, user, record)
    if not if_match:
        raise Problem(428)
    tag = tag_of(content_of(resource.told(record)))
    is_seen = if_match.strip() == "*" or tag in [one.strip().removeprefix("W/") for one in if_match.split(",")]
    try:
        with transaction.atomic():
            _correct(writable, record, said, user, record.saved_at if is_seen else None)
    except Conflict as conflict:
        raise Problem(412) from conflict
    except ValidationError as refusal:
        raise Problem(422, faults=faults_of(refusal, FIELDS)) from refusal
    return conditional(request, told_of(request, resource, pk))


def _correct(writable: Writable, record: Any, said: Said, user: User, saved_at: datetime | None) -> None:
    kind, on = writable.kind, user.local_date()
    what: dict[str, Any] = {"kind": kind, "record": record, "person": user, "on": on, "saved_at": saved_at}
    if isinstance(kind, MeetingKind) and kind.owner == "group" and said["status"] == MeetingRecord.Status.NOT_HELD:
        form: Any = kind.not_held_form(writable.data({**said, "entry_uuid": record.entry_uuid}))
        _shown, form.note_hidden = noted(record)
        if not form.is_valid():
            raise _refused(form)
        verbs.not_hold(**what, entry=form.not_held(record.on))
        return
    form = writable.edit_form(said, record=record, user=user, on=on)
    if not form.is_valid():
        raise _refused(form)
    verbs.correct(**what, entry=kind.corrected(form, record), second=said["second"])


def _was_sent(kind: AnyKind, parts: Iterable[Part]) -> bool:
    """Whether the same sending wrote one already: what was only planned, or was undone since, is written now."""
    rows = kind.rows().filter(entry_uuid__in=[part.key for part in parts], deleted_at__isnull=True)
    return any(row.is_logged for row in rows)


def _person(request: HttpRequest) -> User:
    person: User = request.auth.person  # type: ignore[attr-defined]
    return person


def _refused(form: ActionForm) -> Problem:
    refusal = ValidationError(dict(form.errors.as_data()))
    return Problem(422, faults=faults_of(refusal, FIELDS))
