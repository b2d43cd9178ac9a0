"""What this reader can do about this finding, likeliest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from guidelines.catalogue import Guideline
from guidelines.models import Flag
from mentoring.models import Dyad, DyadMeeting
from people.models import User

LOGGING = ("dyad_log", "dyad_plan")
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


def steps(flag: Flag, guideline: Guideline, *, user: User, unlogged: Sequence[DyadMeeting]) -> list[Step]:
    """The catalogue's steps that the reader may take, then those on the finding itself. Three queries at most."""
    return [*_of_guideline(flag, guideline, user, unlogged), *_writing(flag, user), *_deciding(flag, user)]


def spelt(days: Sequence[date]) -> str:
    """« 4 et 11 novembre »: the month is said once per run of days."""
    parts = [
        str(day.day) if place + 1 < len(days) and days[place + 1].month == day.month else date_format(day, "j F")
        for place, day in enumerate(days)
    ]
    return get_text_list(parts, _("et"))


def _of_guideline(flag: Flag, guideline: Guideline, user: User, unlogged: Sequence[DyadMeeting]) -> list[Step]:
    may_log = flag.dyad_id is not None and Dyad.objects.loggable_by(user).filter(pk=flag.dyad_id).exists()
    rows = []
    for step in guideline.next_steps:
        if step.url_name in LOGGING and not may_log:
            continue
        forgotten = step.url_name == "dyad_log" and bool(unlogged)
        text = (
            _("%(days)s\u00a0: rencontres prévues, pas encore consignées") % {"days": spelt([m.on for m in unlogged])}
            if forgotten
            else str(step.help)
        )
        url = _address(step.url_name, flag)
        if forgotten:
            url += f"?le={unlogged[0].on.isoformat()}"
        rows.append(Step(str(step.verb), text, step.icon, url, first=forgotten))
    return sorted(rows, key=lambda row: not row.first)


def _address(name: str, flag: Flag) -> str:
    target = flag.dyad_id if name.startswith("dyad") else flag.group_id if name.startswith("group") else None
    return reverse(name, args=[target]) if name and target else ""


def _writing(flag: Flag, user: User) -> list[Step]:
    mentor = flag.dyad.mentor if flag.dyad else flag.mentor
    if mentor is None or not mentor.person.email or mentor.person_id == user.pk:
        return []
    return [
        Step(
            _("Écrire à %(person)s") % {"person": mentor.person},
            _("Votre messagerie s’ouvre\u00a0; rien ne part sans vous."),
            "envelope",
            f"mailto:{mentor.person.email}",
        )
    ]


def _deciding(flag: Flag, user: User) -> list[Step]:
    """Take in charge, dismiss, reopen: for those whom the rights table names, while the facts hold."""
    if flag.state == Flag.State.CLEARED:
        return []
    rows = []
    if flag.state in UNDECIDED and Flag.objects.takeable_by(user).filter(pk=flag.pk).exists():
        rows.append(
            Step(
                _("Prendre en charge"),
                _("Votre nom s’affiche, l’équipe sait que vous suivez la situation."),
                "person-check",
                reverse("flag_take", args=[flag.pk]),
                posts=True,
            )
        )
    if not Flag.objects.decidable_by(user).filter(pk=flag.pk).exists():
        return rows
    if flag.state not in SET_ASIDE:
        rows.append(
            Step(
                _("Écarter avec un motif"),
                _("Le motif et votre nom restent à l’historique."),
                "slash-circle",
                reverse("flag_dismiss", args=[flag.pk]),
            )
        )
    if flag.state in (*SET_ASIDE, Flag.State.TAKEN):
        rows.append(
            Step(
                _("Rouvrir"),
                _("Le point de vigilance revient parmi ceux à examiner."),
                "arrow-counterclockwise",
                reverse("flag_reopen", args=[flag.pk]),
                posts=True,
            )
        )
    return rows
