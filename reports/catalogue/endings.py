"""Relations that ended in a period, with what led to it: by name for those who answer for them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, F, OuterRef, Subquery, When
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mentoring.models import Dyad, DyadMeeting
from mentoring.models.endings import ClosureTalk, EndCode, EndedBy
from people.models import Student, User
from people.months import months_between
from programs.models.programs import in_charge
from reports.audiences import ROWS
from reports.audit_verbs import ENDINGS_EXPORTED
from reports.document import Layout, one_sheet
from reports.namesakes import Namesakes
from reports.registry import Edition, ReportKind
from reports.scope import Period
from reports.tables import Column, Kind, label_of, yes_or_no

CHUNK = 2000
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Ending:
    """An ended relation as its reader may know it: its name and its review are for those who answer for it."""

    dyad: Any

    @property
    def last_day(self) -> date:
        last: date = self.dyad.ends_on - DAY
        return last

    @property
    def student(self) -> str:
        if self.dyad.is_theirs:
            return str(self.dyad.student)
        return gettext("Dyade nº %(number)s") % {"number": self.dyad.pk}

    @property
    def months(self) -> int:
        return max(months_between(self.dyad.first_met_on or self.dyad.starts_on, self.dyad.ends_on), 0)

    @property
    def whose(self) -> str:
        return str(EndCode(self.dyad.end_code).whose.label) if self.dyad.end_code else ""

    @property
    def reviewed_on(self) -> date | None:
        on: date | None = self.dyad.reviewed_on if self.dyad.is_theirs else None
        return on


COLUMNS = (
    Column(_("Dernier jour"), "last_day", kind=Kind.DATE),
    Column(_("École"), "dyad.program.school"),
    Column(_("Programme"), "dyad.program"),
    Column(_("Élève"), "student"),
    Column(_("Mentore ou mentor"), "dyad.mentor.person"),
    Column(_("Début"), "dyad.starts_on", kind=Kind.DATE),
    Column(_("Mois"), "months", kind=Kind.NUMBER),
    Column(_("À l’initiative de"), "dyad.ended_by", label_of(EndedBy)),
    Column(_("Ce qui y a mené, de qui"), "whose"),
    Column(_("Ce qui y a mené"), "dyad.end_code", label_of(EndCode)),
    Column(_("Motif"), "dyad.end_reason"),
    Column(_("Relais planifié"), "dyad.planned_handover", yes_or_no, kind=Kind.YES_NO),
    Column(_("Dernier échange"), "dyad.closure_talk", label_of(ClosureTalk)),
    Column(_("Date du dernier échange"), "dyad.closure_talk_on", kind=Kind.DATE),
    Column(_("Fin revue le"), "reviewed_on", kind=Kind.DATE),
)


def rows(user: User, period: Period) -> Iterator[Ending]:
    """Every relation that ended in the period and that the person may see. Three queries, streamed.

    Its length runs from the first held meeting, or from the start where there was none.
    """
    held = DyadMeeting.objects.kept().meetings().held().filter(dyad=OuterRef("pk")).order_by("on")
    ended = Dyad.objects.visible_to(user).filter(ends_on__gt=period.since, ends_on__lte=period.until)
    theirs = ended.filter(in_charge(user.access, "program__"))
    namesakes = Namesakes.among(
        Student.objects.filter(pk__in=theirs.values("student")),
        User.objects.filter(pk__in=ended.values("mentor__person")),
    )
    told = ended.with_people().annotate(
        is_theirs=Case(When(in_charge(user.access, "program__"), then=True), default=False),
        first_met_on=Subquery(held.values("on")[:1]),
        reviewed_on=F("ending_review__on"),
    )
    for dyad in told.order_by("ends_on", "pk").iterator(chunk_size=CHUNK):
        namesakes.tell(*dyad.named_people())
        yield Ending(dyad)


TITLE = _("Relations terminées")
LAYOUT = Layout("relations-terminees", TITLE, COLUMNS)

REPORT = ReportKind(
    name="endings",
    file_name="relations-terminees",
    title=TITLE,
    streams=True,
    verb=ENDINGS_EXPORTED,
    editions=(
        Edition(
            ROWS,
            one_sheet(LAYOUT, rows),
            holds=_(
                "Relations terminées pendant la période\u00a0: durée, initiative, motif, dernier échange. "
                "Le texte des revues n’y figure pas."
            ),
            layouts=[LAYOUT],
        ),
    ),
)
