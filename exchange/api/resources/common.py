"""Fields that several lists share, and the one rule of names."""

from typing import Any

from django.db.models import BooleanField, Case, Value, When
from django.utils.translation import gettext_lazy as _

from exchange.api.declaration import Told
from people.models import User
from programs.models.programs import in_charge

ID = Told("id", _("numéro"), int, "pk", nullable=False)


def place(program: str = "program") -> tuple[Told, ...]:
    """The programme and the school, by ``program``, the lookup that leads to it."""
    return (
        Told("program_id", _("numéro du programme"), int, f"{program}.pk", nullable=False),
        Told("program", _("programme"), str, program, nullable=False),
        Told("school_id", _("numéro de l’école"), int, f"{program}.school_id", nullable=False),
        Told("school", _("école"), str, f"{program}.school", nullable=False),
    )


def whose(user: User, program: str) -> Any:
    """To annotate ``is_theirs``: whether the row's programme is one that the person answers for.

    As in the files of « Rapports », a student of a dyad is named to these alone; a mentor's own dyads are numbers.
    """
    theirs = When(in_charge(user.access, f"{program}__"), then=Value(True))
    return Case(theirs, default=Value(False), output_field=BooleanField())


def named_if_theirs(student: str) -> tuple[Told, ...]:
    """The student of a dyad, for whoever answers for the programme; null for its mentor."""
    path = student.split(".")

    def of(row: Any) -> Any:
        for part in path:
            row = getattr(row, part)
        return row

    return (
        Told("student_id", _("numéro de l’élève"), int, lambda row: of(row).pk if row.is_theirs else None),
        Told("student", _("élève"), str, lambda row: of(row) if row.is_theirs else None),
    )


def within(of: str = "") -> dict[str, str]:
    """The filters by programme and by school; ``of`` is the lookup to what has a programme, with its underscores."""
    return {"program": f"{of}program", "school": f"{of}program__school"}
