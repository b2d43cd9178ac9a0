"""The pages by which files come in."""

from collections.abc import Iterator

from accompagnement.demo.cast import Cast
from tests.targets import sent_file


def of_imports(cast: Cast) -> list[str]:
    """A file to send, one whose lines wait, its columns, one that waits its turn, one that can't be read."""
    waiting, queued, broken = (f"/importer/{sent_file(cast.alain, state).pk}/" for state in ("", "queued", "failed"))
    return ["/importer/", waiting, f"{waiting}colonnes/", queued, broken]


def forms_of_imports(cast: Cast) -> Iterator[str]:
    yield "/importer/"
