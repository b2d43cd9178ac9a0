"""What waits for students who come back to a school: their dyads there, paused since they left."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from mentoring.actions.relations import resume_dyad
from mentoring.models import Dyad, Pause
from people.models import User


def paused_at(homes: Mapping[int, int], on: date) -> dict[int, list[Dyad]]:
    """By student who comes back to a school (``homes``), their open dyads there whose pause has no end. One query."""
    if not homes:
        return {}
    endless = Pause.objects.filter(ends_on__isnull=True, starts_on__lte=on).values("dyad")
    rows = Dyad.objects.open_on(on).with_people().filter(student__in=homes, pk__in=endless)
    found: dict[int, list[Dyad]] = defaultdict(list)
    for dyad in rows:
        if dyad.program.school_id == homes[dyad.student_id]:
            found[dyad.student_id].append(dyad)
    return found


def paused_words(dyads: Iterable[Dyad]) -> str:
    return ", ".join(_("dyade avec %(mentor)s") % {"mentor": dyad.mentor} for dyad in dyads)


def resume(dyads: Iterable[Dyad], person: User | None, on: date) -> None:
    """Lift the pauses; a few queries a dyad."""
    for dyad in dyads:
        resume_dyad(dyad=dyad, person=person, on=on)
