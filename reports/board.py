"""The board's page as facts: numbers of each school and programme, never whose. The queries do not grow with them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from guidelines.attention import Tally, tallies
from guidelines.catalogue import Guideline
from guidelines.catalogue.duration import DYAD_DURATION_SHORT
from guidelines.completeness import Share, due_by, logged_by_program
from guidelines.counts import COUNTED, Numbers, examined_in_places
from guidelines.following import OF_DOMAIN
from guidelines.models import Flag
from guidelines.models.followed import followed_in
from mentoring.models import DyadMeeting
from people.access import Role
from people.models import User
from people.telling import EVERYWHERE, NOW, Path, told_in_places
from programs.models import GroupMeeting, Program
from reports.raised import raised
from reports.rates import UNIT, Rate, rate
from reports.scope import Period

NO_TALLY = Tally(0, 0, 0, 0)


@dataclass(frozen=True)
class Line:
    """One place of the table: None is a number too small to be told. ``depth``: the board, a school, a programme."""

    place: Path
    name: str
    relations: int | None
    reach: int | None
    watch: int | None
    groups: Tally
    early: int | None
    follows_early: bool
    share: Share | None

    @property
    def depth(self) -> int:
        return len(self.place)

    @property
    def school(self) -> str:
        """The key of the school, when the line is one, as an address says it."""
        return str(self.place[0]) if self.depth == 1 else ""


@dataclass(frozen=True)
class RateLine:
    place: Path
    name: str
    reach: Rate | None
    watch: Rate | None
    logged: Rate | None


@dataclass(frozen=True)
class Followed:
    """A guideline that a programme of the board follows; a cell for each place of ``columns``."""

    guideline: Guideline
    cells: list[tuple[str, int | None, bool]]
    """The place's name, its number, and whether the guideline is followed there."""


class Board:
    """What its administration reads on a day; ``period`` is a fixed one that is over, for what is counted over time.

    ``school`` opens one school on its programmes; what is masked does not depend on it.
    """

    def __init__(self, user: User, *, on: date, period: Period | None, whole_name: str, own_people: str) -> None:
        self.user, self.on, self.period = user, on, period
        self.school: Path | None = None
        self.whole_name, self.own_people = whole_name, own_people
        rows = Program.objects.filter(user.access.within(Role.BOARD_ADMIN, board="board")).select_related("school")
        self.programs = sorted(rows, key=lambda row: (row.school.name, row.school_id, row.name, row.pk))

    @cached_property
    def places(self) -> dict[Path, str]:
        """The board, then each school followed by its programmes, with their names."""
        found: dict[Path, str] = {EVERYWHERE: self.whole_name}
        for program in self.programs:
            found.setdefault((program.school_id,), program.school.name)
            found[program.school_id, program.pk] = program.name
        return found

    @cached_property
    def schools(self) -> dict[Path, str]:
        return {place: name for place, name in self.places.items() if len(place) == 1}

    @property
    def shown(self) -> dict[Path, str]:
        """The board and its schools; or the board, one school and its programmes."""
        if self.school is None:
            return {EVERYWHERE: self.whole_name} | self.schools
        opened = {place: name for place, name in self.places.items() if place[:1] == self.school}
        return {EVERYWHERE: self.whole_name} | opened

    @cached_property
    def lines(self) -> list[Line]:
        early = self._early
        return [
            Line(
                place,
                name,
                self._relations.get(place, 0),
                self._reach.get(place, 0),
                self._watch.get(place, 0),
                self._groups(place),
                early.get(place, 0),
                self._follows(DYAD_DURATION_SHORT, place),
                self._share(place),
            )
            for place, name in self.shown.items()
        ]

    @cached_property
    def rates(self) -> list[RateLine]:
        """Of the board and of each school shown."""
        logged, planned = (self._exactly(of) for of in (lambda one: one.logged, lambda one: one.planned))
        return [
            RateLine(
                place,
                name,
                rate(self._reach, self._relations, place),
                rate(self._watch, self._relations, place),
                rate(logged, planned, place),
            )
            for place, name in self.shown.items()
            if len(place) < UNIT
        ]

    @cached_property
    def followed(self) -> list[Followed]:
        """L’essentiel first, over the places shown."""
        numbers = examined_in_places(self.user, on=self.on)
        columns = self.shown | ({(*self.school, None): self.own_people} if self.school else {})
        return [
            Followed(
                entry,
                [
                    (name, numbers.get(entry.code, {}).get(place, 0), self._follows(entry, place))
                    for place, name in columns.items()
                ],
            )
            for entry in COUNTED
            if self._follows(entry, EVERYWHERE)
        ]

    @cached_property
    def _tallies(self) -> dict[Path, tuple[Tally, Tally]]:
        found = tallies(self.user, on=self.on)
        return {(one.school_id, one.pk): found.get(one.pk, (NO_TALLY, NO_TALLY)) for one in self.programs}

    @cached_property
    def _relations(self) -> Numbers:
        return self._told(lambda tally: tally.of)

    @cached_property
    def _reach(self) -> Numbers:
        return self._told(lambda tally: tally.reach)

    @cached_property
    def _watch(self) -> Numbers:
        return self._told(lambda tally: tally.watch)

    def _told(self, of: Callable[[Tally], int]) -> Numbers:
        counts = {(place, 0): of(dyads) for place, (dyads, _groups) in self._tallies.items()}
        return {place: number for (_now, place), number in told_in_places(counts, NOW).items()}

    def _groups(self, place: Path) -> Tally:
        rows = [groups for unit, (_dyads, groups) in self._tallies.items() if unit[: len(place)] == place]
        return Tally(*(sum(getattr(row, name) for row in rows) for name in ("reach", "watch", "taken", "of")))

    @cached_property
    def _early(self) -> Numbers:
        if self.period is None:
            return {}
        flags = Flag.objects.counted_for(self.user).filter(guideline=DYAD_DURATION_SHORT.code)
        return raised(flags, self.user, self.period).numbers.get(DYAD_DURATION_SHORT.code, {})

    @cached_property
    def _shares(self) -> dict[Path, Share]:
        if self.period is None:
            return {}
        counted = self.user.access.within(Role.BOARD_ADMIN, board="board")
        until = min(self.period.last_day, due_by(self.on))
        meetings = DyadMeeting.objects.kept().filter(counted), GroupMeeting.objects.kept().filter(counted)
        found = logged_by_program(*meetings, since=self.period.since, until=until)
        return {(one.school_id, one.pk): found[one.pk] for one in self.programs if one.pk in found}

    def _share(self, place: Path) -> Share | None:
        rows = [share for unit, share in self._shares.items() if unit[: len(place)] == place]
        return Share(sum(row.logged for row in rows), sum(row.planned for row in rows)) if rows else None

    def _exactly(self, of: Callable[[Share], int]) -> Numbers:
        """Meetings are nobody: each is counted as it is."""
        places = [place for place in self.places if any(unit[: len(place)] == place for unit in self._shares)]
        return {place: of(share) for place in places if (share := self._share(place))}

    @cached_property
    def _codes(self) -> dict[int, frozenset[str]]:
        return followed_in([program.pk for program in self.programs], self.on)

    def _follows(self, entry: Guideline, place: Path) -> bool:
        """Whether a programme of the place follows the guideline; a school's own people follow what any of it does."""
        within: Sequence[Program] = [one for one in self.programs if self._is_in(one, place, entry)]
        return any(entry.code in self._codes[one.pk] for one in within)

    def _is_in(self, program: Program, place: Path, entry: Guideline) -> bool:
        path = program.school_id, program.pk
        of_people = entry.subject in ("mentor", "teacher")
        if len(place) == UNIT:
            here = path[:1] == place[:1] and of_people if place[1] is None else path == place and not of_people
        else:
            here = path[: len(place)] == place
        return here and entry.subject in OF_DOMAIN[Program.Domain(program.domain)]
