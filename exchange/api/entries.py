"""What a program says of a meeting or a contact, as the form of the page would: the same form then checks it."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, create_model

from exchange.api.declaration import MOST, worded
from exchange.api.resources.log import NAMES
from exchange.api.values import Day, key
from mentoring.models import DyadMeeting
from people.models import User
from programs.log.forms import EntryForm
from programs.log.kinds import KINDS, AnyKind
from programs.log.limits import DAY, NOTE
from programs.log.met_by import THE_USUAL
from programs.models import FamilyContact, LoggedRecord, MeetingRecord
from programs.models.contacts import Channel

Said = Mapping[str, Any]
NOT_HELD = {"etat": "non-tenue"}
"""What the address of the page says for a dyad's meeting that was not held."""
FIELDS = {"day": "on", "other_on": "on", "other_minutes": "minutes", "students": "student_id", "student": "student_id",
          "guardian": "guardian_id", "__all__": ""}  # fmt: skip
"""The fields of the forms that requests call otherwise."""
Row = Annotated[int, Field(ge=1, le=MOST)]
Rows = Annotated[list[Row], Field(max_length=200)]


def _of(choices: Any) -> Any:
    literal: Any = Literal
    return literal[tuple(choices.values)]


def _asked(annotation: Any, words: Promise, default: Any = ...) -> Any:
    return annotation, worded(words, default)


def _perhaps(annotation: Any, words: Promise) -> Any:
    return _asked(annotation | None, words, None)


KEY = {
    "entry_uuid": _asked(
        Annotated[uuid.UUID, BeforeValidator(key)], _("votre clé\u00a0: envoyée deux fois, une seule entrée")
    )
}
COMMON = {
    "on": _asked(Day, _("date")),
    "note": _perhaps(Annotated[str, Field(max_length=NOTE)], _("note")),
    "note_level": _perhaps(_of(LoggedRecord.NoteLevel), _("niveau de la note")),
    "second": _asked(bool, _("oui, c’en est une autre du même jour"), False),
}
MINUTES = {"minutes": _perhaps(Annotated[int, Field(ge=1, le=DAY)], _("durée en minutes"))}
MEETING = {
    "late_reason": _asked(Annotated[str, Field(max_length=300)], _("pourquoi elle est consignée maintenant"), ""),
    "met_by": _perhaps(Row | Literal["usual"], _("qui a tenu la rencontre, quand il y avait un remplacement")),
}
STATUS = {
    "status": _asked(Literal["held", "not_held"], _("état")),
    "reason": _perhaps(_of(MeetingRecord.Reason), _("motif, quand elle n’a pas été tenue")),
}
OF_DYAD = {
    "channel": _perhaps(_of(Channel), _("moyen, quand elle a été tenue")),
    "activity": _perhaps(_of(DyadMeeting.Activity), _("activité")),
    "chosen_by": _perhaps(_of(DyadMeeting.ChosenBy), _("qui l’a choisie")),
    "setting": _perhaps(_of(DyadMeeting.Setting), _("mode")),
    "topic": _perhaps(_of(DyadMeeting.Topic), _("thème")),
    "structured": _perhaps(bool, _("activité structurée")),
}
OF_GROUP = {
    "activities": _asked(Annotated[list[str], Field(max_length=20)], _("activités"), []),
    "absent": _asked(Rows, _("élèves absents, par numéro"), []),
    "late": _asked(Rows, _("élèves arrivés après le début, par numéro"), []),
    "excused": _asked(Rows, _("absences motivées, par numéro"), []),
}
STUDENT = {"student_id": _asked(Row, _("numéro de l’élève"))}
FAMILY = {
    "channel": _asked(_of(Channel), _("moyen")),
    "outcome": _asked(_of(FamilyContact.Outcome), _("résultat")),
    "guardian_id": _perhaps(Row, _("numéro de la personne jointe")),
}


@dataclass(frozen=True)
class Writable:
    """A kind of record that programs log and correct. ``whose`` is the list that holds its owner."""

    slug: str
    whose: str
    new: Mapping[str, Any]
    """The fields of a new one, beside its key."""
    again: Mapping[str, Any]
    """Those of a correction, which says all of it."""
    typed: Callable[[Said], dict[str, Any]]

    @property
    def kind(self) -> AnyKind:
        return KINDS[self.slug]

    @property
    def name(self) -> str:
        return NAMES[self.slug]

    def schema(self, *, is_new: bool) -> type[BaseModel]:
        name = "".join(part.capitalize() for part in self.name.split("-"))
        columns: Any = {**KEY, **self.new} if is_new else self.again
        config = ConfigDict(extra="forbid", strict=True)
        return create_model(f"{name}{'New' if is_new else 'Again'}", __config__=config, **columns)

    def form(self, said: Said, *, owner: Model, user: User, on: date) -> EntryForm:
        """The form of a first log, filled with what was said."""
        return self.kind.form(self.data(said), owner=owner, user=user, on=on, query=query_of(said))

    def edit_form(self, said: Said, *, record: Any, user: User, on: date) -> EntryForm:
        """The form of a correction, filled with what was said."""
        data = self.data({**said, "entry_uuid": record.entry_uuid})
        if "students" in data:
            data["student"] = data.pop("students")[0]
        return self.kind.edit_form(data, record=record, user=user, on=on, query=query_of(said))

    def data(self, said: Said) -> dict[str, Any]:
        typed = {"entry_uuid": str(said["entry_uuid"]), "day": said["on"].isoformat(), "note": said["note"] or ""}
        typed |= {name: str(value) for name in ("note_level", "minutes") if (value := said.get(name))}
        typed |= {"second": "on"} if said["second"] else {}
        return typed | self.typed(said)


def query_of(said: Said) -> dict[str, str]:
    """What the page's address would say."""
    return NOT_HELD if said.get("status") == MeetingRecord.Status.NOT_HELD else {"etat": "tenue"}


def _words(said: Said, *names: str) -> dict[str, str]:
    return {name: str(value) for name in names if (value := said.get(name)) not in (None, "")}


def _meeting(said: Said) -> dict[str, Any]:
    met_by = said.get("met_by")
    typed = _words(said, "reason", "late_reason")
    return typed | ({"met_by": THE_USUAL if met_by == "usual" else str(met_by)} if met_by is not None else {})


def _of_dyad(said: Said) -> dict[str, Any]:
    structured = {True: {"structured": "yes"}, False: {"structured": "no"}}.get(said.get("structured"), {})  # type: ignore[arg-type]
    return _meeting(said) | _words(said, "channel", "activity", "chosen_by", "setting", "topic") | structured


def _of_group(said: Said) -> dict[str, Any]:
    away = {name: [str(pk) for pk in said[name]] for name in ("absent", "late", "excused")}
    return _meeting(said) | away | {"activities": list(said["activities"])}


def _contact(said: Said) -> dict[str, Any]:
    return {"students": [str(said["student_id"])]} | _words(said, "channel", "outcome") | _guardian(said)


def _guardian(said: Said) -> dict[str, str]:
    return {"guardian": str(said["guardian_id"])} if said.get("guardian_id") else {}


MEETING_OF_DYAD = {**COMMON, **STATUS, **MINUTES, **MEETING, **OF_DYAD}
MEETING_OF_GROUP = {**COMMON, **MINUTES, **MEETING, **OF_GROUP}
STUDENT_CONTACT = {**COMMON, **STUDENT, "channel": FAMILY["channel"], **MINUTES}
FAMILY_CONTACT = {**COMMON, **STUDENT, **FAMILY}
WRITABLE: Sequence[Writable] = (
    Writable("rencontre", "dyads", MEETING_OF_DYAD, MEETING_OF_DYAD, _of_dyad),
    Writable("rencontre-groupe", "groups", MEETING_OF_GROUP, {**MEETING_OF_GROUP, **STATUS}, _of_group),
    Writable("contact", "groups", STUDENT_CONTACT, STUDENT_CONTACT, _contact),
    Writable("famille", "groups", FAMILY_CONTACT, FAMILY_CONTACT, _contact),
)
