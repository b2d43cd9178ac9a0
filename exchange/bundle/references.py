"""From the keys of a row to the rows that they name, all of one board."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from exchange.bundle.declaration import BundleFile, Column
from exchange.bundle.drafts import Draft
from exchange.bundle.index import Index, Place
from exchange.bundle.types import Reference
from exchange.reading import Problem


def resolve(file: BundleFile, drafts: Iterable[Draft], index: Index) -> list[Problem]:
    """Set each draft's board and foreign keys. One query per file referred to for the keys that the bundle lacks."""
    wanted = defaultdict[str, set[str]](set)
    drafts = list(drafts)
    columns = {column.name: column for column in file.references}
    for name, column in columns.items():
        wanted[file_of(column)].update(draft.texts[name] for draft in drafts if name in draft.texts)
    for name, keys in wanted.items():
        index.look_up(name, keys)
    problems = []
    for draft in drafts:
        if wrong := list(_resolve_row(file, draft, columns, index)):
            problems += wrong
            draft.faulty = True
    return problems


def file_of(column: Column) -> str:
    assert isinstance(column.type, Reference)  # noqa: S101
    return column.type.file


def _resolve_row(file: BundleFile, draft: Draft, columns: dict[str, Column], index: Index) -> Iterable[Problem]:
    found: dict[str, list[Place]] = {}
    for name, text in draft.texts.items():
        target = file_of(columns[name])
        found[name] = index.places(target, text)
        if not found[name]:
            draft.faulty = True
            if not index.is_faulty(target, text):
                sentence = _("«\u00a0%(key)s\u00a0» est inconnu\u00a0: ni %(file)s ni la base n’ont cette clé.")
                yield Problem(file.name, draft.row, name, sentence % {"key": text, "file": target})
    if not found or not all(found.values()):
        return
    common = {place[0] for places in found.values() for place in places}
    if len(common) > 1:
        common = set.intersection(*({place[0] for place in places} for places in found.values()))
    if len(common) > 1:
        brought = [n for n in found if any(index.brings(file_of(columns[n]), draft.texts[n], b) for b in common)]
        for name in brought:
            common = {b for b in common if index.brings(file_of(columns[name]), draft.texts[name], b)} or common
    if len(common) != 1:
        yield _apart(file, draft, found) if not common else _ambiguous(file, draft)
        return
    draft.board = common.pop()
    for name, places in found.items():
        pk = next(place[1] for place in places if place[0] == draft.board)
        if attribute := columns[name].attribute:
            draft.values[attribute] = pk
        else:
            draft.extra[name] = pk


def _apart(file: BundleFile, draft: Draft, found: dict[str, list[Place]]) -> Problem:
    """The first reference that shares no board with the one that says most surely where the row belongs."""
    first = "board" if "board" in found else next(iter(found))
    boards = {place[0] for place in found[first]}
    apart = [name for name, places in found.items() if not boards & {place[0] for place in places}]
    column = apart[0] if apart else list(found)[-1]
    sentence = _("«\u00a0%(key)s\u00a0» n’est pas du même organisme que «\u00a0%(other)s\u00a0» (%(column)s).")
    values = {"key": draft.texts[column], "other": draft.texts[first], "column": first}
    return Problem(file.name, draft.row, column, sentence % values)


def _ambiguous(file: BundleFile, draft: Draft) -> Problem:
    column = next(iter(draft.texts))
    sentence = _("«\u00a0%(key)s\u00a0» existe dans plusieurs organismes\u00a0: joignez boards.csv avec le bon.")
    return Problem(file.name, draft.row, column, sentence % {"key": draft.texts[column]})
