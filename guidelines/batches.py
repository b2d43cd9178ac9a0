"""One gesture for many findings: what it would do, said first; what it did, in one transaction."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from guidelines.decisions import Decision, Kind, Outcome, decide, why_left
from guidelines.forms import ChargeForm, DismissForm, SnoozeForm
from guidelines.models import Flag
from guidelines.reminders import obstacles
from guidelines.words import join_words
from people.drafts import draft_of
from people.models import User

MOST = 500
"""Findings that one gesture takes: more is done in several times."""
NOT_YOURS = _("ce n’est pas à vous d’en décider")


class Deed(models.TextChoices):
    TAKE = "take", _("Prendre en charge")
    SNOOZE = "snooze", _("Reporter")
    DISMISS = "dismiss", _("Écarter")
    REMIND = "remind", _("Envoyer un rappel")


KINDS = {Deed.TAKE: Kind.TAKEN, Deed.SNOOZE: Kind.SNOOZED, Deed.DISMISS: Kind.DISMISSED}
DecisionForm = ChargeForm | SnoozeForm | DismissForm
FORMS: dict[Deed, type[DecisionForm]] = {
    Deed.TAKE: ChargeForm,
    Deed.SNOOZE: SnoozeForm,
    Deed.DISMISS: DismissForm,
}


@dataclass(frozen=True)
class Selection:
    """What was chosen on a list: the gesture, the findings in their order, and the list's address to go back to."""

    deed: Deed
    pks: Sequence[int]
    query: str = ""


def keep(selection: Selection, user: User) -> uuid.UUID:
    """Keep what was ticked as a draft of the person's, which outlives their session; the key of the batch to be."""
    key = uuid.uuid4()
    said = {"geste": [selection.deed.value], "point": list(selection.pks), "retour": [selection.query]}
    user.drafts.create(address=_kept_at(key), content=said)
    return key


def kept(user: User, key: uuid.UUID) -> Selection | None:
    """What the person had ticked; None when it is somebody else's, or was long ago. One query."""
    draft = draft_of(user, _kept_at(key))
    if draft is None:
        return None
    said = draft.content
    return Selection(Deed(said["geste"][0]), said["point"], said["retour"][0])


def _kept_at(key: uuid.UUID) -> str:
    return f"vigilance:{key}"


@dataclass(frozen=True)
class Plan:
    """``ready``: what the gesture would reach; ``left``: what it would not, and why. ``points`` counts all it moves."""

    deed: Deed
    ready: list[Flag]
    left: list[tuple[Flag, str | Promise]]
    points: int

    @property
    def subjects(self) -> str:
        return subjects_in_words(self.ready)


def plan(selection: Selection, user: User, *, on: date) -> Plan:
    """What the person's gesture would do now. Four queries, whatever the number."""
    flags = _allowed_or_not(selection, user)
    ready: list[Flag] = []
    left: list[tuple[Flag, str | Promise]] = []
    for flag, is_allowed in flags:
        why = why_left(flag, user) if selection.deed != Deed.REMIND else None
        if not is_allowed:
            left.append((flag, NOT_YOURS))
        elif why is not None:
            left.append((flag, why.label))
        else:
            ready.append(flag)
    if selection.deed == Deed.REMIND:
        refused = obstacles(ready, person=user, on=on)
        left += [(flag, refused[flag.pk]) for flag in ready if flag.pk in refused]
        ready = [flag for flag in ready if flag.pk not in refused]
        return Plan(selection.deed, ready, left, len(ready))
    together = Flag.objects.visible_to(user).decided_together_with(ready)
    return Plan(selection.deed, ready, left, together.count())


def apply(selection: Selection, said: dict[str, Any], user: User, *, on: date, batch: uuid.UUID) -> Outcome:
    """Decide as the form says on what the person may decide on; what has changed meanwhile is left."""
    pks = [flag.pk for flag, is_allowed in _allowed_or_not(selection, user) if is_allowed]
    until = said.get("until") or said.get("review_on")
    decision = Decision(KINDS[selection.deed], until, said.get("reason", ""), said.get("reason_code", ""))
    return decide(pks, decision, person=user, on=on, batch=batch)


def form_of(deed: Deed, *args: Any, **kwargs: Any) -> DecisionForm | None:
    """What is asked once for all; None where nothing is."""
    return FORMS[deed](*args, **kwargs) if deed in FORMS else None


def _allowed_or_not(selection: Selection, user: User) -> list[tuple[Flag, bool]]:
    """The findings that the person sees, in the order of the list, and whether they may do this on each."""
    seen = Flag.objects.visible_to(user).with_deeds(user).with_subject().in_bulk(list(selection.pks))
    flags = [seen[pk] for pk in selection.pks if pk in seen]
    return [(flag, bool(flag.is_takeable if selection.deed == Deed.TAKE else flag.is_decidable)) for flag in flags]


def points_in_words(points: int) -> str:
    return ngettext("%(n)s point de vigilance", "%(n)s points de vigilance", points) % {"n": points}


def subjects_in_words(flags: Sequence[Flag]) -> str:
    """« 9 relations, 2 groupes et 1 personne »."""
    kinds = Counter(kind for kind, _pk in {(f.subject_kind, getattr(f, f"{f.subject_kind}_id")) for f in flags})
    people = kinds["mentor"] + kinds["teacher"]
    said = (
        (kinds["dyad"], ngettext("%(n)s relation", "%(n)s relations", kinds["dyad"])),
        (kinds["group"], ngettext("%(n)s groupe", "%(n)s groupes", kinds["group"])),
        (people, ngettext("%(n)s personne", "%(n)s personnes", people)),
        (kinds["program"], ngettext("%(n)s programme", "%(n)s programmes", kinds["program"])),
    )
    return join_words([words % {"n": n} for n, words in said if n])
