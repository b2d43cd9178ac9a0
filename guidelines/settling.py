"""« À clore ou à renouveler »: relations past their committed end, several at once, undone at once."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from guidelines.audit_verbs import RELATIONS_SETTLED
from guidelines.catalogue import CATALOGUE
from guidelines.evaluation import evaluate_board
from guidelines.farewells import NO_WORDS, Farewell, review_early
from guidelines.together import note_cleared, where_they_stand
from guidelines.turning.standing import last_days
from mentoring.actions.relations import end_dyad
from mentoring.audit_verbs import DYAD_COMMITTED
from mentoring.defaults import conforming_commitment
from mentoring.models import Dyad
from mentoring.models.dyads import DyadQuerySet
from people import audit
from people.models import SchoolBoard, User
from people.text import spoken
from programs.actions.held import locked
from programs.actions.planning import plan_ahead
from programs.gestures.kinds import KINDS
from programs.gestures.memory import Changes
from programs.gestures.verbs import keep
from programs.models import Gesture

DAY = timedelta(days=1)


class Deed(models.TextChoices):
    RENEW = "renew", _("Renouveler")
    END = "end", _("Terminer")


@dataclass(frozen=True)
class Settlement:
    """What is done to all; ``until`` is the last day of the new commitment."""

    deed: Deed
    until: date | None = None
    farewell: Farewell = NO_WORDS

    def in_words(self, n: int) -> str:
        if self.deed == Deed.RENEW:
            words = ngettext(
                "%(n)s relation renouvelée jusqu’au %(day)s", "%(n)s relations renouvelées jusqu’au %(day)s", n
            )
            return words % {"n": n, "day": spoken(self.until) if self.until else ""}
        return ngettext("%(n)s relation terminée", "%(n)s relations terminées", n) % {"n": n}


def at_end(user: User, on: date) -> DyadQuerySet:
    """The open relations past their committed end of which the person decides, the oldest end first."""
    rows = Dyad.objects.run_by(user).open_on(on).filter(committed_until__lte=on, board=user.board_id)
    return rows.with_people().order_by("committed_until", "student__given_key", "pk")


def usual_end(dyads: Sequence[Dyad], on: date) -> date | None:
    """The last day to propose for new commitments: what each programme asks, the latest. Two queries a programme."""
    programs = {dyad.program_id: dyad.program for dyad in dyads}
    return max((conforming_commitment(program, on, on) - DAY for program in programs.values()), default=None)


@transaction.atomic
def settle(*, dyads: Sequence[Dyad], settlement: Settlement, person: User, on: date, entry_uuid: uuid.UUID) -> Gesture:
    """Renew or end these relations, all or none; one gesture per ``entry_uuid``, by which all of it is undone."""
    board = SchoolBoard.objects.select_for_update().get(pk=dyads[0].board_id)
    if already := Gesture.objects.filter(key=entry_uuid).first():
        return already
    changes, stood = Changes(), where_they_stand(board)
    if settlement.deed == Deed.RENEW:
        _renew(dyads, settlement.until, changes, person, on)
    else:
        _end(dyads, settlement.farewell, changes, person, on)
    plan_ahead(board=board, on=on)
    evaluate_board(board, on=board.until_today(on), codes=frozenset(CATALOGUE))
    note_cleared(stood, changes)
    if settlement.deed == Deed.END:
        review_early(dyads, settlement.farewell, changes, person=person, on=on)
    audit.record(board=board, person=person, verb=RELATIONS_SETTLED, subject=board)
    return keep(kind=KINDS["relations-reglees"], row=board, person=person, changes=changes, key=entry_uuid)


def _renew(dyads: Sequence[Dyad], until: date | None, changes: Changes, person: User, on: date) -> None:
    if until is None or until < on:
        raise ValidationError({"until": _t("Ce jour est passé\u00a0: choisissez aujourd’hui ou un jour à venir.")})
    for dyad in dyads:
        current = locked(dyad)
        _still(current, on)
        changes.write(current, committed_until=until + DAY)
    audit.record_all(person=person, verb=DYAD_COMMITTED, subjects=dyads)


def _end(dyads: Sequence[Dyad], said: Farewell, changes: Changes, person: User, on: date) -> None:
    days = last_days(dyads, on, on)
    for dyad in dyads:
        _still(locked(dyad), on)
        end_dyad(
            dyad=dyad,
            person=person,
            on=on,
            last_day=days[dyad.pk],
            reason=said.reason,
            ended_by=said.ended_by,
            closure_talk=said.closure_talk,
            end_code=said.end_code,
            within=changes,
        )


def _still(dyad: Dyad, on: date) -> None:
    """Refuse what somebody settled meanwhile."""
    if not dyad.is_past_its_end(on):
        words = _t("%(name)s\u00a0: quelqu’un s’en est occupé entre-temps. Rouvrez la liste.") % {"name": dyad}
        raise ValidationError(words)
