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
from reports.registry import NOMINAL, Edition, ReportKind
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
    Column(_("Dernier jour"), "last_day", kind=Kind.DATE, about=_("Le dernier jour de la relation, compris.")),
    Column(_("École"), "dyad.program.school", about=_("L’école du programme.")),
    Column(_("Programme"), "dyad.program", about=_("Le programme de la relation.")),
    Column(_("Élève"), "student", about=_("L’élève, pour qui répond du programme; sinon le numéro de la dyade.")),
    Column(_("Mentore ou mentor"), "dyad.mentor.person", about=_("L’adulte ou l’élève plus âgé de la dyade.")),
    Column(_("Début"), "dyad.starts_on", kind=Kind.DATE, about=_("Le premier jour de la relation.")),
    Column(
        _("Mois"),
        "months",
        kind=Kind.NUMBER,
        about=_("Mois entiers de la première rencontre tenue, ou du début s’il n’y en a pas eu, à la fin."),
    ),
    Column(_("À l’initiative de"), "dyad.ended_by", label_of(EndedBy), about=_("Qui a mis fin à la relation.")),
    Column(
        _("Ce qui y a mené, de qui"), "whose", about=_("De qui vient ce qui a mené à la fin, d’après le motif codé.")
    ),
    Column(_("Ce qui y a mené"), "dyad.end_code", label_of(EndCode), about=_("Le motif codé de la fin.")),
    Column(_("Motif"), "dyad.end_reason", about=_("Le motif écrit à la fin de la relation.")),
    Column(
        _("Relais planifié"),
        "dyad.planned_handover",
        yes_or_no,
        kind=Kind.YES_NO,
        about=_("Si la fin était prévue, avec quelqu’un pour prendre le relais."),
    ),
    Column(
        _("Dernier échange"),
        "dyad.closure_talk",
        label_of(ClosureTalk),
        about=_("Si un dernier échange a eu lieu, est prévu, ou n’aura pas lieu."),
    ),
    Column(
        _("Date du dernier échange"), "dyad.closure_talk_on", kind=Kind.DATE, about=_("Le jour du dernier échange.")
    ),
    Column(
        _("Fin revue le"),
        "reviewed_on",
        kind=Kind.DATE,
        about=_("Le jour où qui répond du programme a revu la fin; son texte n’est pas dans le fichier."),
    ),
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
    formats=NOMINAL,
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
