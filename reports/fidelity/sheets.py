"""A sheet filled by what is recorded: each item's answer, the facts behind it, and whether the programme follows it.

Nothing is summed: there is no total, and nobody is compared.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from guidelines.answers import Answer
from guidelines.catalogue import Citation, Guideline
from guidelines.catalogue.sentence import Said, Text, say
from guidelines.evidence import weeks_until
from guidelines.models import Flag
from guidelines.stated import stated
from mentoring.models import Dyad
from people.models import User
from programs.calendars.periods import WeekCell
from programs.models import SupportGroup
from reports.fidelity.dyads import DYAD_SHEET
from reports.fidelity.facts import Facts, facts_of
from reports.fidelity.groups import GROUP_SHEET
from reports.fidelity.items import Criterion, Item, Unrecorded, Verdict

WORST_FIRST = (Verdict.NOT_MET, Verdict.NOT_ASSESSABLE, Verdict.MET)
"""What a line answers for several adults."""


@dataclass(frozen=True)
class Line:
    """One item, answered. ``bounds`` say what the guideline finds, by the numbers in force where the subject is.

    ``is_partial``: the answer rests on planned meetings that nobody logged.
    """

    asks: Text
    source: Citation
    verdict: Verdict
    facts: Sequence[str]
    guideline: Guideline | None = None
    bounds: Sequence[str] = ()
    is_followed: bool = True
    is_partial: bool = False


@dataclass(frozen=True)
class Part:
    title: Text
    lines: Sequence[Line]


@dataclass(frozen=True)
class Sheet:
    """``is_whole``: nothing was left out that only others may read."""

    parts: Sequence[Part]
    is_whole: bool


def blank_of(*, is_group: bool) -> tuple[Criterion, ...]:
    """What is asked of every group, or of every dyad."""
    return GROUP_SHEET if is_group else DYAD_SHEET


def sheet_of(subject: Dyad | SupportGroup, *, user: User, on: date) -> Sheet:
    """The sheet of a relation as it stood on a day, for who sees it; what it says of other adults, for who reads it.

    A number of queries that does not grow.
    """
    criteria = blank_of(is_group=isinstance(subject, SupportGroup))
    known = facts_of(subject, _items(criteria), user=user, on=on)
    weeks = weeks_until(subject, on) if isinstance(subject, Dyad) and _speaks_of_weeks(known) else []
    parts = [Part(one.title, [line for it in one.items if (line := _line(it, known, weeks))]) for one in criteria]
    return Sheet([part for part in parts if part.lines], not known.around.hidden)


def _items(criteria: Collection[Criterion]) -> list[Item]:
    return [item for criterion in criteria for item in criterion.items if isinstance(item, Item)]


def _speaks_of_weeks(known: Facts) -> bool:
    return any(callable(one.guideline.observed) for one in known.answers.values() if one.finding)


def _line(item: Item | Unrecorded, known: Facts, weeks: Sequence[WeekCell]) -> Line | None:
    if isinstance(item, Unrecorded):
        why = _("Le dossier ne le dit pas\u00a0: parlez-en ensemble.")
        return Line(item.asks, item.source, Verdict.NOT_ASSESSABLE, [why])
    guideline = item.guideline
    kind, code = guideline.subject, guideline.code
    pks = known.around.subjects[kind]
    if kind in known.around.hidden and not pks:
        return None
    found = {pk: known.answers.get((code, pk)) for pk in pks}
    verdicts = {verdict_of(item, answer) for answer in found.values()} or {Verdict.NOT_ASSESSABLE}
    findings = [answer.finding for answer in found.values() if answer and answer.finding]
    return Line(
        item.asks,
        item.source,
        next(verdict for verdict in WORST_FIRST if verdict in verdicts),
        [_told(item, pk, answer, known, weeks) for pk, answer in found.items()] or [str(item.absent)],
        guideline,
        [bound.words for bound in stated(guideline, known.numbers, known.program_of(guideline)).bounds],
        is_followed=not pks or any(code in known.followed[kind, pk] for pk in pks),
        is_partial=any(finding.confidence == Flag.Confidence.PARTIAL for finding in findings),
    )


def verdict_of(item: Item, answer: Answer | None) -> Verdict:
    """What an item says of one subject; nothing known of it is « non évaluable »."""
    if answer is not None and answer.finding:
        return Verdict.NOT_MET
    return Verdict.NOT_ASSESSABLE if _why_not(item, answer) else Verdict.MET


def _why_not(item: Item, answer: Answer | None) -> Text:
    """Why nothing is to be said of what breaches nothing; empty when it is met."""
    if answer is None:
        return item.absent
    if answer.is_lacking:
        return _("Données insuffisantes. Ce qu’il faut\u00a0: %(needs)s") % {
            "needs": _uncapitalised(item.guideline.needs)
        }
    if item.unless and not answer.row[item.unless[0]]:
        return item.unless[1]
    return item.unknown if answer.value is None else item.waiting


def _told(item: Item, pk: int, answer: Answer | None, known: Facts, weeks: Sequence[WeekCell]) -> str:
    """The fact, in the words of the finding where there is one; whose it is, when several adults answer."""
    said: Said = item.absent
    value = threshold = None
    if answer is not None:
        value = answer.value
        said = _why_not(item, answer) or item.fact(value)
        if answer.finding:
            said, value, threshold = item.guideline.observed, answer.finding.value, answer.finding.threshold
    dyad = known.relation if isinstance(known.relation, Dyad) else None
    told = say(said, Flag(guideline=item.guideline.code, value=value, threshold=threshold, dyad=dyad), weeks)
    several = item.guideline.subject == "teacher" and len(known.around.names) > 1
    name = known.around.names[pk] if several else ""
    return _("%(person)s\u00a0: %(fact)s") % {"person": name, "fact": told} if name else told


def _uncapitalised(text: Text) -> str:
    words = str(text)
    return words[:1].lower() + words[1:]
