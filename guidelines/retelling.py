"""A finding's life, told again without what the evaluations of days to come did to it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from guidelines.catalogue import decided_with
from guidelines.models import Flag, FlagEvent

Kind, State = FlagEvent.Kind, Flag.State
RETOLD = ["severity", "value", "threshold", "state", "raised_on", "cleared_on", "until", "taken_by"]
"""What is written of a finding that was told again."""

BEGINNINGS = (Kind.RAISED, Kind.REOPENED)
STATES = {Kind.TAKEN: State.TAKEN, Kind.SNOOZED: State.SNOOZED, Kind.DISMISSED: State.DISMISSED}


@dataclass
class Life:
    """Its events in the order in which they were written; ``retell`` sorts them and brings the finding in line.

    ``has_begun``: false for a finding that no evaluation of a day that has come raised, and on which nobody decided.
    """

    flag: Flag
    today: date
    now: datetime
    has_begun: bool = False
    gone: list[FlagEvent] = field(default_factory=list)
    moved: list[FlagEvent] = field(default_factory=list)
    _beginning: FlagEvent | None = None

    def retell(self, events: Iterable[FlagEvent]) -> None:
        """Keep what evaluations of past days found, and what people decided; let go of the rest.

        What a person decided on a day to come is dated today. A finding that people decided on, and that only a day to
        come had raised, begins with their decision. What evaluations then did about days to come goes with them.
        """
        for event in events:
            if event.person_id is not None:
                self._decided(event)
            elif event.on > self.today or (self.gone and not self._makes_sense(event)):
                self.gone.append(event)
                self._beginning = event if event.kind in BEGINNINGS else self._beginning
            else:
                self._apply(event)

    def _decided(self, event: FlagEvent) -> None:
        if event.on > self.today:
            event.on, event.at = self.today, min(event.at, self.now)
            self.moved.append(event)
        if event.kind == Kind.SEEN:
            return
        if self._beginning is not None and not self._is_live:
            begins = self._beginning
            begins.on, begins.at = event.on, min(begins.at, event.at)
            self.gone.remove(begins)
            self.moved.append(begins)
            self._beginning = None
            self._apply(begins)
        self._apply(event)

    @property
    def _is_live(self) -> bool:
        return self.has_begun and self.flag.state != State.CLEARED

    def _makes_sense(self, event: FlagEvent) -> bool:
        """Whether an event would have happened to the finding as it is told so far."""
        if event.kind == Kind.RAISED:
            return not self.has_begun
        if event.kind == Kind.REOPENED:
            return self.has_begun and self.flag.state != State.OPEN
        return self._is_live and (event.kind != Kind.SEVERITY or event.severity != self.flag.severity)

    def _apply(self, event: FlagEvent) -> None:
        flag, kind = self.flag, Kind(event.kind)
        flag.severity, flag.value = event.severity, event.value
        if kind == Kind.SEVERITY:
            return
        if kind in BEGINNINGS:
            if not self._is_live:
                flag.raised_on = event.on
            flag.state = State.OPEN
        else:
            flag.state = STATES.get(kind, State.CLEARED)
        flag.cleared_on = event.on if kind == Kind.CLEARED else None
        flag.until = event.until if kind in STATES else None
        flag.taken_by_id = self._whose(event) if kind == Kind.TAKEN else None
        self.has_begun = True

    def _whose(self, event: FlagEvent) -> int | None:
        """In whose charge: the person's; or, when it followed another finding decided with it, of who has that one."""
        if event.person_id is not None:
            return event.person_id
        subject = {f"flag__{self.flag.subject_kind}": getattr(self.flag, f"{self.flag.subject_kind}_id")}
        together = FlagEvent.objects.filter(kind=Kind.TAKEN, flag__guideline__in=decided_with(self.flag.guideline))
        earlier = together.filter(pk__lt=event.pk, **subject)
        return earlier.exclude(person=None).order_by("pk").values_list("person", flat=True).last()
