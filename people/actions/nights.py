"""What a board decides of its keeping, and the destruction by night: announced by a dry run, done a fortnight later."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from people import audit
from people.audit_verbs import RETENTION_SET
from people.models import Destruction, RetentionPlan, SchoolBoard, User
from people.privacy.destruction import counts_over, destroy
from people.privacy.plan import RULES
from people.retention import NIGHT_NOTICE
from people.text import spoken

SAID = (*RULES, "nightly_from")


@transaction.atomic
def set_plan(*, board: SchoolBoard, person: User, on: date, reason: str, said: Mapping[str, Any]) -> RetentionPlan:
    """Say for how many years a board keeps what (None: as we do), and from which day the night destroys (None: never).

    That day is a fortnight ahead at least. A dry run is made at once, and the fortnight of another one begins. The same
    said twice changes nothing.
    """
    SchoolBoard.objects.select_for_update(of=("self",), no_key=True).get(pk=board.pk)
    known = RetentionPlan.objects.filter(board=board).first()
    plan = known or RetentionPlan(board=board)
    if known and all(getattr(known, name) == said[name] for name in SAID):
        return known
    first = said["nightly_from"]
    if first and first != plan.nightly_from and first < on + NIGHT_NOTICE:
        earliest = spoken(on + NIGHT_NOTICE)
        words = _("Choisissez le %(day)s au plus tôt\u00a0: ce qui sera détruit s’annonce deux semaines d’avance.")
        raise ValidationError({"nightly_from": words % {"day": earliest}})
    for name in SAID:
        setattr(plan, name, said[name])
    plan.reason, plan.set_on, plan.set_by = reason, on, person
    plan.clean_fields()
    _announce(plan, on)
    audit.record(board=board, person=person, verb=RETENTION_SET, subject=plan, reason=reason)
    return plan


@transaction.atomic
def tend_night(*, board: SchoolBoard, on: date) -> list[Destruction]:
    """Destroy what was announced a fortnight ago or more, once the board's day has come, and announce what follows.

    What is destroyed is over since the day of the announcement, and no more than it said: when one kind has grown since
    (a file of departures, say), all is announced anew and nothing goes. A board that said nothing is left alone.
    """
    SchoolBoard.objects.select_for_update(of=("self",), no_key=True).get(pk=board.pk)
    plan = RetentionPlan.objects.filter(board=board, nightly_from__isnull=False).first()
    if plan is None or plan.nightly_from is None:
        return []
    by = plan.announced_on
    if by is not None and on < max(plan.nightly_from, by + NIGHT_NOTICE):
        return []
    found = counts_over(board, by=by, on=on, plan=plan) if by is not None else {}
    as_told = by is not None and all(count <= plan.announced.get(kind, 0) for kind, count in found.items())
    made = destroy(board=board, person=None, on=on, by=by) if as_told else []
    _announce(plan, on)
    return made


def _announce(plan: RetentionPlan, on: date) -> None:
    """The dry run, when the night destroys."""
    plan.announced_on = on if plan.nightly_from else None
    plan.announced = counts_over(plan.board, by=on, on=on, plan=plan) if plan.nightly_from else {}
    plan.save()
