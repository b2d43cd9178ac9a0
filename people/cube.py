"""One masked cube for all the tables of a report, so that no table gives back what another hides."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence

from people.telling import told

Cell = tuple[Hashable, ...]
Asked = frozenset[tuple[str, Hashable]]


class Cube:
    """Counts of people by several dimensions, and the sums of them that a report tells, in their order of priority.

    ``counts`` has one cell per tuple of values, in the order of ``dimensions``; each person is in one cell. Ask every
    sum of every sheet first, the most important first, then ``tell`` once, then read. A dimension that a sum does not
    name is added up. A value may be a frozenset of values: those are added up too.

        cube = Cube(("school", "grade"), {(3, 1): 12, (3, 2): 2, (4, 1): 40})
        cube.ask()
        cube.ask_each("school")
        cube.ask_each("school", "grade")
        cube.tell()
        cube.number(school=3)  # 14, or None when it is masked

    A name that is no dimension is a TypeError.
    """

    def __init__(self, dimensions: Sequence[str], counts: Mapping[Cell, int]) -> None:
        self.dimensions = tuple(dimensions)
        self.counts = counts
        self._earlier: Cube | None = None
        self._rounds: list[dict[Asked, list[Cell]]] = [{}]
        self._told: dict[Asked, int | None] = {}
        self._cells: defaultdict[tuple[str, Hashable], set[Cell]] = defaultdict(set)
        for cell, count in counts.items():
            for pair in zip(self.dimensions, cell, strict=True):
                if count:
                    self._cells[pair].add(cell)

    def ask(self, **fixed: Hashable) -> Asked:
        """Ask for a sum; what was asked before it comes before it, and asking again changes nothing."""
        return self._ask(self._key(fixed), self._of(fixed))

    def ask_each(self, *by: str, **fixed: Hashable) -> list[Asked]:
        """Ask for the sum of each value of these dimensions (of each combination), the largest first.

        Of combinations that count anybody: the others are of nobody, and ``number`` says 0 where ``ask`` asked them.
        """
        places = [self._place(name) for name in by]
        groups: defaultdict[Cell, list[Cell]] = defaultdict(list)
        for cell in self._of(fixed):
            groups[tuple(cell[place] for place in places)].append(cell)
        in_order = sorted(groups.items(), key=lambda one: (-sum(self.counts[cell] for cell in one[1]), str(one[0])))
        return [self._ask(self._key(fixed | dict(zip(by, values, strict=True))), cells) for values, cells in in_order]

    def then(self) -> None:
        """What is asked from now on is told after the rest, and changes nothing of it: a file that is out already."""
        self._rounds.append({})

    def follow(self, earlier: "Cube") -> None:
        """What a cube of the same people, by fewer dimensions, told is told here too, and what it hid stays hidden.

        It knows nothing of the other dimensions: cubes that differ by these alone all follow the same one.
        """
        self._earlier = earlier

    def tell(self) -> None:
        """Work out what may be told of all that was asked, together."""
        known: list[list[Cell]] = []
        kept: list[list[Cell]] = []
        if self._earlier:
            self._told = dict(self._earlier._told)
            for key, number in self._told.items():
                (kept if number is None else known).append(self._of(dict(key)))
            kept += [self._of(dict(zip(self._earlier.dimensions, cell, strict=True))) for cell in self._earlier.counts]
        rounds = [list(asked.items()) for asked in self._rounds]
        self._told |= told(rounds, self.counts, known=known, kept=kept)

    def number(self, **fixed: Hashable) -> int | None:
        """The sum, or None when it is masked; KeyError when it was not asked, or not told yet.

        A combination that counts nobody is 0, asked or not: the reader is taken to know it.
        """
        key = self._key(fixed)
        if key not in self._told and self._told and not self._of(fixed):
            return 0
        return self._told[key]

    def exactly(self, **fixed: Hashable) -> int:
        """The sum itself, for what is counted is nobody or is not shown."""
        return sum(self.counts[cell] for cell in self._of(fixed))

    def values(self, name: str) -> list[Hashable]:
        """The values of a dimension that count anybody, in the order of the counts."""
        place = self._place(name)
        return list(dict.fromkeys(cell[place] for cell, count in self.counts.items() if count))

    def _ask(self, key: Asked, cells: list[Cell]) -> Asked:
        if not any(key in asked for asked in self._rounds):
            self._rounds[-1][key] = cells
        return key

    def _place(self, name: str) -> int:
        if name not in self.dimensions:
            raise TypeError(f"{name!r} is no dimension of {self.dimensions}.")
        return self.dimensions.index(name)

    def _key(self, fixed: Mapping[str, Hashable]) -> Asked:
        for name in fixed:
            self._place(name)
        return frozenset(fixed.items())

    def _of(self, fixed: Mapping[str, Hashable]) -> list[Cell]:
        """The cells that count anybody and have these values, in the order of the counts."""
        chosen: set[Cell] | None = None
        for name, value in fixed.items():
            values = value if isinstance(value, frozenset) else (value,)
            cells = set[Cell]().union(*(self._cells.get((name, one), ()) for one in values))
            chosen = cells if chosen is None else chosen & cells
        if chosen is None:
            return [cell for cell, count in self.counts.items() if count]
        return sorted(chosen, key=str)
