"""How long relationships last before an early end, by the school year in which they began."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.formats import number_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from mentoring.models import Dyad, DyadMeeting
from people.models import User
from programs.models import Program, SchoolYear
from reports.drawings.lengths import Cohort, survival_svg
from reports.registry import Drawn, Figure
from reports.scope import Scope
from reports.survival import FEWEST, Length, Point, Survival, kaplan_meier, months_long
from reports.tables import Column, Table

MONTHS = (0, 3, 6, 10)
"""The review's two bands, and a school year."""
MESSAGE = 6
DRAWN = 3
"""Years of start on one picture, the latest ones."""
UNKNOWN = "–"
LIFE = (
    *("board_id", "program_id", "student_id", "starts_on", "ends_on", "committed_until", "end_code", "ended_by"),
    *("first_on", "last_on"),
)


@dataclass(frozen=True)
class Relationship:
    """What its length takes: ``due`` is the first day after its commitment, or else after the year it began in."""

    start: date
    ends_on: date | None
    last_on: date | None
    due: date | None
    grace: timedelta

    def length(self, on: date) -> Length:
        """Followed to its end; without one, to the day, but no longer than the grace after what was due and last met.

        An end is early when it comes before what was due, less the grace.
        """
        if self.ends_on is not None and self.ends_on <= on:
            planned = self.due is not None and self.ends_on >= self.due - self.grace
            return Length(months_long(self.start, max(self.start, self.ends_on)), not planned, planned)
        until = on if self.due is None else min(on, max(self.due, self.last_on or self.due) + self.grace)
        return Length(months_long(self.start, max(self.start, until)), False)


@dataclass(frozen=True)
class Landmark:
    """What became of the relationships begun in one year, so many months on: four counts add up to ``count``."""

    begun: str
    months: int
    point: Point | None
    """None past the longest that was followed, and under ten still followed."""
    followed: int
    early: int
    planned: int
    shorter: int
    count: int


@dataclass(frozen=True)
class Life:
    """One relationship as it is known on a day, which is ``until`` as long as it has not ended."""

    begun: str
    program: int
    student: int
    starts_on: date
    counted_from: date
    """Its first meeting, or its start without one."""
    ends_on: date | None
    until: date
    length: Length
    code: str
    by: str


def lives(dyads: QuerySet[Dyad], user: User, programs: Sequence[Program], *, on: date) -> list[Life]:
    """Those of these that had begun by a day, the latest first. Two queries."""
    years = list(SchoolYear.objects.visible_to(user).order_by("-starts_on"))
    graces = {program.pk: timedelta(days=program.logging_grace_days) for program in programs}
    held = DyadMeeting.objects.kept().held().meetings().filter(dyad=OuterRef("pk"), on__lte=on).values("on")
    firsts = {"first_on": Subquery(held.order_by("on")[:1]), "last_on": Subquery(held.order_by("-on")[:1])}
    found = []
    rows = dyads.filter(starts_on__lte=on).annotate(**firsts).order_by("-starts_on", "pk")
    for row in rows.values_list(*LIFE, named=True):
        year = next((year for year in years if year.board_id == row.board_id and year.starts_on <= row.starts_on), None)
        due = row.committed_until or (year.ends_on + timedelta(days=1) if year else None)
        told = Relationship(row.first_on or row.starts_on, row.ends_on, row.last_on, due, graces[row.program_id])
        ended = row.ends_on if row.ends_on is not None and row.ends_on <= on else None
        begun = year.label if year else UNKNOWN
        where = (begun, row.program_id, row.student_id, row.starts_on, told.start)
        found.append(Life(*where, ended, ended or on, told.length(on), row.end_code, row.ended_by))
    return found


def cohorts(user: User, scope: Scope) -> list[Cohort]:
    """By year of start, the latest first; a period keeps the relationships begun in it. Two queries."""
    rows = Dyad.objects.visible_to(user).filter(scope.of_dyads)
    if scope.period:
        rows = rows.filter(starts_on__gte=scope.period.since)
    found: dict[str, list[Length]] = defaultdict(list)
    for life in lives(rows, user, scope.programs, on=scope.last_day):
        found[life.begun].append(life.length)
    return [Cohort(begun, kaplan_meier(lengths)) for begun, lengths in found.items()]


def landmarks(found: Sequence[Cohort]) -> list[Landmark]:
    """A row for each year of start and landmark."""
    return [_landmark(cohort, months) for cohort in found for months in MONTHS]


def _landmark(cohort: Cohort, months: int) -> Landmark:
    lives = cohort.survival
    return Landmark(
        begun=cohort.begun,
        months=months,
        point=lives.at(months) if is_known(lives, months) else None,
        followed=lives.beyond(months),
        early=lives.ended_by(months),
        planned=lives.planned_by(months),
        shorter=lives.shorter_by(months),
        count=lives.count,
    )


def is_known(lives: Survival, months: int) -> bool:
    """Whether enough relationships are still followed for a share to be said."""
    return lives.beyond(months) >= FEWEST


def told_first(found: Sequence[Cohort]) -> Cohort:
    """The latest year that says something at six months; else the latest with enough relationships, or the latest."""
    known = (cohort for cohort in found if is_known(cohort.survival, MESSAGE))
    enough = (cohort for cohort in found if cohort.survival.count >= FEWEST)
    return next(known, None) or next(enough, found[0])


def survival_title(cohort: Cohort) -> str:
    """The message; a plain name while too few relationships are followed past six months."""
    if not is_known(cohort.survival, MESSAGE):
        return _t("Durée des relations")
    words = _t("Environ %(percent)s\u00a0%% des relations commencées en %(year)s durent six mois sans fin hâtive")
    return words % {"percent": _percent(cohort.survival.at(MESSAGE).share), "year": cohort.begun}


def survival_note(cohort: Cohort, *, is_drawn: bool) -> str:
    said = _t(
        "Depuis la première rencontre. Une fin est hâtive quand elle précède celle de l’engagement ou, sans "
        "engagement, celle de l’année scolaire. Une relation que personne n’a close cesse d’être suivie après la date "
        "prévue et le délai pour consigner."
    )
    if not is_drawn:
        few = _t("Moins de dix relations par année\u00a0: un tableau en dit plus qu’une courbe.")
        return f"{said} {few}"
    drawn = _t(
        "Commencées en %(year)s\u00a0: n = %(n)s. Bande\u00a0: intervalle à 95\u00a0%%. "
        "En gris\u00a0: moins de dix encore suivies."
    )
    return f"{said} {drawn % {'year': cohort.begun, 'n': cohort.survival.count}}"


def _percent(share: float) -> str:
    return number_format(round(share * 100), 0)


def _share(point: Point | None) -> str:
    return _percent(point.share) if point else UNKNOWN


def _interval(point: Point | None) -> str:
    if point is None:
        return UNKNOWN
    return _t("%(low)s à %(high)s") % {"low": _percent(point.low), "high": _percent(point.high)}


COUNTS = (
    Column(_("Mois"), "months", about=_("Mois depuis le début de la relation.")),
    Column(_("Encore suivies"), "followed", about=_("Relations encore suivies après tant de mois.")),
    Column(_("Fin hâtive"), "early", about=_("Relations terminées plus tôt que prévu, jusqu’à ce mois.")),
    Column(_("Fin prévue"), "planned", about=_("Relations terminées comme prévu, jusqu’à ce mois.")),
    Column(_("Suivies moins longtemps"), "shorter", about=_("Relations en cours, suivies depuis moins longtemps.")),
    Column(_("Total (n)"), "count", about=_("Relations comptées.")),
)


def draw(user: User, scope: Scope) -> Drawn | None:
    found = cohorts(user, scope)
    if not found:
        return None
    first = told_first(found)
    title, is_drawn = survival_title(first), first.survival.count >= FEWEST
    others = [cohort for cohort in found if cohort is not first and cohort.survival.count >= FEWEST][: DRAWN - 1]
    return Drawn(
        title=title,
        note=survival_note(first, is_drawn=is_drawn),
        rows=landmarks(found),
        picture=partial(survival_svg, first, tuple(others), title) if is_drawn else None,
        summary=Table(COUNTS, landmarks([first])) if is_drawn else None,
    )


FIGURE = Figure(
    name="lengths",
    address="durees",
    file_name="durees-des-relations",
    heading=_("Durée des relations"),
    about=_("Combien de temps les relations durent avant une fin hâtive, par année de début."),
    columns=(
        Column(_("Commencées en"), "begun", about=_("L’année scolaire où les relations ont commencé.")),
        Column(_("Mois"), "months", about=_("Mois depuis le début de la relation.")),
        Column(
            _("Sans fin hâtive (%)"), "point", _share, about=_("La part estimée sans fin hâtive (Kaplan et Meier).")
        ),
        Column(
            _("Intervalle à 95\u00a0% (%)"),
            "point",
            _interval,
            key="interval",
            about=_("L’intervalle à 95\u00a0% de cette part."),
        ),
        *COUNTS[1:],
    ),
    draw=draw,
)
