"""All the kinds of records of the log: those of groups, and those of dyads."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mentoring.actions.followup import check_record_whole
from mentoring.models import DifficultEvent, Dyad, DyadMeeting, FollowUp, RelationshipReview, TeacherLiaison
from mentoring.signals import dyad_changed
from people.models import User
from programs.kinds import GROUP_KINDS, Kind, Scope, same
from programs.models import LoggedRecord, Program


def _tell(model: type[LoggedRecord], dyad: Dyad, on: date) -> None:
    dyad_changed.send(sender=Dyad, dyad=dyad, on=on, records={model})


def _run_by(user: User) -> QuerySet[Any]:
    return Dyad.objects.filter(program__in=Program.objects.led_by(user))


def _like_meeting(meeting: DyadMeeting) -> Q:
    """Another meeting of the day, or another contact by the same means."""
    if meeting.is_contact:
        return Q(channel=meeting.channel)
    return ~Q(channel__in=DyadMeeting.CONTACT_CHANNELS) & ~Q(status=DyadMeeting.Status.PLANNED)


def _dyad_kind(
    slug: str,
    model: type[LoggedRecord],
    name: str | Promise,
    alike: Callable[[Any], Q],
    *,
    loggable: Scope = Dyad.objects.loggable_by,
    family: str = "",
) -> Kind:
    return Kind(
        slug,
        model,
        name,
        "dyad",
        Dyad.objects.visible_to,
        loggable,
        check_record_whole,
        partial(_tell, model),
        alike,
        family or slug,
    )


DYAD_KINDS = {
    kind.slug: kind
    for kind in (
        _dyad_kind("rencontre", DyadMeeting, _("rencontre ou contact"), _like_meeting),
        _dyad_kind(
            "echange", TeacherLiaison, _("échange avec le personnel enseignant"), same("channel", "subject"),
            family="routine",
        ),
        _dyad_kind("routine", FollowUp, _("routine de la semaine"), same()),
        _dyad_kind("evenement", DifficultEvent, _("événement difficile"), same("kind")),
        _dyad_kind("bilan", RelationshipReview, _("bilan de la relation"), same(), loggable=_run_by),
    )
}  # fmt: skip
KINDS = GROUP_KINDS | DYAD_KINDS
