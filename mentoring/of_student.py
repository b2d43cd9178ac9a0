"""What the log says of one student's dyads, as the reader sees them (see ``programs.of_student``)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring.last_meetings import in_words
from mentoring.models import (
    Agreement,
    DifficultEvent,
    Dyad,
    DyadMeeting,
    FollowUp,
    RelationshipReview,
    TeacherLiaison,
)
from people.files import Reading
from programs.fixed_periods import Period
from programs.of_student import (
    NONE,
    Fact,
    Line,
    Part,
    Tally,
    how_many,
    line_of,
    may_log,
    meeting_facts,
    meeting_tallies,
    records,
    seen_in,
    some,
    tally,
    within,
)

REVIEWED = {
    "lates_reviewed": gettext_lazy("Retards revus"),
    "discipline_reviewed": gettext_lazy("Notes de discipline revues"),
    "results_reviewed": gettext_lazy("Résultats revus"),
}


def dyad_parts(reading: Reading, period: Period, *, lines: bool = False) -> list[Part]:
    """The student's dyads that the reader sees, the last first, with what a period holds of each.

    Eight queries, and five more with ``lines``.
    """
    seen = seen_in(Dyad, reading).filter(student=reading.student)
    dyads = seen.select_related("program", "mentor__person").annotate(may_log=may_log(Dyad, reading))
    parts = {
        dyad.pk: Part(
            dyad, str(dyad.mentor.person), dyad.program.name, dyad.mentor.person, dyad.starts_on, dyad.ends_on,
            dyad.may_log,
        )
        for dyad in dyads.order_by("-starts_on", "-pk")
    }  # fmt: skip
    agreed = _objectives(list(parts), period.until)
    for pk, facts in _facts(list(parts), period).items():
        parts[pk].facts, parts[pk].objectives = facts, agreed.get(pk, ())
    if lines:
        for pk, line in _lines(list(parts), period):
            parts[pk].lines.append(line)
    return list(parts.values())


def _objectives(dyads: list[int], until: date) -> dict[int, list[str]]:
    """By dyad, those of its last agreement signed before a day."""
    rows = Agreement.objects.filter(dyad__in=dyads, signed_on__lt=until).order_by("signed_on", "pk")
    return {row.dyad_id: row.objectives for row in rows}


def _facts(dyads: list[int], period: Period) -> dict[int, list[Fact]]:
    of = Q(within(period), deleted_at__isnull=True, dyad__in=dyads)
    events = DyadMeeting.objects.filter(of)
    met = meeting_tallies(events.meetings(), "dyad")
    contacts = tally(events.held().filter(channel__in=DyadMeeting.CONTACT_CHANNELS), "dyad")
    routines = _routines(of)
    liaisons, reviews = (tally(model.objects.filter(of), "dyad") for model in (TeacherLiaison, RelationshipReview))
    hard, supported = (
        tally(DifficultEvent.objects.filter(of), "dyad", which) for which in (None, Q(supported_on__isnull=False))
    )
    return {
        pk: [
            *meeting_facts(met, pk),
            *some(_("Autres contacts"), contacts.get(pk, NONE)),
            *routines.get(pk, []),
            *some(_("Échanges avec le personnel enseignant"), liaisons.get(pk, NONE)),
            *some(_("Événements difficiles"), hard.get(pk, NONE)),
            *some(_("Événements suivis d’un soutien"), Tally(supported.get(pk, NONE).n)),
            *some(_("Bilans de la relation"), reviews.get(pk, NONE)),
        ]
        for pk in dyads
    }


def _routines(of: Q) -> dict[int, list[Fact]]:
    """By dyad, the weekly routines, and what was looked at in them. One query."""
    seen = {name: Count("pk", filter=Q(**{name: True})) for name in REVIEWED}
    told: Iterable[Any] = (
        FollowUp.objects.filter(of).order_by().values("dyad").annotate(n=Count("pk"), last=Max("on"), **seen)
    )
    return {
        row["dyad"]: [
            Fact(_("Routines de la semaine"), how_many(Tally(row["n"], row["last"]))),
            *(fact for name, label in REVIEWED.items() for fact in some(str(label), Tally(row[name]))),
        ]
        for row in told
    }


def _lines(dyads: list[int], period: Period) -> Iterable[tuple[int, Line]]:
    held = DyadMeeting.objects.held().filter(dyad__in=dyads)
    for meeting in records(held, period):
        what = _("Contact") if meeting.is_contact else _("Rencontre")
        yield meeting.dyad_id, line_of(meeting, what, in_words(meeting))
    for liaison in records(TeacherLiaison.objects.filter(dyad__in=dyads), period):
        said = liaison.subject, liaison.get_channel_display()
        yield liaison.dyad_id, line_of(liaison, _("Échange avec le personnel enseignant"), *said)
    for routine in records(FollowUp.objects.filter(dyad__in=dyads), period):
        yield routine.dyad_id, line_of(routine, _("Routine de la semaine"), *_looked_at(routine))
    for event in records(DifficultEvent.objects.filter(dyad__in=dyads), period):
        offered = _("soutien offert") if event.supported_on else ""
        yield event.dyad_id, line_of(event, _("Événement difficile"), offered)
    for review in records(RelationshipReview.objects.filter(dyad__in=dyads), period):
        yield review.dyad_id, line_of(review, _("Bilan de la relation"))


def _looked_at(routine: Any) -> list[str]:
    """« retards revus »."""
    names = (name for name in REVIEWED if getattr(routine, name))
    return [str(REVIEWED[name])[:1].lower() + str(REVIEWED[name])[1:] for name in names]
