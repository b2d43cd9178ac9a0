"""A whole bundle into the database, or nothing of it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
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
from exchange.bundle.tables import open_declared
from exchange.lines import Row, ragged_problem
from exchange.reading import MEGABYTE, Member, Problem, Refused, Tolerance, open_zip_members, refuse
from exchange.scratch import Scratch, batches
from exchange.tables import Table
from people import audit
from people.models import SchoolBoard

BATCH = 5000
Progress = Callable[[int, int], None]
DATA_PACKAGE = "datapackage.json"


class Imported(dict[str, Count]):
    """What each file created, updated and left; ``tolerances`` say what was read although it was not strictly so."""

    def __init__(self, counts: Mapping[str, Count], tolerances: list[Tolerance]) -> None:
        super().__init__(counts)
        self.tolerances = tolerances


def import_bundle(
    *,
    path: str | Path,
    dry_run: bool = False,
    only: SchoolBoard | None = None,
    journaled: bool = True,
    progress: Progress | None = None,
) -> Imported:
    """Read a bundle, all or nothing, in one transaction; answers what each file created, updated and left.

    Raises ``Refused`` with the problems of every file, the first thousand and how many more. ``dry_run`` does it all
    and takes it back; ``only`` refuses a bundle that touches another board; not ``journaled``, the caller tells the
    journal what it is. A row that says what the database holds is not written. Queries grow with the batches of rows,
    not with the rows; memory with neither. ``progress`` is told how many rows of how many, batch by batch.
    """
    try:
        with open_zip_members(path) as members, Scratch() as scratch, transaction.atomic():
            bundle = _Import(members, scratch, progress)
            imported = bundle.run(archive=Path(path).name)
            if journaled:
                bundle.tell_journal()
            if only is not None and bundle.state.boards - {only.pk}:
                raise refuse(Path(path).name, _("le paquet touche un autre organisme que le vôtre."))
            if dry_run:
                transaction.set_rollback(True)
    except IntegrityError as error:
        sentence = _("la base a changé pendant l’importation\u00a0: rien n’est écrit, recommencez.")
        raise refuse(Path(path).name, sentence) from error
    return imported


class _Import:
    def __init__(self, members: Mapping[str, Member], scratch: Scratch, progress: Progress | None) -> None:
        self.members, self.progress, self.done = members, progress, 0
        self.total = sum(map(_lines_of, members.values())) if progress else 0
        self.index, self.state, self.roles = (
            Index(FILES, scratch),
            State(scratch, frozenset(members)),
            RolesGiven(scratch),
        )

    def run(self, *, archive: str) -> Imported:
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
            raise Refused(*sorted(self.state.problems.first, key=self._order), more=self.state.problems.more)
        self._apply_roles()
        return Imported(self.state.counts, self.state.tolerances.said())

    def tell_journal(self) -> None:
        for board in SchoolBoard.objects.filter(pk__in=self.state.boards):
            audit.record(board=board, person=None, verb=BUNDLE_IMPORTED, subject=board)

    def _order(self, problem: Problem) -> tuple[int, int]:
        return (NAMES.index(problem.file) if problem.file in NAMES else -1, problem.row)

    def _boards_named(self) -> set[int]:
        """The boards that the bundle speaks of: what a key may otherwise name in the database."""
        boards = set[int]()
        for file in FILES:
            column = "key" if file.name == "boards.csv" else "board"
            if file.name in self.members and any(declared.name == column for declared in file.columns):
                for keys in self._column(file.name, [file], column):
                    boards |= self.index.boards_of(keys - {""})
        return boards

    def _column(self, name: str, files: list[BundleFile], column: str) -> Iterator[set[str]]:
        """What stands in a column, batch by batch."""
        with suppress(Refused, ValueError):  # said when the file's turn comes
            table, _problems = open_declared(name, self.members[name], files)
            position = table.header.index(column)
            for rows in batches(table.rows, BATCH, weight_of):
                yield {cells[position] for _number, cells in rows if len(cells) > position}

    def _take(self, name: str) -> None:
        files = [file for file in FILES if file.name == name]
        self.state.counts[name]  # a file that is there is reported, empty or not
        try:
            table, problems = open_declared(name, self.members[name], files)
            self.state.problems += problems
            self.state.tolerances += table.tolerances
            if problems:
                self.index.add_unreadable(name)
            loaders = [self._loader(file, table, blind=bool(problems)) for file in files]
            for batch in batches(self._even(files[0], table), BATCH, weight_of):
                self._deal(table, loaders, batch)
                self.done += len(batch)
                if self.progress:
                    self.progress(min(self.done, self.total), self.total)
            for loader in loaders:
                loader.finish()
        except Refused as refused:
            self.state.problems += refused.problems
            self.index.add_unreadable(name)

    def _loader(self, file: BundleFile, table: Table, *, blind: bool) -> Loader:
        rules = RULES[file.rules](self.state, self.roles)
        return Loader(file, table, self.index, self.state, rules, blind=blind)

    def _even(self, file: BundleFile, table: Table) -> Iterator[Row]:
        """The rows as wide as the header, empty cells after it left out; what refers to another's key is not blamed."""
        width = len(table.header)
        place = table.header.index(file.handle_column) if file.handle_column in table.header else width
        for number, cells in table.rows:
            if len(cells) > width and not any(cells[width:]):
                words = _("cellules vides ignorées à la fin de la ligne.")
                self.state.tolerances += [Tolerance(file.name, number, "", words, "trailing_cells")]
                cells = cells[:width]
            if ragged := ragged_problem(file.name, number, cells, table.header):
                self.state.problems.append(ragged)
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
        for given in self.roles.apply():
            self.state.boards.add(given.board)
            if given.otherwise_same:
                self.state.counts["people.csv"].updated += 1
                self.state.counts["people.csv"].unchanged -= 1


def _lines_of(member: Member) -> int:
    """How many lines a file has, its header left out; a value of several lines counts for as many."""
    with member.open() as file:
        return max(0, sum(chunk.count(b"\n") for chunk in iter(partial(file.read, MEGABYTE), b"")) - 1)


def weight_of(row: Row) -> int:
    return sum(map(len, row[1]))
