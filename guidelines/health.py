"""Whether each guideline still tells one subject from another: where it holds, for how long, and what became of it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from statistics import median

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from guidelines.catalogue import ENTRIES, Audience, Concern, Guideline
from guidelines.catalogue.sentence import Text
from guidelines.counts import IMPERSONAL
from guidelines.following import OF_DOMAIN
from guidelines.models import Flag, FlagEvent
from guidelines.models.flags import FlagQuerySet
from guidelines.models.followed import followed_in
from guidelines.models.rights import SUBJECTS
from mentoring.models import Dyad
from people.access import Role
from people.cube import Cube
from people.models import User
from people.suppression import FEWEST
from programs.fixed_periods import Named, Period, ended_periods, fixed_periods
from programs.models import GroupLead, Program, SupportGroup
from programs.models.programs import in_charge

SOON = timedelta(days=7)
MOST_PERCENT = 30
"""Of its subjects, on how many a guideline may hold and still tell one from another."""
DECIDED = (FlagEvent.Kind.TAKEN, FlagEvent.Kind.SNOOZED, FlagEvent.Kind.DISMISSED)
DIMENSIONS = ("subject", "life", "judged", "soon", "taken", "reason")
"""A finding that stands is one with its subject: counted apart, what stood less what stands would give the rest."""
YES, NO = "yes", ""
Fixed = dict[str, Hashable]
SUBJECT: Fixed = {"subject": YES}
LIFE: Fixed = {"life": YES}
ByProgram = Mapping[int, set[int]]
"""By programme, the ids of subjects of one kind."""


@dataclass(frozen=True)
class Share:
    """Each is None when it is masked."""

    n: int | None
    of: int | None

    @property
    def percent(self) -> int | None:
        return round(100 * self.n / self.of) if self.n is not None and self.of else None

    @property
    def is_masked(self) -> bool:
        return None in (self.n, self.of)


@dataclass(frozen=True)
class Life:
    """What the page needs of one finding."""

    pk: int
    guideline: str
    program: int | None
    """Of a relation, a group or the programme itself; a person may serve in several."""
    subject: int
    raised_on: date
    cleared_on: date | None
    decided: Sequence[tuple[str, str]] = ()
    """Kind and coded reason of what people decided in the period, oldest first."""

    def is_of(self, programs: Collection[int], people: Collection[int]) -> bool:
        return self.program in programs if self.program else self.subject in people

    def stands(self, on: date) -> bool:
        return self.raised_on <= on and (self.cleared_on is None or self.cleared_on > on)

    @property
    def went_by_itself(self) -> bool:
        return self.cleared_on is not None and self.cleared_on - self.raised_on <= SOON and not self.decided

    def was(self, kind: str) -> str | None:
        """The coded reason of the last such decision, None when nobody decided so."""
        return next((code for what, code in reversed(self.decided) if what == kind), None)


@dataclass(frozen=True)
class Health:
    """One guideline over a period, in what a person answers for. ``programs`` are those that follow it."""

    entry: Guideline
    programs: Sequence[Program]
    holds: Share
    """On the last day, of the subjects of its kind; of an ended relation, of those that ended in the period."""
    age: int | None
    """Median of what stands on the last day, in days; None when nothing does, or too little to tell."""
    soon: Share
    """Of those raised at least seven days before the last day: cleared by the facts by the seventh, nobody deciding."""
    taken: Share
    """Of those that stood in the period."""
    reasons: Sequence[tuple[Text, int | None]]
    """Why they were set aside in the period, in the order of the codes."""

    @property
    def is_followed(self) -> bool:
        return bool(self.programs)

    @property
    def is_worn(self) -> bool:
        """Whether it tells one subject from another no more; not said of what nobody follows, nor of too few."""
        percent = self.holds.percent
        of = self.holds.of or 0
        return self.is_followed and of >= FEWEST and percent is not None and percent > MOST_PERCENT


class Reader:
    """What a person reads of it: a lead, what their programmes hold; a board's administration, counts alone."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.counts_only = not user.access.holds(Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER)

    @cached_property
    def programs(self) -> list[Program]:
        access = self.user.access
        theirs = access.within(Role.BOARD_ADMIN, board="board") if self.counts_only else in_charge(access)
        return list(Program.objects.filter(theirs).order_by("name_key", "pk"))

    def may_read(self, entry: Guideline) -> bool:
        return not (self.counts_only and entry.audience == Audience.LEADS)

    @property
    def flags(self) -> FlagQuerySet:
        return Flag.objects.counted_for(self.user) if self.counts_only else Flag.objects.visible_to(self.user)

    def masks(self, entry: Guideline) -> bool:
        return self.counts_only and entry.subject not in IMPERSONAL


def readable_periods(user: User, *, on: date) -> dict[str, Named]:
    """The fixed periods that a person may read of; a board's administration, those that are over. One query.

    Otherwise two readings a day apart would give back what each of them masks.
    """
    return ended_periods(user, on=on) if Reader(user).counts_only else fixed_periods(user, on=on)


@dataclass(frozen=True)
class Reading:
    """The findings of one guideline that stood in a period, and the subjects on which it may hold on its last day."""

    entry: Guideline
    following: Sequence[Program]
    subjects: Collection[int]
    lives: Sequence[Life]
    since: date
    last: date

    @property
    def standing(self) -> list[Life]:
        return [life for life in self.lives if life.subject in self.subjects and life.stands(self.last)]

    @property
    def age(self) -> int | None:
        """Median, in days, of what stands."""
        ages = [(self.last - life.raised_on).days for life in self.standing]
        return int(median(ages)) if ages else None

    @property
    def reasons(self) -> dict[str, int]:
        """How many were set aside by each coded reason, in the order of the codes.

        That of the numbers would tell which of two hidden ones is the larger.
        """
        found = Counter(life.was(FlagEvent.Kind.DISMISSED) for life in self.lives)
        return {code: found[code] for code in (*FlagEvent.Reason.values, "") if found[code]}

    def judges(self, life: Life) -> bool:
        """Whether it was raised in the period, long enough before its last day to have gone by itself."""
        return self.since <= life.raised_on <= self.last - SOON


def health(user: User, *, period: Period, on: date) -> list[Health]:
    """Every guideline that the person may read of, in the order of the catalogue. Eight queries, whatever the data."""
    reader, last = Reader(user), min(on, period.last_day)
    found = readings(reader.programs, reader.flags, filter(reader.may_read, ENTRIES), since=period.since, last=last)
    return [_health(reading, reader) for reading in found]


def readings(
    programs: Sequence[Program], flags: FlagQuerySet, entries: Iterable[Guideline], *, since: date, last: date
) -> list[Reading]:
    """What these findings tell of some guidelines in these programmes, unmasked. Seven queries, whatever the data."""
    if not programs:
        return []
    standing, followed = _subjects(programs, last), followed_in([program.pk for program in programs], last)
    ended = _by_program(Dyad.objects.filter(ends_on__gt=since, ends_on__lte=last + timedelta(days=1)), programs)
    lives: defaultdict[str, list[Life]] = defaultdict(list)
    for life in _lives(flags, since, last):
        lives[life.guideline].append(life)
    found = []
    for entry in entries:
        spoken_of = [program for program in programs if entry.subject in OF_DOMAIN[Program.Domain(program.domain)]]
        following = [program for program in spoken_of if entry.code in followed[program.pk]]
        counted = {program.pk for program in following or spoken_of}
        by_program = ended if entry.concern == Concern.ENDED else standing[entry.subject]
        subjects = frozenset[int]().union(*(ids for program, ids in by_program.items() if program in counted))
        theirs = [life for life in lives[entry.code] if life.is_of(counted, subjects)]
        found.append(Reading(entry, following, subjects, theirs, since, last))
    return found


class Counts:
    """What may be told of one guideline, from one cube when it is masked: the same on the page and in its file."""

    def __init__(self, reading: Reading, *, is_masked: bool) -> None:
        self.reading, self.is_masked = reading, is_masked
        self._cube = Cube(DIMENSIONS, Counter(_cells(reading)))
        why = frozenset(_coded(code) for code in reading.reasons)
        asked: Sequence[Fixed] = (
            SUBJECT,
            SUBJECT | LIFE,
            LIFE,
            LIFE | {"taken": YES},
            LIFE | {"judged": YES},
            LIFE | {"soon": YES},
            LIFE | {"reason": why},
        )
        """The most important first."""
        if is_masked:
            for fixed in asked:
                self._cube.ask(**fixed)
            self._cube.ask(**LIFE, reason=NO)
            self._cube.ask_each("reason", **LIFE)
            self._cube.tell()
        numbers = [self._number(**fixed) for fixed in asked]
        self.subjects, self.holds, self.stood, self.taken, self.judged, self.soon, self.set_aside = numbers

    @property
    def reasons(self) -> list[tuple[Text, int | None]]:
        return [(reason_in_words(code), self._number(**LIFE, reason=_coded(code))) for code in self.reading.reasons]

    def _number(self, **fixed: Hashable) -> int | None:
        return self._cube.number(**fixed) if self.is_masked else self._cube.exactly(**fixed)


def _health(reading: Reading, reader: Reader) -> Health:
    counts = Counts(reading, is_masked=reader.masks(reading.entry))
    is_few = counts.is_masked and (counts.holds is None or len(reading.standing) < FEWEST)
    return Health(
        reading.entry,
        reading.following,
        holds=Share(counts.holds, counts.subjects),
        age=None if is_few else reading.age,
        soon=Share(counts.soon, counts.judged),
        taken=Share(counts.taken, counts.stood),
        reasons=counts.reasons,
    )


def _cells(reading: Reading) -> Iterable[tuple[str, ...]]:
    standing = {life.subject: life for life in reading.standing}
    for _subject in range(len(reading.subjects) - len(standing)):
        yield YES, NO, NO, NO, NO, NO
    for life in reading.lives:
        judged = reading.judges(life)
        taken = life.was(FlagEvent.Kind.TAKEN) is not None
        said = standing.get(life.subject) is life, True, judged, judged and life.went_by_itself, taken
        yield *(YES if one else NO for one in said), _coded(life.was(FlagEvent.Kind.DISMISSED))


def _coded(code: str | None) -> str:
    """The code of why it was set aside, after a point: one may be empty."""
    return NO if code is None else f".{code}"


def reason_in_words(code: str) -> Text:
    """A coded reason; of what was set aside before reasons were coded, that it was in words."""
    return FlagEvent.Reason(code).label if code else _("Motif en mots")


def _subjects(programs: Sequence[Program], on: date) -> dict[str, ByProgram]:
    """Three queries."""
    dyads = list(
        Dyad.objects.filter(program__in=programs).open_on(on).order_by().values_list("program", "pk", "mentor")
    )
    groups = SupportGroup.objects.filter(program__in=programs).active_on(on).order_by()
    leads = GroupLead.objects.filter(group__in=groups).active_on(on).order_by()
    return {
        "dyad": _grouped((program, dyad) for program, dyad, _mentor in dyads),
        "mentor": _grouped((program, mentor) for program, _dyad, mentor in dyads),
        "group": _grouped(groups.values_list("program", "pk")),
        "teacher": _grouped(leads.values_list("group__program", "person")),
        "program": {program.pk: {program.pk} for program in programs},
    }


def _by_program(dyads: QuerySet[Dyad], programs: Sequence[Program]) -> ByProgram:
    return _grouped(dyads.filter(program__in=programs).order_by().values_list("program", "pk"))


def _grouped(pairs: Iterable[tuple[int, int]]) -> ByProgram:
    found: defaultdict[int, set[int]] = defaultdict(set)
    for program, pk in pairs:
        found[program].add(pk)
    return found


def _lives(flags: FlagQuerySet, since: date, last: date) -> list[Life]:
    """The findings that stood at some moment of the period, and what people decided of them in it. Two queries."""
    stood = flags.filter(Q(cleared_on__isnull=True) | Q(cleared_on__gte=since), raised_on__lte=last).order_by()
    program = Coalesce("dyad__program", "group__program", "program")
    subject = Coalesce(*SUBJECTS)
    columns = ("pk", "guideline", "in_program", "about", "raised_on", "cleared_on")
    rows = stood.annotate(in_program=program, about=subject).values_list(*columns)
    decided: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    events = FlagEvent.objects.filter(flag__in=stood.values("pk"), kind__in=DECIDED, on__gte=since, on__lte=last)
    for flag, kind, code in events.order_by("on", "at", "pk").values_list("flag", "kind", "reason_code"):
        decided[flag].append((kind, code))
    return [
        Life(pk, code, of, about, raised_on, cleared_on, decided[pk])
        for pk, code, of, about, raised_on, cleared_on in rows
    ]
