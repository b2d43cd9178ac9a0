"""What every file's rules are: called at each step of its import, they ask nothing unless a file says so."""

from collections.abc import Iterable

from exchange.bundle.drafts import Draft
from exchange.bundle.roles import RolesGiven
from exchange.bundle.state import State
from exchange.reading import Problem


class Rules:
    """Called for each batch before it is written and after, and once at the end. The base asks nothing."""

    def __init__(self, state: State, roles: RolesGiven) -> None:
        self.state, self.roles = state, roles

    def resolved(self, drafts: list[Draft]) -> list[Problem]:
        """Called first, with the rows whose references are all found; the same."""
        return []

    def check(self, drafts: list[Draft]) -> list[Problem]:
        """Problems of the batch; marks the faulty drafts."""
        return []

    def written(self, drafts: list[Draft]) -> None:
        """Called with the sound drafts, which have their primary keys."""

    def finish(self) -> Iterable[Problem]:
        return []
