"""What this reader can do about this finding, likeliest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.urls import reverse
from django.utils.translation import gettext as _

from guidelines.catalogue import Guideline
from guidelines.models import Flag
from guidelines.reminders import is_late
from guidelines.step_pages import is_for, page_of
from guidelines.words import days_in_words
from mentoring.models import DyadMeeting
from people.models import User

UNDECIDED = (Flag.State.OPEN, Flag.State.SNOOZED)
SET_ASIDE = (Flag.State.DISMISSED, Flag.State.SNOOZED)


@dataclass(frozen=True)
class Step:
    """A row of « Les prochains pas »: a link, a form that posts, or advice without a page."""

    verb: str
    help: str
    icon: str
    url: str = ""
    posts: bool = False
    first: bool = False


@dataclass(frozen=True)
class Rights:
    """What a person may do about a finding (rights table)."""

    take: bool
    decide: bool
    log: bool

    @classmethod
    def on(cls, flag: Any) -> Self:
        """Read from a finding of ``with_rights``."""
        return cls(flag.is_takeable, flag.is_decidable, flag.is_loggable)


def steps(flag: Flag, guideline: Guideline, *, user: User, may: Rights, unlogged: Sequence[DyadMeeting]) -> list[Step]:
    """The catalogue's steps that the reader may take, then those on the finding itself. No query."""
    return [
        *_of_guideline(flag, guideline, user, may, unlogged),
        *_writing(flag, user, may),
        *_deciding(flag, user, may),
    ]


def _of_guideline(
    flag: Flag, guideline: Guideline, user: User, may: Rights, unlogged: Sequence[DyadMeeting]
) -> list[Step]:
    rows = []
    for step in guideline.next_steps:
        if not is_for(step.url_name, flag, user, may):
            continue
        forgotten = step.url_name == "dyad_log" and bool(unlogged)
        text = (
            _("%(days)s\u00a0: rencontres prévues, pas encore consignées")
            % {"days": days_in_words([m.on for m in unlogged])}
            if forgotten
            else str(step.help)
        )
        url = _forgotten(unlogged) if forgotten else page_of(step.url_name, flag)
        rows.append(Step(str(step.verb), text, step.icon, url, first=forgotten))
    return sorted(rows, key=lambda row: not row.first)


def _forgotten(unlogged: Sequence[DyadMeeting]) -> str:
    """Where to log what was planned: its own page, or the dyad's feed, which has a button for each."""
    if len(unlogged) == 1:
        return reverse("meeting_edit", args=[unlogged[0].pk])
    return reverse("dyad", args=[unlogged[0].dyad_id]) + "#feed"


def _writing(flag: Flag, user: User, may: Rights) -> list[Step]:
    mentor = flag.dyad.mentor if flag.dyad else flag.mentor
    if mentor is None or not may.decide or mentor.person_id == user.pk:
        return []
    rows = []
    if is_late(flag):
        rows.append(
            Step(
                _("Envoyer un rappel"),
                _("Un courriel prêt à partir, que vous lisez d’abord; un par semaine au plus."),
                "bell",
                reverse("flag_remind", args=[flag.pk]),
            )
        )
    if mentor.person.email:
        rows.append(
            Step(
                _("Écrire à %(person)s") % {"person": mentor.person},
                _("Votre messagerie s’ouvre; rien ne part sans vous."),
                "envelope",
                f"mailto:{mentor.person.email}",
            )
        )
    return rows


def _deciding(flag: Flag, user: User, may: Rights) -> list[Step]:
    """Take in charge, put off, dismiss, reopen: for those whom the rights table names, while the facts hold."""
    if flag.state == Flag.State.CLEARED:
        return []
    rows = []
    if flag.state in UNDECIDED and may.take:
        help_text = _("Votre nom s’affiche deux semaines, l’équipe sait que vous suivez la situation.")
        rows.append(_decision("flag_take", flag, _("Prendre en charge"), help_text, "person-check", posts=True))
    if flag.state == Flag.State.TAKEN and flag.taken_by_id == user.pk:
        help_text = _("Jusqu’à quand vous suivez la situation.")
        rows.append(_decision("flag_charge", flag, _("Changer la date"), help_text, "calendar-check"))
    if may.decide and flag.state not in SET_ASIDE:
        help_text = _("Le point revient de lui-même le jour choisi.")
        rows.append(_decision("flag_snooze", flag, _("Reporter"), help_text, "hourglass-split"))
        help_text = _("Le motif et votre nom restent à l’historique.")
        rows.append(_decision("flag_dismiss", flag, _("Écarter avec un motif"), help_text, "slash-circle"))
    if may.decide and flag.state in (*SET_ASIDE, Flag.State.TAKEN):
        help_text = _("Le point de vigilance revient parmi ceux à examiner.")
        rows.append(_decision("flag_reopen", flag, _("Rouvrir"), help_text, "arrow-counterclockwise", posts=True))
    return rows


def _decision(name: str, flag: Flag, verb: str, help_text: str, icon: str, *, posts: bool = False) -> Step:
    return Step(verb, help_text, icon, reverse(name, args=[flag.pk]), posts=posts)
