"""The rows of a file of meetings: by name for those who may, counted for the board's administration."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat
from django.utils.translation import gettext as _

from mentoring.models import DyadMeeting
from people.access import Role
from people.models import User
from programs.models import Attendance, GroupMeeting
from programs.models.programs import in_charge

Row = Iterable[Any]
CHUNK = 2000
PRESENT = (Attendance.Status.PRESENT, Attendance.Status.LATE)


def meeting_rows(user: User, *, since: date, until: date) -> Iterator[Row]:
    """A header, then every meeting and contact that the person may see, dyads first; no note. Two queries, streamed.

    Students are named to those who answer for the programme; a mentor's own file knows their dyads by number.
    """
    yield _headings()
    for row in _dyad_meetings(user, since, until).iterator(chunk_size=CHUNK):
        yield [_("Dyade"), *_worded(row, DYAD_WORDS)]
    for row in _group_meetings(user, since, until).iterator(chunk_size=CHUNK):
        yield [_("Groupe"), *_worded(row, GROUP_WORDS)]


def meeting_totals(user: User, *, since: date, until: date) -> Iterator[Row]:
    """A header, then for each school and programme of the person's boards how many meetings were held. Two queries."""
    yield [_("École"), _("Programme"), _("Tenues"), _("Non tenues"), _("Prévues, à consigner")]
    counts: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    board = user.access.within(Role.BOARD_ADMIN, board="board")
    period = Q(on__gte=since, on__lt=until)
    dyads = DyadMeeting.objects.kept().meetings().filter(board & period)
    groups = GroupMeeting.objects.kept().filter(board & period)
    for meetings, program in ((dyads, "dyad__program"), (groups, "group__program")):
        for school, name, status, number in _counted(meetings, program):
            counts[school, name][status] = number
    for (school, name), found in sorted(counts.items()):
        yield [school, name, *(found.get(status, 0) for status in ("held", "not_held", "planned"))]


def _headings() -> list[str]:
    return [
        _("Nature"),
        _("Date"),
        _("École"),
        _("Programme"),
        _("Élève ou groupe"),
        _("Mentore ou mentor"),
        _("État"),
        _("Motif"),
        _("Durée en minutes"),
        _("Moyen"),
        _("Activité"),
        _("Présences"),
        _("Présences notées"),
        _("Était prévue"),
        _("Consignée le"),
    ]


def _yes(value: object) -> str:
    return _("oui") if value else _("non")


def _label(choices: Any) -> Callable[[Any], str]:
    words = {choice.value: choice for choice in choices}
    return lambda value: str(words[value].label) if value in words else ""


COMMON_WORDS: dict[int, Callable[[Any], str]] = {
    5: _label(DyadMeeting.Status),
    6: _label(DyadMeeting.Reason),
    12: _yes,
}
DYAD_WORDS = COMMON_WORDS | {8: _label(DyadMeeting.Channel), 9: _label(DyadMeeting.Activity)}
GROUP_WORDS = COMMON_WORDS


def _worded(row: tuple[Any, ...], words: dict[int, Callable[[Any], str]]) -> list[Any]:
    return [words[place](value) if place in words else value for place, value in enumerate(row)]


def _dyad_meetings(user: User, since: date, until: date) -> "QuerySet[DyadMeeting, Any]":
    named = Concat("dyad__student__given_name", Value(" "), "dyad__student__family_name")
    numbered = Concat(Value(_("Dyade nº") + " "), "dyad_id", output_field=CharField())
    whose = Case(
        When(in_charge(user.access, "dyad__program__"), then=named), default=numbered, output_field=CharField()
    )
    return (
        DyadMeeting.objects.visible_to(user)
        .filter(on__gte=since, on__lt=until)
        .order_by("on", "pk")
        .annotate(
            whose=whose,
            mentor=Concat("dyad__mentor__person__given_name", Value(" "), "dyad__mentor__person__family_name"),
            nobody=Value("", output_field=CharField()),
        )
        .values_list(
            "on",
            "dyad__program__school__name",
            "dyad__program__name",
            "whose",
            "mentor",
            "status",
            "reason",
            "minutes",
            "channel",
            "activity",
            "nobody",
            "nobody",
            "planned",
            "logged_on",
        )
    )


def _group_meetings(user: User, since: date, until: date) -> "QuerySet[GroupMeeting, Any]":
    noted = Attendance.objects.filter(meeting=OuterRef("pk")).order_by().values("meeting").annotate(n=Count("pk"))
    return (
        GroupMeeting.objects.visible_to(user)
        .filter(on__gte=since, on__lt=until)
        .order_by("on", "pk")
        .annotate(
            present=Coalesce(Subquery(noted.filter(status__in=PRESENT).values("n"), output_field=IntegerField()), 0),
            noted=Coalesce(Subquery(noted.values("n"), output_field=IntegerField()), 0),
            nobody=Value("", output_field=CharField()),
        )
        .values_list(
            "on",
            "group__program__school__name",
            "group__program__name",
            "group__name",
            "nobody",
            "status",
            "reason",
            "minutes",
            "nobody",
            "nobody",
            "present",
            "noted",
            "planned",
            "logged_on",
        )
    )


def _counted(meetings: Any, program: str) -> Any:
    return (
        meetings.order_by()
        .annotate(school_name=F(f"{program}__school__name"), program_name=F(f"{program}__name"))
        .values("school_name", "program_name", "status")
        .annotate(number=Count("pk"))
        .values_list("school_name", "program_name", "status", "number")
    )
