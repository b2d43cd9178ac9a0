"""A whole bundle into the database, or nothing of it."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from exchange.audit_verbs import BUNDLE_IMPORTED
from exchange.bundle.declaration import BundleFile
from exchange.bundle.files import FILES, NAMES
from exchange.bundle.index import Index
from exchange.bundle.loading import Loader
from exchange.bundle.roles import RolesGiven
from exchange.bundle.rules import RULES
from exchange.bundle.state import Count, State
from exchange.bundle.tables import Row, Table, open_table
from exchange.reading import Problem, Refused, open_zip_members, ragged_problem, refuse
from people import audit
from people.models import SchoolBoard

BATCH = 5000
DATA_PACKAGE = "datapackage.json"


def import_bundle(*, path: str | Path, dry_run: bool = False) -> dict[str, Count]:
    """Read a bundle, all or nothing, in one transaction; answers what each file created, updated and left.

    Raises ``Refused`` with every problem of every file. ``dry_run`` does it all and takes it back. A row that says what
    the database holds is not written. Queries grow with the batches of rows, not with the rows.
    """
    members = open_zip_members(path)
    try:
        with transaction.atomic():
            counts = _Import(members).run(archive=Path(path).name)
            if dry_run:
                transaction.set_rollback(True)
    except IntegrityError as error:
        sentence = _("la base a changé pendant l’importation\u00a0: rien n’est écrit, recommencez.")
        raise refuse(Path(path).name, sentence) from error
    return counts


class _Import:
    def __init__(self, members: Mapping[str, bytes]) -> None:
        self.members = members
        self.index, self.state, self.roles = Index(FILES), State(), RolesGiven()

    def run(self, *, archive: str) -> dict[str, Count]:
        self.state.problems += [
            Problem(
                name,
                0,
                "",
                _("ce fichier est inconnu; un paquet contient %(known)s.") % {"known": ", ".join(NAMES)},
            )
            for name in self.members
            if name not in NAMES and name != DATA_PACKAGE
        ]
        present = [name for name in NAMES if name in self.members]
        if not present:
            self.state.problems.append(Problem(archive, 0, "", _("l’archive ne contient aucun fichier d’un paquet.")))
        narrowed = False
        for name in present:
            if name != "boards.csv" and not narrowed:
                self.index.boards, narrowed = self._boards_named(), True
            self._take(name)
        if self.state.problems:
            raise Refused(*sorted(self.state.problems, key=self._order))
        self._apply_roles()
        for board in SchoolBoard.objects.filter(pk__in=self.state.boards):
            audit.record(board=board, person=None, verb=BUNDLE_IMPORTED, subject=board)
        return dict(self.state.counts)

    def _order(self, problem: Problem) -> tuple[int, int]:
        return (NAMES.index(problem.file) if problem.file in NAMES else -1, problem.row)

    def _boards_named(self) -> set[int]:
        """The boards that the bundle speaks of: what a key may otherwise name in the database."""
        keys = set[str]()
        for file in FILES:
            column = "key" if file.name == "boards.csv" else "board"
            if file.name in self.members and any(declared.name == column for declared in file.columns):
                keys |= self._column(file.name, [file], column)
        return self.index.boards_of(keys - {""})

    def _column(self, name: str, files: list[BundleFile], column: str) -> set[str]:
        try:
            table = open_table(name, self.members[name], files)
            position = table.header.index(column)
            return {cells[position] for _number, cells in table.rows if len(cells) > position}
        except (Refused, ValueError):  # said when the file's turn comes
            return set()

    def _take(self, name: str) -> None:
        files = [file for file in FILES if file.name == name]
        self.state.counts[name]  # a file that is there is reported, empty or not
        try:
            table = open_table(name, self.members[name], files)
            loaders = [
                Loader(file, table.header, self.index, self.state, RULES[file.rules](self.state, self.roles))
                for file in files
            ]
            size = BATCH if not any(file.whole for file in files) else None
            for batch in batches(self._even(files[0], table), size):
                self._deal(table, loaders, batch)
            for loader in loaders:
                loader.finish()
        except Refused as refused:
            self.state.problems += refused.problems
            self.index.add_unreadable(name)

    def _even(self, file: BundleFile, table: Table) -> Iterator[Row]:
        """The rows as wide as the header; what refers to another's key is not blamed."""
        place = table.header.index(file.handle_column) if file.handle else len(table.header)
        for number, cells in table.rows:
            if ragged := ragged_problem(file.name, number, cells, table.header):
                self.state.problems.append(ragged)
                self.state.stop_when_flooded(file.name)
                if file.handle:
                    self.index.add_faulty(file.name, "".join(cells[place : place + 1]))
            else:
                yield number, cells

    def _deal(self, table: Table, loaders: list[Loader], rows: list[Row]) -> None:
        """Give each row to the declaration whose own column it fills."""
        if len(loaders) == 1:
            loaders[0].take(rows)
            return
        hands: dict[str, list[Row]] = {loader.file.given: [] for loader in loaders}
        for row in rows:
            filled = [name for name in hands if name in table.header and row[1][table.header.index(name)]]
            if len(filled) == 1:
                hands[filled[0]].append(row)
            else:
                sentence = _("remplissez une des colonnes %(names)s, et une seule.") % {"names": ", ".join(hands)}
                self.state.problems.append(Problem(loaders[0].file.name, row[0], next(iter(hands)), sentence))
        for loader in loaders:
            loader.take(hands[loader.file.given])

    def _apply_roles(self) -> None:
        changed = self.roles.apply()
        otherwise_same = sum(1 for draft in changed if draft.before is not None and not draft.changes())
        self.state.boards |= {draft.board for draft in changed if draft.board}
        if otherwise_same:
            self.state.counts["people.csv"].updated += otherwise_same
            self.state.counts["people.csv"].unchanged -= otherwise_same


def batches(rows: Iterable[Row], size: int | None) -> Iterator[list[Row]]:
    """Lists of at most ``size`` rows; all at once without a size."""
    rows = iter(rows)
    while batch := list(islice(rows, size)):
        yield batch
