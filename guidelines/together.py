"""What is done to many relations in one gesture, and undone in one: a year that is turned, commitments at their end."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from guidelines.catalogue import CATALOGUE
from guidelines.decisions import put_back
from guidelines.evaluation import evaluate_board
from guidelines.models import Flag, FlagEvent
from mentoring.models import Dyad
from people.apart import tell_apart
from people.models import SchoolBoard, User
from programs.actions.planning import plan_ahead
from programs.gestures.kinds import KINDS, Kind, M, Made, drop_plans, place_of
from programs.gestures.memory import Changes, changed_since, new_rows
from programs.models import Gesture, Program, Relation

MOST_NAMED = 3


class Together(Kind[M]):
    """What was decided of findings in the same gesture goes back where it stood, as far as it still stands."""

    def undoing(self, gesture: Gesture, person: User) -> None:
        """Refuse where something was built on it, with the name of what; then give the findings back."""
        if others := changed_since(gesture.changed):
            words = _t(
                "Quelque chose a changé depuis\u00a0: %(names)s. Rien n’est annulé; corrigez plutôt page par page."
            )
            raise ValidationError(words % {"names": _names(others)})
        for row in new_rows(gesture.changed):
            _let_go(row)
        gesture.changed = [told for told in gesture.changed if not _is_raised_again(told)]
        settled = [told["pk"] for told in gesture.changed if told["model"] == Flag._meta.label_lower]
        FlagEvent.objects.filter(flag__in=settled, kind=FlagEvent.Kind.CLEARED).delete()
        events = list(FlagEvent.objects.filter(batch=gesture.key)) if gesture.key else []
        flags = Flag.objects.filter(pk__in=[event.flag_id for event in events])
        put_back(events, flags, person=person)

    def settle(self, board: SchoolBoard, on: date) -> None:
        plan_ahead(board=board, on=on)
        evaluate_board(board, on=board.until_today(on), codes=frozenset(CATALOGUE))


class YearTurned(Together[Program]):
    slug, model = "annee-suivante", Program
    words, back = _("Passage à l’année suivante"), _("Le passage est annulé\u00a0: tout est comme avant.")

    def title(self, row: Program) -> str:
        return row.name

    def place(self, row: Program) -> dict[str, Any]:
        return place_of(row)

    def page_of(self, row: Program) -> str:
        return reverse("program_turn", args=[row.pk])

    def hold(self, row: Program) -> None:
        Program._base_manager.select_for_update(of=("self",)).get(pk=row.pk)

    def after(self, row: Program, on: date) -> None:
        self.settle(row.board, on)


class RelationsSettled(Together[SchoolBoard]):
    slug, model = "relations-reglees", SchoolBoard
    words, back = _("Relations closes ou renouvelées"), _("C’est annulé\u00a0: les relations sont comme avant.")

    def place(self, row: SchoolBoard) -> dict[str, Any]:
        return {"board": row}

    def page_of(self, row: SchoolBoard) -> str:
        return reverse("relations_at_end")

    def hold(self, row: SchoolBoard) -> None:
        SchoolBoard.objects.select_for_update().get(pk=row.pk)

    def after(self, row: SchoolBoard, on: date) -> None:
        self.settle(row, on)


Stood = dict[int, tuple[str, int | None, date | None]]
"""By finding, its state, in whose charge it is, until when."""


def where_they_stand(board: SchoolBoard) -> Stood:
    """The live findings of a board, before a gesture. One query."""
    rows = Flag.objects.live().filter(board=board).values_list("pk", "state", "taken_by", "until")
    return {pk: (state, taken_by, until) for pk, state, taken_by, until in rows}


def note_cleared(before: Stood, changes: Changes) -> None:
    """Findings that the gesture settled live again, in whose charge they were, once it is undone. One query."""
    for flag in Flag.objects.filter(pk__in=before, state=Flag.State.CLEARED):
        state, taken_by, until = before[flag.pk]
        changes.saw(flag, state=state, taken_by_id=taken_by, until=until, cleared_on=None)


def _is_raised_again(told: Mapping[str, Any]) -> bool:
    """Whether a finding that the gesture settled was raised anew since: the new row is the one that lives."""
    if told["model"] != Flag._meta.label_lower:
        return False
    flag = Flag.objects.get(pk=told["pk"])
    kind = flag.subject_kind
    live = Flag.objects.live().filter(guideline=flag.guideline, **{kind: getattr(flag, f"{kind}_id")})
    return live.exists()


def _let_go(row: Model) -> None:
    """A row that was made goes unless something is logged of it."""
    kind = next((one for one in KINDS.values() if isinstance(one, Made) and one.model is type(row)), None)
    if kind is None:
        return
    try:
        kind.check(row)
    except ValidationError as refusal:
        words = _t("%(name)s\u00a0: %(why)s") % {"name": _names([row]), "why": " ".join(refusal.messages)}
        raise ValidationError(words) from refusal
    if isinstance(row, Relation):
        drop_plans(row.meetings.all())


def _names(rows: list[Any]) -> str:
    relations = {}
    for row in rows:
        relation = row if isinstance(row, Relation) else getattr(row, "dyad", None) or getattr(row, "group", None)
        if relation is not None:
            relations[type(relation), relation.pk] = relation
    named = tell_apart(relations.values())
    shown = [one.full_name if not isinstance(one, Dyad) else str(one) for one in named[:MOST_NAMED]]
    return ", ".join([*shown, *(["…"] if len(named) > MOST_NAMED else [])])


TOGETHER: tuple[Any, ...] = (YearTurned(), RelationsSettled())
"""Every gesture that findings follow."""
