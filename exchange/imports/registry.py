"""The kinds of import there are, by name; each app's facts come in by one declaration."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exchange.imports.declaration import ImportKind

KINDS: "dict[str, ImportKind]" = {}


def register(*kinds: "ImportKind") -> None:
    """Add kinds, in the order in which a page offers them."""
    KINDS.update((kind.name, kind) for kind in kinds)
