"""What a programme declares, beside what its log tells since the school year began: two columns, and no judgement."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from statistics import median_low
from typing import Any

from django.db.models import Count, Q, QuerySet, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from guidelines.answers import Answer, answers
from guidelines.catalogue.programs import PROGRAM_CONTENTS_DRIFT, PROGRAM_ROLES
from guidelines.measures import Scope
from mentoring.models import DyadMeeting
from programs import activities
from programs.models import GroupMeeting, MeetingRecord, Program, ProgramActivity
from programs.models.contacts import Channel
from reports.tables import Text, label_of

HELD, PLANNED = MeetingRecord.Status.HELD, MeetingRecord.Status.PLANNED
CODES = (PROGRAM_CONTENTS_DRIFT.code, PROGRAM_ROLES.code)
NOTHING = gettext_lazy("rien de déclaré")
Labelled = tuple[str, list[tuple[list[str], int]]]
"""What is declared, and of some meetings, how many have these labels."""


@dataclass(frozen=True)
class Compared:
    """One line. ``of`` is how many meetings tell, None where none is counted; ``is_few``: too few of them to say."""

    what: Text
    declared: str
    logged: str
    of: int | None = None
    is_few: bool = False


@dataclass(frozen=True)
class Log:
    """The meetings of a programme in the school year, counted; under ``least`` of them nothing is told."""

    due: Mapping[str, int]
    minutes: Counter[int]
    kinds: Mapping[tuple[Any, ...], int]
    least: int

    def line(self, what: Text, declared: str, of: int, logged: str) -> Compared:
        return Compared(what, declared or str(NOTHING), logged, of, of < self.least)

    def shares(self, what: Text, declared: str, labelled: Iterable[tuple[list[str], int]]) -> Compared:
        """The share of each label among the meetings that bear any; a meeting may bear several."""
        found: Counter[str] = Counter()
        of = 0
        for labels, number in labelled:
            of += number if labels else 0
            found.update(dict.fromkeys(labels, number))
        told = (
            _("%(label)s\u00a0: %(percent)s\u00a0%%") % {"label": label, "percent": 100 * number // of}
            for label, number in found.most_common()
        )
        return self.line(what, declared, of, ", ".join(told))


def compared(program: Program, *, on: date) -> list[Compared]:
    """The lines of a programme: counts of meetings, never of people. A number of queries that does not grow."""
    scope = Scope(program.board, on, program)
    found = answers(scope, CODES)
    least = scope.numbers.value(PROGRAM_CONTENTS_DRIFT.code, "least", program.pk)
    since = scope.year.starts_on if scope.year else on
    declared = list(program.activities.all())
    if program.domain == Program.Domain.GROUP:
        log = _log(GroupMeeting.objects.kept().filter(group__program=program), ("activities",), since, on, least)
        contents = _of_groups(program, declared, log, found.get((PROGRAM_CONTENTS_DRIFT.code, program.pk)))
    else:
        meetings = DyadMeeting.objects.kept().meetings().filter(dyad__program=program)
        log = _log(meetings, ("setting", "channel", "activity", "topic"), since, on, least)
        contents = _of_dyads(program, declared, log)
    return [*_rhythm(program, log), *contents, _roles(found.get((PROGRAM_ROLES.code, program.pk)))]


def _log(meetings: "QuerySet[Any]", fields: tuple[str, ...], since: date, on: date, least: int) -> Log:
    """Three queries."""
    rows = meetings.filter(on__gte=since, on__lte=on).order_by()
    planned = rows.filter(Q(planned=True) | Q(status=PLANNED)).exclude(status=PLANNED, on=on)
    held = rows.filter(status=HELD)
    timed = held.filter(minutes__isnull=False).values_list("minutes").annotate(n=Count("pk"))
    kinds = held.values_list(*fields).annotate(n=Count("pk"))
    return Log(
        due=dict(planned.values_list("status").annotate(n=Count("pk"))),
        minutes=Counter(dict(timed)),
        kinds={tuple(tuple(it) if isinstance(it, list) else it for it in row[:-1]): row[-1] for row in kinds},
        least=least,
    )


def _rhythm(program: Program, log: Log) -> list[Compared]:
    due, held, waiting = sum(log.due.values()), log.due.get(HELD, 0), log.due.get(PLANNED, 0)
    said = _("%(percent)s\u00a0%% des rencontres prévues sont tenues") % {"percent": 100 * held // due} if due else ""
    if waiting:
        left = ngettext("%(n)s reste à consigner", "%(n)s restent à consigner", waiting) % {"n": waiting}
        said = f"{said}, {left}"
    timed = sum(log.minutes.values())
    median = _("médiane\u00a0: %(n)s\u00a0min") % {"n": median_low(log.minutes.elements())} if timed else ""
    length = _("%(n)s\u00a0min") % {"n": program.minutes} if program.minutes else ""
    return [
        log.line(_("Fréquence"), _frequency(program), due, said),
        log.line(_("Durée"), length, timed, median),
    ]


def _frequency(program: Program) -> str:
    n = program.meetings_per_unit
    if not n:
        return ""
    if program.cadence_unit == Program.CadenceUnit.WEEK:
        return ngettext("%(n)s rencontre par semaine", "%(n)s rencontres par semaine", n) % {"n": n}
    return ngettext(
        "%(n)s rencontre par cycle de %(days)s jours", "%(n)s rencontres par cycle de %(days)s jours", n
    ) % {"n": n, "days": program.cadence_days}


def _of_groups(program: Program, declared: list[ProgramActivity], log: Log, drift: Answer | None) -> list[Compared]:
    forms = [str(label) for value, label in Program.Form.choices if value in program.forms]
    said = _joined([program.get_intervention_display(), *forms])
    return [
        Compared(_("Type et formes"), said or str(NOTHING), _("ne se consigne pas")),
        _contents(declared, log, drift),
        log.shares(_("Thèmes"), *_tied(declared, log, lambda one: one.get_theme_display())),
        log.shares(_("Formats"), *_tied(declared, log, lambda one: one.get_format_display())),
    ]


def _contents(declared: list[ProgramActivity], log: Log, drift: Answer | None) -> Compared:
    """Each content by the words of the log page or of the programme: what a file brought in words of its own is other,
    for it may name anybody.
    """
    named = {one.content: activities.in_words([one.content]) for one in declared if one.content}
    words = {code: activities.in_words([code]) for code in activities.GROUP_ACTIVITIES} | named
    other = activities.in_words([activities.GroupActivity.OTHER])
    line = log.shares(
        _("Contenus"),
        _joined(named.values()),
        [(sorted({words.get(code, other) for code in codes}), n) for (codes,), n in log.kinds.items()],
    )
    if drift is None or drift.is_lacking or drift.value is None:
        return line
    outside = _("%(percent)s\u00a0%% des rencontres hors des contenus déclarés") % {"percent": drift.value}
    return replace(line, logged=f"{line.logged}; {outside}")


def _tied(declared: list[ProgramActivity], log: Log, label: Callable[[ProgramActivity], str]) -> Labelled:
    """What the declared activities say, and what the meetings that touch their contents do."""
    told: dict[str, set[str]] = {}
    for one in declared:
        if one.content and label(one):
            told.setdefault(one.content, set()).add(label(one))
    touched = [
        (sorted({words for code in codes for words in told.get(code, ())}), n) for (codes,), n in log.kinds.items()
    ]
    return _joined(label(one) for one in declared), touched


def _of_dyads(program: Program, declared: list[ProgramActivity], log: Log) -> list[Compared]:
    def chosen(place: int, choices: type[TextChoices]) -> list[tuple[list[str], int]]:
        words = label_of(choices)
        return [([str(words(kind[place]))] if kind[place] else [], n) for kind, n in log.kinds.items()]

    remote = program.get_mentoring_form_display() if program.mentoring_form == Program.MentoringForm.REMOTE else ""
    return [
        log.shares(_("Forme"), program.get_mentoring_form_display(), chosen(0, DyadMeeting.Setting)),
        log.shares(_("Moyen"), remote, chosen(1, Channel)),
        log.shares(_("Contenus"), _joined(one.name for one in declared), chosen(2, DyadMeeting.Activity)),
        log.shares(_("Thèmes"), _joined(one.get_theme_display() for one in declared), chosen(3, ProgramActivity.Theme)),
    ]


def _roles(roles: Answer | None) -> Compared:
    """Written or not; read by everyone who serves or not yet: never by how many."""
    if roles is None or roles.row["role_unwritten"]:
        return Compared(_("Rôles"), _("à écrire"), _("rien à lire encore"))
    read = _("des personnes en fonction n’en ont pas pris connaissance")
    all_read = _("chaque personne en fonction en a pris connaissance")
    return Compared(_("Rôles"), _("écrits, avec leurs limites"), read if roles.value else all_read)


def _joined(words: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(word for word in words if word))
