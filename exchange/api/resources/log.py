"""What is logged: a list for each kind of record that the house declares, with the fields that people fill in."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from exchange.api.declaration import Resource, Told
from exchange.api.resources.common import ID, named_if_theirs, place, whose, within
from people.models import User
from programs.attendance import counts
from programs.log.kinds import KINDS, AnyKind
from programs.log.labels import OTHER_LABELS, fields_of
from programs.models import Attendance, GroupMeeting, LoggedRecord, MeetingRecord, SupportGroup

NAMES = {
    "rencontre": "dyad-meetings",
    "rencontre-groupe": "group-meetings",
    "contact": "student-contacts",
    "famille": "family-contacts",
    "bilan-groupe": "group-reviews",
    "temps": "function-times",
    "routine": "follow-ups",
    "echange": "teacher-liaisons",
    "evenement": "difficult-events",
    "bilan": "relationship-reviews",
    "appel": "support-calls",
}
"""How the API calls each kind of record, by its slug."""
TITLES = {
    "rencontre": _("Rencontres et contacts des dyades"),
    "rencontre-groupe": _("Rencontres des groupes"),
    "contact": _("Contacts individuels"),
    "famille": _("Contacts avec les familles"),
    "bilan-groupe": _("Bilans des groupes"),
    "temps": _("Temps des trois fonctions"),
    "routine": _("Routines de la semaine"),
    "echange": _("Échanges avec le personnel enseignant"),
    "evenement": _("Événements difficiles"),
    "bilan": _("Bilans des relations"),
    "appel": _("Appels de soutien"),
}
TYPES: tuple[tuple[type[models.Field], Any], ...] = (
    (models.BooleanField, bool),
    (models.IntegerField, int),
    (models.DateTimeField, datetime),
    (models.DateField, date),
    (models.TimeField, str),
    (models.JSONField, list),
)
PRESENCES = (
    Told("present", _("présences"), int, nullable=False),
    Told("noted", _("présences notées"), int, nullable=False),
)


def resources() -> Iterator[Resource]:
    """One for each kind, in the order of its declaration; then who was at the meetings of groups."""
    for slug, kind in KINDS.items():
        yield of_kind(slug, kind)
    yield ATTENDANCES


def of_kind(slug: str, kind: AnyKind) -> Resource:
    """The list of one kind: whose, where, the day, what people filled in, the note as the person may read it."""
    owner = kind.owner
    about: tuple[Told, ...] = (Told(f"{owner}_id", _("numéro de qui ou de quoi il s’agit"), int, nullable=False),)
    if owner == "dyad":
        about += (*named_if_theirs("dyad.student"), *place("dyad.program"))
    elif owner == "group":
        about += (Told("group", _("groupe"), str, nullable=False), *place("group.program"))
    filled = [told for field in fields_of(kind.model) if field.name != "note_level" for told in told_of(field)]
    filters = {owner: owner} | (within(f"{owner}__") if owner != "person" else {})
    extra = PRESENCES if kind.model is GroupMeeting else ()
    return Resource(
        NAMES[slug], TITLES[slug], (ID, *about, *filled, *extra, *_behind(kind)), rows_of(kind), filters, dated="on"
    )


def rows_of(kind: AnyKind) -> Callable[[User], QuerySet[Any]]:
    """What the person sees of a kind, without what was undone."""

    def rows(user: User) -> QuerySet[Any]:
        seen = kind.every_seen_by(user).filter(deleted_at__isnull=True)
        seen = seen.select_related(*_pointed(kind.model))
        if kind.owner == "dyad":
            seen = seen.annotate(is_theirs=whose(user, "dyad__program"))
        if kind.owner != "person":
            seen = seen.select_related(f"{kind.owner}__program__school", *_links(kind))
        return seen.annotate(**counts()) if kind.model is GroupMeeting else seen

    return rows


def told_of(field: models.Field) -> Iterator[Told]:
    """A field as people fill it in; one that points to a row is told by its number, a student by their name too."""
    label = _label(field)
    if isinstance(field, models.ForeignKey):
        yield Told(field.attname, label, int, nullable=True)
        if field.name == "student":
            yield Told("student", label, str)
    elif field.choices:
        yield Told(field.name, label, str, values=[code for code, _words in field.flatchoices if code],
                   labels=dict(field.flatchoices), nullable=field.blank or field.null)  # fmt: skip
    else:
        known = next((kind for model, kind in TYPES if isinstance(field, model)), str)
        read: Any = _clock(field.name) if isinstance(field, models.TimeField) else ""
        yield Told(field.name, label, known, read, nullable=known is str or field.null)


def _behind(kind: AnyKind) -> tuple[Told, ...]:
    planned = (Told("planned", _("était prévue"), bool, nullable=False),) if _is_meeting(kind) else ()
    return (
        Told("note", _("note, quand vous pouvez la lire"), str, "readable_note", in_files=False),
        Told("note_level", _("niveau de la note"), str, values=LoggedRecord.NoteLevel.values,
             labels=dict(LoggedRecord.NoteLevel.choices), nullable=False, in_files=False),
        *planned,
        Told("logged_on", _("consignée le"), date),
        Told("entry_uuid", _("clé de l’envoi"), str, nullable=False),
        Told("saved_at", _("enregistrée le"), datetime, nullable=False),
    )  # fmt: skip


def _is_meeting(kind: AnyKind) -> bool:
    return issubclass(kind.model, MeetingRecord)


def _pointed(model: type[models.Model]) -> list[str]:
    return ["student"] if any(field.name == "student" for field in model._meta.fields) else []


def _links(kind: AnyKind) -> list[str]:
    return ["dyad__student"] if kind.owner == "dyad" else []


def _label(field: models.Field) -> Any:
    return OTHER_LABELS.get(field.name, field.verbose_name)


def _clock(name: str) -> Callable[[Any], str | None]:
    def told(row: Any) -> str | None:
        at: time | None = getattr(row, name)
        return at.strftime("%H:%M") if at else None

    return told


def _attendances(user: User) -> QuerySet[Attendance]:
    meetings = GroupMeeting.objects.kept().filter(group__in=SupportGroup.objects.visible_to(user))
    there = Attendance.objects.of_members().filter(meeting__in=meetings.order_by().values("pk"))
    return there.select_related("meeting", "student")


ATTENDANCES = Resource(
    "attendances",
    _("Présences aux rencontres des groupes"),
    (
        ID,
        Told("meeting_id", _("numéro de la rencontre"), int, nullable=False),
        Told("group_id", _("numéro du groupe"), int, "meeting.group_id", nullable=False),
        Told("on", _("date"), date, "meeting.on", nullable=False),
        Told("student_id", _("numéro de l’élève"), int, nullable=False),
        Told("student", _("élève"), str, nullable=False),
        Told("status", _("présence"), str, values=Attendance.Status.values, labels=dict(Attendance.Status.choices),
             nullable=False),
    ),
    _attendances,
    {"meeting": "meeting", "group": "meeting__group", **within("meeting__group__")},
    dated="meeting__on",
)  # fmt: skip
