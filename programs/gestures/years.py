"""A school year that was opened by mistake: it goes with its days and its terms, while nothing stands on it."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from people.models import School, SchoolBoard, User
from programs.actions.closing import bring_back, take_away
from programs.actions.planning import plan_ahead
from programs.audit_verbs import SCHOOL_YEAR_CANCELLED, SCHOOL_YEAR_OPENED
from programs.gestures.kinds import Made
from programs.gestures.memory import Changes
from programs.log.kinds import KINDS as LOGGED
from programs.models import MeetingRecord, Program, SchoolDay, SchoolYear
from programs.signals import calendar_changed


class YearMade(Made[SchoolYear]):
    """Who manages every school that has days in it takes it back."""

    slug, model = "annee", SchoolYear
    words = _("Année scolaire")
    added, taken_back = (SCHOOL_YEAR_OPENED,), SCHOOL_YEAR_CANCELLED
    gone, back = _("L’ouverture de l’année est annulée."), _("L’année est rétablie.")
    why_no_edit = "its days and its terms are corrected one by one on the calendar"

    def title(self, row: SchoolYear) -> str:
        return row.label

    def seen_by(self, user: User) -> QuerySet[SchoolYear]:
        return SchoolYear.objects.visible_to(user)

    def allowed(self, user: User) -> QuerySet[SchoolYear]:
        managed = School.objects.managed_by(user)
        of_others = SchoolDay.objects.filter(
            school__board=OuterRef("board"), date__gte=OuterRef("starts_on"), date__lt=OuterRef("ends_on")
        ).exclude(school__in=managed.values("pk"))
        mine = SchoolYear.objects.visible_to(user).filter(board__in=managed.values("board"))
        return mine.filter(~Exists(of_others))

    def place(self, row: SchoolYear) -> dict[str, Any]:
        return {"board": row.board}

    def page_of(self, row: SchoolYear) -> str:
        is_there = SchoolYear._base_manager.filter(pk=row.pk).exists()
        return reverse("calendar") + (f"?annee={row.pk}" if is_there else "")

    def hold(self, row: SchoolYear) -> None:
        SchoolBoard.objects.select_for_update().get(pk=row.board_id)

    def check(self, row: SchoolYear) -> None:
        first, end = row.starts_on, row.ends_on
        begun = Q(groups__starts_on__gte=first, groups__starts_on__lt=end)
        begun |= Q(dyads__starts_on__gte=first, dyads__starts_on__lt=end)
        built = Program.objects.filter(begun, board=row.board).exists() or row.releases.exists()
        if built or any(_logged(kind.rows(), row).exists() for kind in LOGGED.values()):
            words = _t(
                "Des groupes, des dyades ou des entrées sont inscrits dans cette année\u00a0: corrigez ses jours."
            )
            raise ValidationError(words)

    def along(self, row: SchoolYear) -> "list[QuerySet[Any]]":
        return [_days(row)]

    def beside(self, row: SchoolYear, changes: Changes) -> None:
        for school in _schools(row):
            take_away(school=school, days=_days(row).filter(school=school).values_list("date", flat=True))

    def after(self, row: SchoolYear, on: date) -> None:
        for school in _schools(row):
            days = _days(row).class_days().filter(school=school)
            bring_back(school=school, days=list(days.values_list("date", flat=True)), on=on)
        plan_ahead(board=row.board, on=on)
        for one in School.objects.filter(board=row.board)[:1]:
            calendar_changed.send(School, school=one, on=on)  # the whole board is evaluated


YEARS = (YearMade(),)


def _days(row: SchoolYear) -> Any:
    return SchoolDay.objects.filter(school__board=row.board_id, date__gte=row.starts_on, date__lt=row.ends_on)


def _schools(row: SchoolYear) -> "QuerySet[School]":
    return School.objects.filter(pk__in=_days(row).values("school")).select_related("board")


def _logged(rows: "QuerySet[Any]", row: SchoolYear) -> "QuerySet[Any]":
    """What somebody said of a day of the year; a plan says nothing."""
    model: type[Model] = rows.model
    kept = rows.filter(board=row.board, on__gte=row.starts_on, on__lt=row.ends_on, deleted_at__isnull=True)
    return kept.exclude(status=MeetingRecord.Status.PLANNED) if issubclass(model, MeetingRecord) else kept
