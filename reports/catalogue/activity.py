"""What resource teachers did and the time freed for it: each for oneself, all of them for who answers for them."""

from collections.abc import Callable

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from people.models.users import UserQuerySet
from programs.models import FunctionTime, MeetingRecord, TeacherRelease
from programs.teachers import teachers_seen_by
from reports.activity import Activity, activities
from reports.asking import Ask
from reports.audiences import OWN, STAFF
from reports.audit_verbs import ACTIVITY_EXPORTED
from reports.document import Document, Layout
from reports.registry import Edition, ReportKind
from reports.tables import Column, Kind

Base, Function, Status = TeacherRelease.Base, FunctionTime.Function, MeetingRecord.Status
NUMBER = Kind.NUMBER
MINUTES_ABOUT = _("Somme des durées notées des rencontres tenues; une rencontre sans durée n’y ajoute rien.")

DONE = (
    Column(_("Rencontres de groupe tenues"), "group_meetings_held", kind=NUMBER, about=_(
        "Rencontres de groupe tenues, au compte de la personne qui les a tenues, remplacements compris.")),
    Column(_("Rencontres de groupe non tenues"), "group_meetings_not_held", kind=NUMBER, about=_(
        "Rencontres de groupe qui n’ont pas eu lieu, au compte de la personne responsable ce jour-là.")),
    Column(_("Rencontres de groupe à consigner"), "group_meetings_planned", kind=NUMBER, about=_(
        "Rencontres de groupe prévues dans la période et pas encore consignées.")),
    Column(_("Minutes de groupe"), "minutes_of_groups", kind=NUMBER, about=MINUTES_ABOUT),
    Column(_("Rencontres de dyade tenues"), "dyad_meetings_held", kind=NUMBER, about=_(
        "Rencontres des dyades dont la personne est mentore ou mentor, remplacements compris; sans les contacts.")),
    Column(_("Minutes de dyade"), "minutes_of_dyads", kind=NUMBER, about=MINUTES_ABOUT),
    Column(_("Contacts avec des élèves et des familles"), "contacts", kind=NUMBER, about=_(
        "Contacts individuels avec un élève et contacts avec une famille que la personne a consignés.")),
    Column(_("Suivis, bilans et liaisons"), "records", kind=NUMBER, about=_(
        "Bilans, suivis, liaisons avec le personnel enseignant et événements difficiles que la personne a consignés.")),
    Column(_("Minutes, accompagner des élèves"), "students", kind=NUMBER, about=_(
        "Temps consigné dans cette fonction, préparation comprise.")),
    Column(_("Minutes, soutenir des collègues"), "teachers", kind=NUMBER, about=_(
        "Temps consigné dans cette fonction, préparation comprise.")),
    Column(_("Minutes, se concerter"), "services", kind=NUMBER, about=_(
        "Temps consigné dans cette fonction, préparation comprise.")),
    Column(_("Minutes des trois fonctions"), "minutes", kind=NUMBER, about=_("Somme des trois colonnes précédentes.")),
    Column(_("Dont préparation"), "prepared", kind=NUMBER, about=_(
        "Part des minutes des trois fonctions donnée à la préparation.")),
)  # fmt: skip
NAME = Column(_("Personnel-ressource"), "teacher", about=_("Prénom et nom de la personne."))
CHARGE = (
    Column(_("École"), "school", about=_("École de la personne.")),
    Column(_("Groupes"), "groups", kind=NUMBER, about=_(
        "Groupes dont la personne a été responsable à un moment de la période.")),
    Column(_("Élèves de ces groupes"), "members", kind=NUMBER, about=_(
        "Élèves membres de ces groupes à un moment de la période, chacun une fois.")),
    Column(_("Dyades"), "dyads", kind=NUMBER, about=_(
        "Dyades dont la personne est mentore ou mentor, ouvertes à un moment de la période.")),
    Column(_("Libération, % de la tâche éducative"), "educative_task", kind=Kind.PERCENT, about=_(
        "Part de la tâche éducative libérée pour l’année scolaire (base de l’entente nationale, annexe IV).")),
    Column(_("Libération, % de la tâche complète"), "whole_task", kind=Kind.PERCENT, about=_(
        "Part libérée quand elle a été inscrite sur la tâche complète\u00a0: les bases ne s’additionnent pas.")),
    Column(_("Libération, % de la tâche d’enseignement"), "teaching_task", kind=Kind.PERCENT, about=_(
        "Part libérée quand elle a été inscrite sur la tâche d’enseignement\u00a0: les bases ne s’additionnent pas.")),
)  # fmt: skip
MONTH = Column(
    _("Mois"), "month", lambda day: capfirst(date_format(day, "F Y")), about=_("Mois de l’année, dans la période.")
)


class Line:
    """An activity as the columns read it."""

    def __init__(self, one: Activity) -> None:
        self.teacher, self.school, self.month = str(one.teacher), str(one.teacher.school or ""), one.month
        self.groups, self.members, self.dyads = one.groups, one.members, one.dyads
        self.contacts, self.records = one.contacts, one.records
        self.minutes_of_groups, self.minutes_of_dyads = one.minutes_of_groups, one.minutes_of_dyads
        self.minutes, self.prepared = one.minutes, one.prepared
        for status in Status.values:
            setattr(self, f"group_meetings_{status}", one.group_meetings[status])
            setattr(self, f"dyad_meetings_{status}", one.dyad_meetings[status])
        for function in Function.values:
            setattr(self, function, one.times[function])
        for base in Base.values:
            setattr(self, base, one.releases[base])


def _document(of: Callable[[Ask], UserQuerySet]) -> Callable[[Ask], Document]:
    def build(ask: Ask) -> Document:
        teachers, period = of(ask).select_related("school"), ask.period.so_far(ask.on)
        whole = [Line(one) for one in activities(ask.user, teachers, ask.board, period)]
        months = [Line(one) for one in activities(ask.user, teachers, ask.board, period, monthly=True)]
        return Document(
            ask,
            TITLE,
            [
                WHOLE.sheet(whole, note=NOTE, total=len(whole)),
                MONTHLY.sheet(months, total=len(months)),
            ],
            counted=[(_("Membres du personnel-ressource"), len(whole))],
        )

    return build


TITLE = _("Activité et temps dégagé")
NOTE = _(
    "Des faits consignés, et aucune note\u00a0: une rencontre que personne n’a consignée n’y compte pas comme tenue. "
    "Une période en cours est comptée jusqu’au jour du rapport."
)
WHOLE = Layout("activite", _("Activité de la période"), (NAME, *CHARGE, *DONE))
MONTHLY = Layout("activite-par-mois", _("Activité, mois par mois"), (NAME, MONTH, *DONE))
REPORT = ReportKind(
    name="activity",
    file_name="activite-et-temps-degage",
    title=TITLE,
    verb=ACTIVITY_EXPORTED,
    editions=(
        Edition(
            STAFF,
            _document(lambda ask: teachers_seen_by(ask.user)),
            holds=_(
                "Rencontres, contacts, temps des trois fonctions et libérations, par "
                "personne et par mois; un semestre donne le rapport semestriel."
            ),
            layouts=[WHOLE, MONTHLY],
        ),
        Edition(
            OWN,
            _document(lambda ask: teachers_seen_by(ask.user).filter(pk=ask.user.pk)),
            holds=_(
                "Rencontres, contacts, temps des trois fonctions et libérations, par mois; un "
                "semestre donne votre rapport semestriel."
            ),
            layouts=[WHOLE, MONTHLY],
        ),
    ),
)
