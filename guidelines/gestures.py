"""What was set of a guideline by mistake: the numbers of one press go together, and the findings are as before."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from guidelines.audit_verbs import NUMBER_CANCELLED, NUMBER_SET
from guidelines.bounds import Refusal, refused_from
from guidelines.catalogue import CATALOGUE
from guidelines.evaluation import evaluate_board
from guidelines.models import Flag, FlagEvent, GuidelineSetting
from guidelines.retelling import RETOLD, Life
from people.models import SchoolBoard, User
from programs.gestures.kinds import Made, made_of, place_of
from programs.gestures.memory import rows_of
from programs.gestures.verbs import entered_lately
from programs.log.restoring import restorable_since
from programs.models import Gesture


class NumberMade(Made[GuidelineSetting]):
    """Who may set a number of the place takes it back; findings that it alone moved are told as if it never was."""

    slug, model = "balise", GuidelineSetting
    words, needs = _("Valeur d’une balise"), ("program",)
    added, taken_back = (NUMBER_SET,), NUMBER_CANCELLED
    gone, back = (
        _("Le changement est annulé\u00a0: la valeur d’avant sert de nouveau."),
        _("Le changement est rétabli."),
    )
    why_no_edit = "set again on the page of the guideline, from a day on"

    def title(self, row: GuidelineSetting) -> str:
        place = str(row.program) if row.program else _t("Tout l’organisme")
        return f"{CATALOGUE[row.guideline].title}, {place}"

    def seen_by(self, user: User) -> QuerySet[GuidelineSetting]:
        return GuidelineSetting.objects.visible_to(user)

    def allowed(self, user: User) -> QuerySet[GuidelineSetting]:
        return GuidelineSetting.objects.settable_by(user)

    def place(self, row: GuidelineSetting) -> dict[str, Any]:
        return place_of(row.program) if row.program else {"board": row.board}

    def page_of(self, row: GuidelineSetting) -> str:
        return reverse("guideline", args=[row.guideline])

    def hold(self, row: GuidelineSetting) -> None:
        SchoolBoard.objects.select_for_update().get(pk=row.board_id)

    def check(self, row: GuidelineSetting) -> None:
        """What was set beside it since must still make sense without it."""
        _refuse(before=_refusals(row), after=_refusals(row, without=row))

    def check_return(self, row: GuidelineSetting, on: date) -> None:
        _refuse(before=_refusals(row, without=row), after=_refusals(row))

    def along(self, row: GuidelineSetting) -> list[QuerySet[Any]]:
        return [row.set_together().exclude(pk=row.pk)]

    def after(self, row: GuidelineSetting, on: date) -> None:
        day = row.board.until_today(on)
        if row.starts_on > day:
            return
        evaluate = partial(evaluate_board, row.board, on=day, codes=frozenset({row.guideline}))
        if not GuidelineSetting.objects.filter(pk=row.pk).exists():
            found = {(one.subject, one.subject_id): one.severity.value for one in evaluate(write=False).findings}
            _retell(row, found, day)
        evaluate()


NUMBERS: tuple[Any, ...] = (NumberMade(),)
"""Every kind of a guideline."""


def offered(user: User, rows: Sequence[GuidelineSetting], on: date) -> set[int]:
    """Which rows of a board the person may take back. Two queries."""
    mine = GuidelineSetting.objects.settable_by(user).filter(pk__in=[row.pk for row in rows])
    return entered_lately(made_of(GuidelineSetting), list(mine), on)


def taken_back_lately(user: User, guideline: str, on: date) -> list[tuple[Gesture, list[GuidelineSetting]]]:
    """What was set of a guideline and taken back, for whoever may put it back: the latest first."""
    told = Gesture.objects.visible_to(user).filter(kind=NumberMade.slug, undone_at=None, at__gte=restorable_since(on))
    read = ((one, rows_of(one.gone, GuidelineSetting)) for one in told.select_related("person", "program"))
    return [(one, rows) for one, rows in read if rows[0].guideline == guideline]


def _refusals(row: GuidelineSetting, *, without: GuidelineSetting | None = None) -> list[Refusal]:
    gone = without.set_together() if without else None
    return refused_from(row.board_id, CATALOGUE[row.guideline], row.starts_on, without=gone)


def _refuse(*, before: list[Refusal], after: list[Refusal]) -> None:
    """Refuse numbers that the change would leave without sense, unless they had none already."""
    if new := [refusal.sentence for refusal in after if refusal not in before]:
        raise ValidationError(
            [_t("Les autres valeurs ont été réglées d’après celle-ci\u00a0: rien n’est changé."), *new]
        )


def _retell(row: GuidelineSetting, found: Mapping[tuple[str, int], str], today: date) -> None:
    """Let go of what evaluations wrote since the number was set, of each finding that it alone makes what it is.

    ``found`` gives the severities without it. Those on which people have decided since are left for the evaluation.
    """
    since = FlagEvent.objects.filter(at__gte=row.set_at)
    moved = Flag.objects.filter(board=row.board_id, guideline=row.guideline, pk__in=since.values("flag"))
    decided = since.exclude(person=None).exclude(kind=FlagEvent.Kind.SEEN)
    events = Prefetch("events", FlagEvent.objects.order_by("pk"))
    lives = []
    for flag in moved.exclude(pk__in=decided.values("flag")).prefetch_related(events):
        now = None if flag.cleared_on else flag.severity
        if found.get((flag.subject_kind, getattr(flag, f"{flag.subject_kind}_id"))) != now:
            life = Life(flag, today, timezone.now())
            life.retell(event for event in flag.events.all() if event.at < row.set_at)
            lives.append(life)
    since.filter(flag__in=[life.flag for life in lives], person=None).delete()
    Flag.objects.filter(pk__in=[life.flag.pk for life in lives if not life.has_begun]).delete()
    Flag.objects.bulk_update([life.flag for life in lives if life.has_begun], RETOLD, batch_size=200)
