"""What the evaluations of days to come did, taken back: the clock was ahead, or a day was mistyped."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, partial

from django.db import transaction
from django.db.models import Prefetch, Q
from django.utils import timezone

from guidelines.audit_verbs import EVALUATIONS_TAKEN_BACK
from guidelines.catalogue import CATALOGUE
from guidelines.evaluation import Run, evaluate_board, lock, look_again
from guidelines.models import Evaluation, Flag, FlagEvent
from guidelines.numbers import Numbers
from guidelines.retelling import RETOLD, Life
from mentoring.models import DyadMeeting
from people import audit
from people.models import Mailing, Message, Notification, SchoolBoard
from programs.actions.ahead import drop_beyond
from programs.models import GroupMeeting

DAY = timedelta(days=1)
MAY_HAVE_LEFT = (Message.State.CLAIMED, Message.State.SENT, Message.State.UNKNOWN)


@dataclass
class TakenBack:
    """What went: the evaluated days; how many events, findings, notifications, rounds of
    digests, messages and planned meetings.

    ``run`` is today's evaluation; None where nothing bore a day to come, or where no day was evaluated before.
    """

    days: list[date] = field(default_factory=list)
    events: int = 0
    findings: int = 0
    notifications: int = 0
    rounds: int = 0
    messages: int = 0
    meetings: int = 0
    run: Run | None = None

    @property
    def is_nothing(self) -> bool:
        return not (self.days or self.events or self.notifications or self.rounds or self.messages)


@transaction.atomic
def take_back(board: SchoolBoard, *, today: date) -> TakenBack:
    """Take back every evaluation of a board after its today and what it did, then evaluate today; all or nothing.

    What people decided stays, dated today. What left by e-mail stays, dated of a day that has passed: it neither
    counts twice nor keeps that day's from leaving. A board of which no day was evaluated before is left as such: its
    history can still be filled in.
    """
    lock(board)
    taken = TakenBack()
    ahead = Evaluation.objects.filter(board=board, on__gt=today)
    taken.days = list(ahead.order_by("on").values_list("on", flat=True))
    ahead.delete()
    _retell(board, today, taken)
    taken.notifications, _ = Notification.objects.filter(board=board, on__gt=today).delete()
    taken.rounds, _ = Mailing.objects.filter(board=board, on__gt=today).delete()
    taken.messages = _settle_mail(board, today)
    if taken.is_nothing:
        return taken
    for rows in (DyadMeeting.objects.filter(board=board), GroupMeeting.objects.filter(board=board)):
        taken.meetings += drop_beyond(on=today, rows=rows)
    before = Evaluation.objects.filter(board=board).order_by("-on")
    if (last := before.first()) is not None:
        look_again(board, on=last.on)
    if before.filter(backfilled=False).exists():
        taken.run = evaluate_board(board, on=today)
    days = ", ".join(sorted({day.isoformat() for day in taken.days}))
    audit.record(board=board, person=None, verb=EVALUATIONS_TAKEN_BACK, subject=board, reason=days)
    return taken


def _retell(board: SchoolBoard, today: date, taken: TakenBack) -> None:
    lives = [_life(flag, today) for flag in _touched(board, today)]
    of_day = cache(partial(Numbers.of, board))
    for life in lives:
        if life.flag.cleared_on is not None:  # the others are evaluated today
            life.flag.threshold = _bound(life.flag, of_day(life.flag.cleared_on))
    moved = [event for life in lives for event in life.moved]
    gone = [event.pk for life in lives for event in life.gone]
    FlagEvent.objects.filter(pk__in=gone).delete()
    FlagEvent.objects.bulk_update(moved, ["on", "at"], batch_size=500)
    never = [life.flag.pk for life in lives if not life.has_begun]
    Flag.objects.filter(pk__in=never).delete()
    Flag.objects.bulk_update([life.flag for life in lives if life.has_begun], RETOLD, batch_size=200)
    taken.events, taken.findings = len(gone) + len(moved), len(never)


def _bound(flag: Flag, numbers: Numbers) -> int | None:
    """The bound behind a cleared finding's last severity and value, with the numbers of a day; its own if it fits."""
    place = flag.dyad or flag.group
    program_id = place.program_id if place else None
    fitting: list[int | None] = []
    for threshold in CATALOGUE[flag.guideline].thresholds:
        bound = threshold.bound
        if bound is not None:
            bound = numbers.value(flag.guideline, threshold.key, program_id)
        severities = (threshold.severity, threshold.severity.raised if threshold.step_up else threshold.severity)
        if flag.severity in severities and threshold.breach.by(flag.value, bound):
            fitting.append(bound)
    return flag.threshold if flag.threshold in fitting or not fitting else fitting[0]


def _touched(board: SchoolBoard, today: date) -> Iterator[Flag]:
    """The findings that bear a day to come, with their events in the order in which they were written."""
    bears = Q(events__on__gt=today) | Q(raised_on__gt=today) | Q(cleared_on__gt=today)
    touched = Flag.objects.filter(bears, board=board).order_by("pk").distinct()
    written = Prefetch("events", FlagEvent.objects.order_by("pk"))
    rows = Flag.objects.filter(pk__in=touched.values("pk")).select_related("dyad", "group")
    yield from rows.prefetch_related(written)


def _life(flag: Flag, today: date) -> Life:
    life = Life(flag, today, timezone.now())
    life.retell(flag.events.all())
    return life


def _settle_mail(board: SchoolBoard, today: date) -> int:
    """Forget the digests of days to come that did not leave; date all the rest of a day that has passed."""
    ahead = Message.objects.filter(board=board, on__gt=today)
    never_left = ahead.filter(kind=Message.Kind.DIGEST).exclude(state__in=MAY_HAVE_LEFT)
    dropped, _ = never_left.delete()
    kept = list(ahead.order_by("on", "pk"))
    _date_back(kept, today)
    return dropped + len(kept)


def _date_back(messages: Iterable[Message], today: date) -> None:
    """Give each the latest day before today on which its person has none of its kind."""
    for message in messages:
        theirs = Message.objects.filter(person=message.person_id, kind=message.kind)
        taken = set(theirs.values_list("on", flat=True))
        message.on = next(day for n in range(1, len(taken) + 2) if (day := today - n * DAY) not in taken)
        message.save(update_fields=["on"])
