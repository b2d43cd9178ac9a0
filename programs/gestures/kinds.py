"""What is made or ended in the structure, and can be undone: one declared class a kind, in the app that it is of."""

from datetime import date
from typing import Any, ClassVar, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import ngettext

from people.audit_registry import Verb
from people.models import User
from programs.actions.held import locked
from programs.actions.planning import plan_ahead
from programs.gestures.memory import Changes, Picture
from programs.log.kinds import KINDS as LOGGED
from programs.models import Gesture, MeetingRecord, Program, Relation

M = TypeVar("M", bound=Model)


class Kind(Generic[M]):
    """One kind of gesture; ``words`` names it on lists, ``back`` is what the banner says once it is undone."""

    slug: ClassVar[str]
    model: type[M]
    words: str | Promise
    back: str | Promise
    needs: tuple[str, ...] = ()
    """The pointers of a row that its title reads."""

    def title(self, row: M) -> str:
        """Which one it is, for those who may undo it."""
        return ""

    def place(self, row: M) -> dict[str, Any]:
        """Of which board, and of which programme, school or mentor."""
        raise NotImplementedError

    def page_of(self, row: M) -> str:
        """Where one reads what became of it."""
        raise NotImplementedError

    def hold(self, row: M) -> None:
        """Let nobody else change what it belongs to until the transaction ends."""

    def check_return(self, row: M, on: date) -> None:
        """Refuse to undo what something else took the place of meanwhile."""

    def undoing(self, gesture: Gesture, person: User) -> None:
        """What is undone with it, beside its rows; refuse it, and say of what, where something was built on it."""

    def after(self, row: M, on: date) -> None:
        """Tell those who listen, once it is done or undone; ``row`` may be there no more."""

    def after_all(self, row: M, rows: Picture, on: date) -> None:
        """As above, where ``rows`` (as they were, or what changed in them) went or came back with it, all at once.

        Refuses, when it is undone, what something else took the place of meanwhile.
        """
        self.after(row, on)


class Made(Kind[M]):
    """A row that somebody entered: taken back as a mistake, it is gone for all that reads."""

    added: tuple[Verb, ...] = ()
    """The deeds of the journal by which one is entered."""
    taken_back: Verb
    gone: str | Promise
    """What the banner says once it is taken back."""
    edit: str = ""
    """The name of the address where it is corrected."""
    why_no_edit: str = ""
    """Where there is none: why not."""

    def seen_by(self, user: User) -> "QuerySet[M]":
        raise NotImplementedError

    def allowed(self, user: User) -> "QuerySet[M]":
        """Those that the person may take back."""
        raise NotImplementedError

    def check(self, row: M) -> None:
        """Refuse to let vanish what facts are logged of."""

    def along(self, row: M) -> "list[QuerySet[Any]]":
        """What goes with the row though it does not point to it."""
        return []

    def beside(self, row: M, changes: Changes) -> None:
        """What the row had ended when it came goes on again; what was planned of it goes."""


KINDS: dict[str, Kind[Any]] = {}


def declare(*kinds: Kind[Any]) -> None:
    """For ``apps.ready`` only."""
    KINDS.update({kind.slug: kind for kind in kinds})


def made_of(model: type[Model]) -> Made[Any]:
    """The kind of a model whose rows can be taken back."""
    return next(kind for kind in KINDS.values() if isinstance(kind, Made) and kind.model is model)


class OfRelation(Kind[M]):
    """What befalls a row of a relation, or the relation itself."""

    relations: type[Relation]

    def relation(self, row: M) -> Relation:
        relation: Relation = getattr(row, self.relations.NOUN)
        return relation

    def place(self, row: M) -> dict[str, Any]:
        return place_of(self.relation(row).program)

    def page_of(self, row: M) -> str:
        relation = self.relation(row)
        is_there = type(relation)._base_manager.filter(pk=relation.pk).exists()
        return relation.get_absolute_url() if is_there else reverse(f"{relation.NOUN}s")

    def hold(self, row: M) -> None:
        locked(self.relation(row))

    def after(self, row: M, on: date) -> None:
        relation = self.relation(row)
        if type(relation)._base_manager.filter(pk=relation.pk).exists():
            plan_ahead(board=relation.board, on=on, relation=relation)
            relation.announce(on)


class RelationMade(OfRelation[M], Made[M]):
    """Who decides on the course of the relation takes it back, unless ``allowing`` says otherwise."""

    allowing: str = "run_by"

    @property
    def of(self) -> str:
        """The lookup to the relation."""
        return f"{self.relations.NOUN}__in"

    def seen_by(self, user: User) -> "QuerySet[M]":
        rows: Any = self.model._default_manager
        seen: QuerySet[M] = rows.filter(**{self.of: self.relations.objects.visible_to(user)})
        return seen

    def allowed(self, user: User) -> "QuerySet[M]":
        rows: Any = self.model._default_manager
        mine: QuerySet[M] = rows.filter(**{self.of: getattr(self.relations.objects, self.allowing)(user)})
        return mine


class Ending(OfRelation[M]):
    """The end of something, which an action wrote in rows that stay: it goes on again."""


def refuse_logged(relation: Relation) -> None:
    """Refuse while something is logged of a relation: it is undone first, or the relation is ended."""
    owners = [kind for kind in LOGGED.values() if kind.owner == relation.NOUN]
    count = 0
    for kind in owners:
        rows = kind.rows().filter(**{kind.owner: relation}, deleted_at__isnull=True)
        if issubclass(kind.model, MeetingRecord):
            rows = rows.exclude(status=MeetingRecord.Status.PLANNED)
        count += rows.count()
    refuse_entries(count)


def refuse_entries(count: int) -> None:
    """Refuse, in words that say what to do, where as many entries stand."""
    if count:
        sentence = ngettext(
            "%(count)d entrée y est consignée\u00a0: annulez-la d’abord si c’est une erreur, ou inscrivez une fin.",
            "%(count)d entrées y sont consignées\u00a0: annulez-les d’abord si ce sont des erreurs, "
            "ou inscrivez une fin.",
            count,
        )
        raise ValidationError(sentence % {"count": count})


def drop_plans(rows: "QuerySet[Any]") -> None:
    """Plans that nobody touched leave no memory."""
    gone = rows.filter(status=MeetingRecord.Status.PLANNED, deleted_at__isnull=True, note="")
    gone._raw_delete(gone.db)


def place_of(program: Program) -> dict[str, Any]:
    """Where what belongs to a programme is."""
    return {"board": program.board, "school_id": program.school_id, "program": program}
