"""The log of one relation as people keep it: through its pages only, with the models to see what was kept."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from accompagnement.demo.cast import Cast
from mentoring.tasks import plan_board
from people.models import User
from tests.log.kinds import DYAD, Kind, Relation
from tests.log.page import Sent, but, restorable, undo_in

ClientOf = Callable[[User], Client]


@dataclass(eq=False)
class Book:
    """The log of a relation, for records of one kind.

    ``nadia`` and ``julie`` are the two who write in it; of what only the programme's leads log, Julie twice. ``saved``
    is the answer to what was sent last. A day is ``free`` when no meeting is planned or logged on it.
    """

    cast: Cast
    relation: Relation
    kind: Kind
    client_of: ClientOf
    clients: dict[str, Client] = field(default_factory=dict)
    saved: Any = None

    @property
    def of(self) -> Any:
        return self.relation.of(self.cast)

    @property
    def home(self) -> str:
        return f"{self.relation.pages}{self.of.pk}/"

    @property
    def page(self) -> str:
        return f"{self.home}{self.kind.page}/"

    @property
    def today(self) -> date:
        return self.cast.on

    @property
    def free(self) -> date:
        return self.cast.on - timedelta(days=4)

    @property
    def rows(self) -> Any:
        """Those of the relation that are not undone."""
        return self.kind.model.objects.kept().filter(**{self.relation.name: self.of})

    @property
    def nadia(self) -> Client:
        return self.who("julie" if self.kind.all_lead else "nadia")

    @property
    def reader(self) -> str:
        """Who sees the relation, and may change nothing of such a record."""
        return "nadia" if self.kind.all_lead else "alain"

    @property
    def julie(self) -> Client:
        return self.who("julie", "again" if self.kind.all_lead else "")

    def who(self, name: str, place: str = "") -> Client:
        if name + place not in self.clients:
            self.clients[name + place] = self.client_of(getattr(self.cast, name))
        return self.clients[name + place]

    def student(self, place: int = 0) -> Any:
        return self.relation_students()[place]

    def relation_students(self) -> list[Any]:
        if self.relation is DYAD:
            return [self.of.student]
        return [row.student for row in self.of.members.select_related("student")[:3]]

    def typed(self, **changes: Any) -> Sent:
        """What a first log sends: a key of its own, the kind's words, the free day; None leaves a field out."""
        form: Sent = {"entry_uuid": str(uuid.uuid4()), "day": self.free.isoformat(), "note": ""}
        if self.kind.whom:
            form[self.kind.whom] = [self.student().pk]
        return but(form | self.kind.said, **changes)

    def on_other(self, day: date | str) -> Sent:
        """« Autre date », and which."""
        return {"day": "other", self.relation.other_day: day}

    def send(self, form: Sent, client: Client | None = None) -> Any:
        self.saved = (client or self.nadia).post(self.page, form)
        return self.saved

    def log(self, client: Client | None = None, **changes: Any) -> Any:
        """The record that a form logs."""
        reply = self.send(self.typed(**changes), client)
        assert reply.status_code == 302, reply.context["form"].errors
        return self.rows.latest("pk")

    def edit(self, row: Any) -> str:
        if self.kind.is_meeting:
            return f"{self.relation.meetings}{row.pk}/modifier/"
        return f"/entrees/{self.kind.slug}/{row.pk}/modifier/"

    def history(self, row: Any) -> str:
        return f"/entrees/{self.kind.slug}/{row.pk}/historique/"

    def undone(self) -> str:
        return f"/annulees/?{self.relation.asked_by}={self.of.pk}"

    def undo(self) -> str:
        """Where « Annuler » posts, after what was just saved."""
        return undo_in(self.saved)

    def undo_of(self, row: Any) -> str:
        """The address that takes this record back, whichever was saved last."""
        if self.kind.is_meeting:
            return f"{self.relation.meetings}{row.pk}/annuler/"
        if self.relation is DYAD:
            return f"/suivis/{self.kind.slug}/{row.pk}/annuler/"
        return f"{self.home}entrees/{row.entry_uuid}/annuler/"

    def put_back(self) -> None:
        """Press the one « Rétablir » of the page of what was undone."""
        ((address, said),) = restorable(self.nadia.get(self.undone()))
        assert self.nadia.post(address, said).status_code == 302

    def as_logged(self, row: Any) -> Sent:
        """The form of a correction as the record fills it (``opened`` reads it from the page)."""
        row.refresh_from_db()
        filled = {name: getattr(row, name) for name in ("note", "note_level")}
        if self.kind.whom:
            filled |= {self.kind.whom: None, self.kind.whom_then: row.student_id}
        return self.typed(day=row.on, saved_at=row.saved_at.isoformat(), **filled)

    def correct(self, row: Any, client: Client | None = None, *, since: Sent | None = None, **changes: Any) -> Any:
        """Change the record, as it stands or as it stood on the page opened ``since``."""
        self.saved = (client or self.nadia).post(self.edit(row), but(since or self.as_logged(row), **changes))
        return self.saved

    def planned(self, day: date | None = None) -> Any:
        """The meeting that waits today."""
        return self.rows.get(on=day or self.today, status="planned")

    def plan_on(self, day: date) -> Any:
        """Another meeting that waits, made as an import makes it."""
        self.rows.filter(on=day).delete()
        said = {self.relation.name: self.of, "board": self.cast.board, "planned": True}
        return self.kind.model.objects.create(on=day, status="planned", minutes=25, **said)

    def plan(self, on: date | None = None) -> None:
        """What the night does: plan four weeks ahead."""
        plan_board(self.cast.board.pk, (on or self.today).isoformat())

    def said(self, row: Any) -> str:
        """The note, read again."""
        row.refresh_from_db()
        return str(row.note)


def only(*kinds: Kind) -> pytest.MarkDecorator:
    """The test is of these kinds of records only."""
    return pytest.mark.parametrize("book", kinds, ids=str, indirect=True)
