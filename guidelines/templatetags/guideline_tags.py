"""Findings on other apps' pages: they compose these tags in their templates."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django import template
from django.db.models import Q, QuerySet
from django.template.context import RequestContext
from django.utils.text import capfirst

from guidelines.badges import to_reach_count
from guidelines.catalogue import CATALOGUE
from guidelines.measures.scope import KINDS
from guidelines.missing_data import lacking_in, scope_of
from guidelines.models import SUBJECTS, Evaluation, Flag, Subject
from guidelines.models.flags import FlagQuerySet
from guidelines.models.former_terms import is_former
from guidelines.numbers import Numbers
from guidelines.sentences import followed_up, headline, observed
from guidelines.setup import CODES as SETUP
from guidelines.setup import checklist
from guidelines.words import count_in_words, days_in_words, others_in_words, silence_in_words
from mentoring.models import Dyad
from people.kept import kept, kept_for
from people.models import User
from programs.models import MeetingRecord

register = template.Library()
register.filter("headline", headline)
register.filter("observed", observed)
register.filter("followed_up", followed_up)
register.filter("others_in_words", others_in_words)

AT_HAND = 4
"""How many findings the side panel of a home page lists before it refers to the whole list."""


@register.inclusion_tag("guidelines/_panel.html", takes_context=True)
def findings(context: RequestContext, subject: Subject, numbers: Numbers | None = None) -> dict[str, Any]:
    """What is to examine on a subject (on a dyad, its mentor's too), one per cause; its set-up; what lacks data.

    ``numbers`` are those in force, where the page has read them.
    """
    user = _user(context)
    if user is None:
        return {"rows": [], "lacking": []}
    on = user.local_date()
    flags = _live(subject, user, on)
    scope = scope_of(subject, on=on, numbers=numbers)
    program = getattr(subject, "program", None)
    followed = scope.day.followed if scope and program else frozenset[str]()
    lack = lacking_in(scope) if scope else []
    steps = checklist(subject, flags, followed=followed, lacking=[entry.code for entry in lack])
    former = [CATALOGUE[flag.guideline] for flag in flags if flag.is_former and flag.is_to_examine]
    still = [flag for flag in flags if not flag.is_former]
    shown = [flag for flag in still if flag.is_to_examine and not (steps and flag.guideline in SETUP)]
    first: dict[str, list[Flag]] = {}
    for flag in shown:
        first.setdefault(flag.cause, []).append(flag)
    alone = isinstance(subject, Dyad) and not subject.mentor.person.is_active and subject.is_left_on(on)
    left = {subject.pk} if alone else set()
    return {
        "rows": [(of_cause[0], len(of_cause) - 1, of_cause[0].rests_on(on, left)) for of_cause in first.values()],
        "alone": alone,
        "setup": steps,
        "over": subject if isinstance(subject, Dyad) and subject.is_past_its_end(on) else None,
        "lacking": [*(entry for entry in lack if not program or entry.code in followed), *former],
        "user": user,
    }


@register.inclusion_tag("guidelines/_mine.html", takes_context=True)
def my_findings(context: RequestContext) -> dict[str, Any]:
    """One's own dyads and groups to reach or to watch, each under its most severe finding. One query."""
    user = _user(context)

    def mine() -> FlagQuerySet:
        assert user is not None  # noqa: S101 (asked for below only then)
        return Flag.objects.rhythm_entrusted_to(user).to_watch(user.local_date()).with_subject().by_urgency()

    of_subject: dict[object, list[Flag]] = {}
    for flag in kept("my findings", user, mine) if user else ():
        of_subject.setdefault(tuple(getattr(flag, f"{kind}_id") for kind in SUBJECTS), []).append(flag)
    first = [(flags[0], len({flag.cause for flag in flags}) - 1) for flags in of_subject.values()]
    return {"rows": first[:AT_HAND], "count": len(first), "user": user}


@register.simple_tag(takes_context=True)
def vigilance_count(context: RequestContext) -> int:
    """How many are to reach; no query on a page that has counted ``all_attention``."""
    user, counted = _user(context), context.get("all_attention")
    if counted is not None:
        return len(counted.to_reach)
    return to_reach_count(user) if user else 0


@register.inclusion_tag("guidelines/_silenced.html", takes_context=True)
def silenced(context: RequestContext) -> dict[str, Any]:
    """Says that an evaluation of a day to come keeps the findings from being brought up to date. One query."""
    user = _user(context)

    def ahead() -> QuerySet[Evaluation, date]:
        assert user is not None  # noqa: S101 (asked for below only then)
        later = Evaluation.objects.filter(board=user.board_id, on__gt=user.local_date())
        return later.values_list("on", flat=True)[:1]

    return {"day": next(iter(kept("evaluations to come", user, ahead) if user else ()), None)}


@register.simple_tag(takes_context=True)
def worst_severity(context: RequestContext, dyads: Iterable[Dyad]) -> dict[int, str]:
    """By dyad, the most severe of what is to reach or to watch; read it with ``lookup``. One query a page."""
    user = _user(context)
    if user is None:
        return {}
    reader = user

    def told(ids: Sequence[int]) -> QuerySet[Flag, tuple[int | None, str]]:
        rows = Flag.objects.rhythm_visible_to(reader).to_watch(reader.local_date()).filter(dyad__in=ids)
        return rows.by_urgency().values_list("dyad_id", "severity")

    found = kept_for([dyad.pk for dyad in dyads], "severities of dyads", told, reader)
    return {dyad: severity for dyad, severity in reversed(found) if dyad is not None}


@register.filter
def days(meetings: Sequence[MeetingRecord]) -> str:
    """« 4 et 11 novembre »: the dates of some meetings."""
    return days_in_words([meeting.on for meeting in meetings])


@register.filter
def in_words(number: int) -> str:
    """« Deux », for the beginning of a sentence about feminine things."""
    return capfirst(count_in_words(number))


@register.filter
def silence(line: Any) -> str:
    """« il y a 12 jours »: of a row of a list, with its ``silence_days``."""
    return silence_in_words(line.silence_days, has_met=line.row.last_on is not None)


@register.filter
def subject_name(flag: Flag) -> str:
    """« Inès Benali et Marc-Olivier Thériault », « Groupe Élan », « Étienne Parent »."""
    return flag.group.full_name if flag.group else str(flag.subject)


@register.filter
def lookup(values: Mapping[Any, str], name: object) -> str:
    return values.get(name, "")


def _user(context: RequestContext) -> User | None:
    user = getattr(context.get("request"), "user", None)
    return user if isinstance(user, User) else None


def _live(subject: Subject, user: User, on: date) -> list[Flag]:
    """The findings that a page of a subject tells; on a dyad, its mentor's too. One query."""
    kinds = {KINDS[type(subject)]: subject.pk}
    if isinstance(subject, Dyad):
        kinds["mentor"] = subject.mentor_id

    def live(ids: Sequence[int]) -> FlagQuerySet:
        theirs = reduce(or_, (Q(**{kind: pk}) for kind, pk in zip(kinds, ids, strict=True)))
        rows = Flag.objects.visible_to(user, *kinds).filter(theirs).live().followed(on, *kinds)
        return rows.annotate(**{"is_former": is_former(on)}).with_subject().by_urgency()

    return kept_for(list(kinds.values()), f"findings on a {next(iter(kinds))}", live, user, on)
