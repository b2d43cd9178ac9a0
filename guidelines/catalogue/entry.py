"""What a guideline is: data, without branches."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Model

from guidelines.catalogue.sentence import Said, Text
from guidelines.concerns import Concern
from guidelines.severity import Severity
from people.sql import Row


class Audience(StrEnum):
    """Who reads a finding, beside those who answer for the programme."""

    USUAL = "usual"
    """The adults of the relation or the group, and whoever sees it."""
    TRAINERS = "trainers"
    """The same, and who trains the mentors."""
    LEADS = "leads"
    """Of all of them, only who may log for the group: it tells of children one by one."""


class Breach(StrEnum):
    """How an observed value meets its bound."""

    BELOW = "below"
    AT_MOST = "at_most"
    ABOVE = "above"
    AT_LEAST = "at_least"
    HOLDS = "holds"

    def by(self, value: int | None, bound: int | None) -> bool:
        """Whether a value breaches; an unknown one is below every floor, and breaches nothing else."""
        if value is None or bound is None:
            return bool(value) if self is Breach.HOLDS else self is Breach.BELOW
        return {
            Breach.BELOW: value < bound,
            Breach.AT_MOST: value <= bound,
            Breach.ABOVE: value > bound,
            Breach.AT_LEAST: value >= bound,
            Breach.HOLDS: bool(value),
        }[self]


@dataclass(frozen=True)
class Threshold:
    """One bound: ``column`` of the measure's row breaches it, with this severity; ``words`` say so to a reader.

    A board or a programme may set another bound under ``name``; ``words`` hold ``%(bound)s`` where the number stands.
    ``at_zero`` says it better when that number is 0. ``within`` is the most that the column can be: a number, or the
    parameter that is its window; ``or_unknown``: an unknown value breaches the bound too. ``step_up`` names the column that, when true, raises the severity
    by one.
    """

    severity: Severity
    breach: Breach
    bound: int | None
    words: Text
    column: str = "value"
    name: str = ""
    step_up: str = ""
    at_zero: Text = ""
    within: int | str = ""
    or_unknown: bool = False

    def may_breach(self, bound: int, most: int | None) -> bool:
        """Whether any value from 0 to ``most`` breaches this bound: one that none does would check nothing."""
        if self.or_unknown or self.breach is Breach.HOLDS:
            return True
        highest = bound + 1 if most is None else most
        return self.breach.by(0, bound) or self.breach.by(highest, bound)

    @property
    def key(self) -> str:
        """The name of the bound in settings: the severity's, unless two of one guideline share it."""
        return self.name or self.severity.value

    def in_words(self, bound: int | None = None) -> str:
        """What breaches, with the bound in force (the default one when none is given)."""
        number = self.bound if bound is None else bound
        return str(self.at_zero) if self.at_zero and number == 0 else str(self.words) % {"bound": number}

    def severity_of(self, row: Row) -> Severity:
        return self.severity.raised if self.step_up and row[self.step_up] else self.severity


@dataclass(frozen=True)
class Parameter:
    """A number of the guideline that is no bound: a window, a minimum of data. Set like a bound, under ``name``.

    Under ``fewest``, nothing would ever be found.
    """

    name: str
    default: int
    words: Text
    fewest: int = 0


class Clearing(StrEnum):
    """How a finding goes away; each guideline says which of these do it, and its ``clears`` says so in words."""

    FACTS = "facts"
    TIME = "time"
    CORRECTION = "correction"
    PERSON = "person"


@dataclass(frozen=True)
class Citation:
    """Where the review says so: the section's number and heading."""

    section: str
    heading: str

    def __str__(self) -> str:
        heading = f", «\u00a0{self.heading}\u00a0»" if self.heading else ""
        return f"§\u00a0{self.section}{heading}"


@dataclass(frozen=True)
class NextStep:
    """What a reader can do about a finding: a verb, a line of help, an icon, and the page where it is done."""

    verb: Text
    help: Text
    icon: str
    url_name: str = ""


@dataclass(frozen=True, eq=False)
class Guideline:
    """One checkable statement of the review, and all that the rest of the house knows of it.

    ``audience`` says who reads its findings; ``concern`` where they are shown and whether they are counted;
    ``moved_by`` which kinds of rows, beside the subject's own, can change what it finds: when one is saved, it is
    looked at again; ``remindable``, whether a reminder to the mentor may end it. ``headline`` names the fact in one
    line, ``observed`` tells it in one or two sentences. ``measure`` names a function of ``guidelines.measures``;
    ``column`` is the one of its row that is shown as the observed value; ``unlogged`` the one that counts planned
    meetings nobody logged, on which the finding rests; ``lacking`` the one that is true when the data does not suffice
    to assess the subject, as ``needs`` explains. ``thresholds`` go from the most to the least severe: the first
    breached gives the finding. ``parameters`` are read by the measure. Findings of one ``cause`` on one subject are
    shown as one.
    """

    code: str
    subject: str
    audience: Audience
    concern: Concern
    moved_by: tuple[type[Model], ...]
    title: Text
    checks: Text
    headline: Said
    observed: Said
    measure: str
    thresholds: tuple[Threshold, ...]
    unit: Text
    citation: Citation
    explanation: Text
    next_steps: tuple[NextStep, ...]
    clears: Text
    clearing: tuple[Clearing, ...] = (Clearing.FACTS,)
    needs: Text = ""
    column: str | None = "value"
    unlogged: str | None = None
    lacking: str | None = None
    parameters: tuple[Parameter, ...] = ()
    cause: str = ""
    remindable: bool = False

    @property
    def is_per_cent(self) -> bool:
        return "%" in str(self.unit)

    def breached(self, severity: str, value: int | None, bound: int | None, *, stepped: bool = False) -> Threshold:
        """The threshold behind a finding of this severity, value and bound in force; ``stepped``: raised by one."""
        candidates = [t for t in self.thresholds if severity == (t.severity.raised if stepped else t.severity)]
        fitting = [t for t in candidates if (t.bound is None) == (bound is None) and t.breach.by(value, bound)]
        return (fitting or candidates or list(self.thresholds))[0]

    @property
    def decided_with(self) -> str:
        """What a person decides on at once: all that tells of a relation's rhythm, else the findings of one cause."""
        return self.concern if self.concern == Concern.RHYTHM else self.cause or self.code

    @property
    def settable(self) -> "dict[str, int]":
        """The numbers that a board or a programme may change, by name, with their defaults."""
        bounds = {t.key: t.bound for t in self.thresholds if t.bound is not None}
        return bounds | {parameter.name: parameter.default for parameter in self.parameters}
