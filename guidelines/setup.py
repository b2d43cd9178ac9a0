"""Setting a relation up, as a checklist: what is done and what is left, of what its programme follows."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from guidelines.catalogue import duration, group_rhythm, groups, matching, mentors, support
from guidelines.catalogue.entry import Guideline
from guidelines.catalogue.sentence import Text
from guidelines.models import Flag, Subject
from mentoring.models import Dyad, Mentor
from programs.models import SupportGroup


class State(StrEnum):
    DONE = "done"
    LEFT = "left"
    ACCEPTED = "accepted"
    """Set aside or put off by a person."""
    UNKNOWN = "unknown"
    """Not assessable yet: never passes for done."""


@dataclass(frozen=True)
class Step:
    title: Text
    entries: tuple[Guideline, ...]


@dataclass(frozen=True)
class Told:
    """A step of a relation; ``flag`` is the finding behind what is left."""

    title: Text
    state: State
    flag: Flag | None


@dataclass(frozen=True)
class Checklist:
    steps: list[Told]

    @property
    def done(self) -> int:
        return sum(step.state in (State.DONE, State.ACCEPTED) for step in self.steps)


OF_DYADS = (
    Step(_("Fin de l’engagement choisie"), (duration.DYAD_DURATION_PLANNED,)),
    Step(_("Entente signée"), (support.DYAD_AGREEMENT,)),
    Step(_("Formation de base suivie"), (mentors.MENTOR_TRAINING, mentors.MENTOR_TRAINING_LATE)),
    Step(_("Écart d’âge entre pairs"), (mentors.MENTOR_PEER_AGE,)),
    Step(_("Nombre de dyades de la personne mentore"), (mentors.MENTOR_LOAD,)),
    Step(_("Motif du nouveau jumelage"), (matching.STUDENT_REMATCH,)),
)
OF_GROUPS = (
    Step(_("Assez d’élèves"), (groups.GROUP_TOO_SMALL,)),
    Step(_("Élèves de 1re secondaire"), (groups.GROUP_FIRST_YEAR,)),
    Step(_("Une même personne pour la durée"), (groups.GROUP_CONTINUITY,)),
    Step(_("Durée des rencontres"), (group_rhythm.GROUP_MEETING_LENGTH,)),
)
CODES = frozenset(entry.code for step in (*OF_DYADS, *OF_GROUPS) for entry in step.entries)


def checklist(
    subject: Subject, flags: Iterable[Flag], *, followed: frozenset[str], lacking: Collection[str]
) -> Checklist | None:
    """The steps of a dyad or a group that its programme follows; None when there is none.

    ``flags`` are its live findings (its mentor's too), ``lacking`` the codes that can't be assessed. At most one query.
    """
    if not isinstance(subject, Dyad | SupportGroup):
        return None
    found = {flag.guideline: flag for flag in flags}
    steps = [step for step in (OF_DYADS if isinstance(subject, Dyad) else OF_GROUPS) if _concerns(step, subject, found)]
    told = [_told(step, subject, found, followed, lacking) for step in steps if followed & _codes(step)]
    return Checklist(told) if told else None


def _told(
    step: Step, subject: Dyad | SupportGroup, found: dict[str, Flag], followed: frozenset[str], lacking: Collection[str]
) -> Told:
    codes = [entry.code for entry in step.entries if entry.code in followed]
    flags = [found[code] for code in codes if code in found]
    left = [flag for flag in flags if flag.is_to_examine]
    if left:
        return Told(step.title, State.LEFT, left[0])
    if flags:
        return Told(step.title, State.ACCEPTED, flags[0])
    if set(codes) & set(lacking):
        return Told(step.title, State.UNKNOWN, None)
    # Within its days of grace an agreement raises nothing yet, and is not signed for all that.
    unsigned = (
        support.DYAD_AGREEMENT.code in codes and isinstance(subject, Dyad) and not subject.agreements.signed().exists()
    )
    return Told(step.title, State.LEFT if unsigned else State.DONE, None)


def _concerns(step: Step, subject: Dyad | SupportGroup, found: Collection[str]) -> bool:
    """A step that speaks of some relations only: peers, and students who are matched again."""
    if matching.STUDENT_REMATCH in step.entries:
        return matching.STUDENT_REMATCH.code in found
    if mentors.MENTOR_PEER_AGE in step.entries:
        return isinstance(subject, Dyad) and subject.mentor.kind == Mentor.Kind.OLDER_PEER
    return True


def _codes(step: Step) -> set[str]:
    return {entry.code for entry in step.entries}
