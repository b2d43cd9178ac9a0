"""Every row of a stage, and what each belongs to, whoever looks."""

from datetime import date
from typing import Any

from django.db.models import Model

from mentoring.models import Mentor
from people.models import School, SchoolBoard, Student, User
from programs.models import Program

OWNERS = ("flag", "dyad", "group", "meeting", "role", "program", "mentor", "student", "person", "school", "board")
"""What a row may belong to, the nearest first."""


class Rows:
    """Every row of the stage, read once a model; one made since is read when it is asked for."""

    def __init__(self) -> None:
        self.tables: dict[type[Model], dict[Any, Any]] = {}

    def all(self, model: type[Model]) -> list[Any]:
        if model not in self.tables:
            self.tables[model] = {row.pk: row for row in model._base_manager.all()}
        return list(self.tables[model].values())

    def get(self, model: type[Model], pk: Any) -> Any:
        self.all(model)
        return self.tables[model].get(pk) or model._base_manager.filter(pk=pk).first()

    def parent(self, row: Any, name: str) -> Any:
        """What a foreign key leads to; None where there is none."""
        if getattr(row, f"{name}_id", None) is None:
            return None
        return self.get(row._meta.get_field(name).related_model, getattr(row, f"{name}_id"))

    def owner(self, row: Any) -> Any:
        return next((parent for name in OWNERS if (parent := self.parent(row, name))), None)

    def school_id(self, row: Any) -> int | None:
        """Where a row is from; None when it is of no school."""
        if isinstance(row, School):
            return row.pk
        if isinstance(row, (User, Student, Program)):
            return row.school_id
        if isinstance(row, Mentor):
            return self.parent(row, "person").school_id
        owner = self.owner(row)
        return self.school_id(owner) if owner and not isinstance(owner, SchoolBoard) else None

    def board_id(self, row: Any) -> int | None:
        if isinstance(row, SchoolBoard):
            return row.pk
        board = getattr(row, "board_id", None)
        return board or (self.board_id(owner) if (owner := self.owner(row)) else None)


def lasts(row: Any, on: date) -> bool:
    return (row.starts_on is None or row.starts_on <= on) and (row.ends_on is None or row.ends_on > on)
