"""Meetings and contacts of a period: by name for those who may, counted for the board's administration."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Concat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mentoring.models import Dyad, DyadMeeting
from people.access import Role
from people.models import Student, User
from people.models.names import full_name_of
from people.names import plain
from programs.attendance import counts
from programs.models import GroupMeeting
from programs.models.contacts import Channel
from programs.models.programs import in_charge
from programs.models.records import MeetingRecord
from reports.audiences import BOARD, ROWS
from reports.audit_verbs import MEETINGS_EXPORTED
from reports.document import Layout, one_sheet
from reports.namesakes import Namesakes
from reports.registry import NOMINAL, Edition, ReportKind
from reports.scope import Period
from reports.tables import Column, Kind, label_of, lookups, yes_or_no

CHUNK = 2000
Status = MeetingRecord.Status
NOTHING = Value("", output_field=CharField())

COLUMNS = (
    Column(_("Nature"), "nature", about=_("De quoi il s’agit\u00a0: une dyade ou un groupe d’accompagnement.")),
    Column(_("Date"), "on", kind=Kind.DATE, about=_("Le jour de la rencontre ou du contact.")),
    Column(_("École"), "school", about=_("L’école du programme.")),
    Column(_("Programme"), "program", about=_("Le programme de la relation ou du groupe.")),
    Column(
        _("Élève ou groupe"),
        "whose",
        about=_("L’élève, pour qui répond du programme; sinon le numéro de la dyade. Pour un groupe, son nom."),
    ),
    Column(
        _("Mentore ou mentor"),
        "mentor",
        about=_("L’adulte ou l’élève plus âgé de la dyade; vide pour un groupe."),
    ),
    Column(_("État"), "status", label_of(Status), about=_("Tenue, non tenue, ou prévue et pas encore consignée.")),
    Column(
        _("Motif"), "reason", label_of(MeetingRecord.Reason), about=_("Pourquoi une rencontre prévue n’a pas eu lieu.")
    ),
    Column(_("Durée en minutes"), "minutes", kind=Kind.NUMBER, about=_("La durée consignée, en minutes.")),
    Column(
        _("Moyen"),
        "channel",
        label_of(Channel),
        about=_("En personne ou par vidéo\u00a0: une rencontre. Les autres moyens sont des contacts."),
    ),
    Column(
        _("Activité"),
        "activity",
        label_of(DyadMeeting.Activity),
        about=_("Ce que la dyade a fait\u00a0: échange, activité partagée ou résolution de problème."),
    ),
    Column(_("Présences"), "present", kind=Kind.NUMBER, about=_("Élèves présents ou en retard, dans un groupe.")),
    Column(
        _("Présences notées"), "noted", kind=Kind.NUMBER, about=_("Élèves dont la présence est notée, dans un groupe.")
    ),
    Column(
        _("Était prévue"),
        "planned",
        yes_or_no,
        kind=Kind.YES_NO,
        about=_("Si la rencontre était à l’horaire ou planifiée d’avance."),
    ),
    Column(_("Consignée le"), "logged_on", kind=Kind.DATE, about=_("Le jour où la rencontre a été consignée.")),
)


def rows(user: User, period: Period) -> Iterator[object]:
    """Every meeting and contact that the person may see, dyads first; no note. Four queries, streamed.

    Students are named to those who answer for the programme; a mentor's own file knows their dyads by number.
    """
    dyads, groups = queries(user, period)
    met = DyadMeeting.objects.kept().filter(_within(period), dyad=OuterRef("pk"))
    told = Dyad.objects.visible_to(user).filter(Exists(met)).order_by()
    namesakes = Namesakes.among(
        Student.objects.filter(pk__in=told.filter(in_charge(user.access, "program__")).values("student")),
        User.objects.filter(pk__in=told.values("mentor__person")),
    )
    for row in dyads.iterator(CHUNK):
        if namesakes.has(row.dyad__student, row.dyad__mentor__person):
            mentor = namesakes.adult(row.dyad__mentor__person, row.mentor)
            row = row._replace(whose=namesakes.student(row.dyad__student, row.whose), mentor=mentor)
        yield row
    yield from groups.iterator(CHUNK)


def queries(user: User, period: Period) -> "tuple[QuerySet[Any, Any], QuerySet[Any, Any]]":
    """The rows of dyads, then of groups, by date; each with what the columns look up."""
    dyads, groups = (rows.filter(_within(period)).order_by("on", "pk") for rows in (_of_dyads(user), _of_groups(user)))
    columns = lookups(COLUMNS)
    named = dyads.values_list(*columns, "dyad__student", "dyad__mentor__person", named=True)
    return named, groups.values_list(*columns, named=True)


def _within(period: Period) -> Q:
    return Q(on__gte=period.since, on__lt=period.until)


def _of_dyads(user: User) -> "QuerySet[Any]":
    named = full_name_of("dyad__student__")
    numbered = Concat(Value(gettext("Dyade nº") + " "), "dyad_id", output_field=CharField())
    of_theirs = in_charge(user.access, "dyad__program__")
    return DyadMeeting.objects.visible_to(user).annotate(
        nature=Value(gettext("Dyade"), output_field=CharField()),
        school=F("dyad__program__school__name"),
        program=F("dyad__program__name"),
        whose=Case(When(of_theirs, then=named), default=numbered, output_field=CharField()),
        mentor=full_name_of("dyad__mentor__person__"),
        present=NOTHING,
        noted=NOTHING,
    )


def _of_groups(user: User) -> "QuerySet[Any]":
    return GroupMeeting.objects.visible_to(user).annotate(
        nature=Value(gettext("Groupe"), output_field=CharField()),
        school=F("group__program__school__name"),
        program=F("group__program__name"),
        whose=F("group__name"),
        mentor=NOTHING,
        channel=NOTHING,
        activity=NOTHING,
        **counts(),
    )


class Total(NamedTuple):
    """The meetings of one programme, contacts aside."""

    school: str
    program: str
    held: int
    not_held: int
    planned: int


TOTAL_COLUMNS = (
    Column(_("École"), "school", about=_("L’école du programme.")),
    Column(
        _("Programme"),
        "program",
        about=_("Le programme; deux programmes de même nom d’une école sont comptés ensemble."),
    ),
    Column(_("Tenues"), "held", kind=Kind.NUMBER, about=_("Rencontres tenues pendant la période, contacts exclus.")),
    Column(_("Non tenues"), "not_held", kind=Kind.NUMBER, about=_("Rencontres consignées comme non tenues.")),
    Column(
        _("Prévues, à consigner"),
        "planned",
        kind=Kind.NUMBER,
        about=_("Rencontres prévues que personne n’a encore consignées."),
    ),
)


def totals(user: User, period: Period) -> Iterator[Total]:
    """For each school and programme of the person's boards, how many meetings were held. Two queries."""
    counted = user.access.within(Role.BOARD_ADMIN, board="board") & _within(period)
    dyads = DyadMeeting.objects.kept().meetings().filter(counted)
    groups = GroupMeeting.objects.kept().filter(counted)
    counts: Counter[tuple[str, str, str]] = Counter()
    for meetings, program in ((dyads, "dyad__program"), (groups, "group__program")):
        counts.update(_counted(meetings, program))
    for school, name in sorted(
        {(school, name) for school, name, _status in counts}, key=lambda one: [*map(plain, one)]
    ):
        of_status = {status: counts[school, name, status] for status in Status}
        yield Total(school, name, of_status[Status.HELD], of_status[Status.NOT_HELD], of_status[Status.PLANNED])


def _counted(meetings: "QuerySet[Any]", program: str) -> dict[tuple[str, str, str], int]:
    """How many of these, by school, programme and status; ``program`` leads from a meeting to its own."""
    found = meetings.order_by().values_list(f"{program}__school__name", f"{program}__name", "status")
    return {(school, name, status): number for school, name, status, number in found.annotate(number=Count("pk"))}


TITLE = _("Rencontres")
LAYOUT = Layout("rencontres", TITLE, COLUMNS)
TOTAL_LAYOUT = Layout("rencontres", TITLE, TOTAL_COLUMNS)

REPORT = ReportKind(
    name="meetings",
    file_name="rencontres",
    title=TITLE,
    formats=NOMINAL,
    streams=True,
    verb=MEETINGS_EXPORTED,
    editions=(
        Edition(
            ROWS,
            one_sheet(LAYOUT, rows),
            holds=_("Date, programme, état, motif, durée, moyen, présences. Aucune note n’y figure."),
            layouts=[LAYOUT],
        ),
        Edition(
            BOARD,
            one_sheet(TOTAL_LAYOUT, totals),
            holds=_("Tenues, non tenues, à consigner, par école et par programme."),
            layouts=[TOTAL_LAYOUT],
        ),
    ),
)
