"""Groups and dyads, who is in them, and who waits for one."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from exchange.api.declaration import Resource, Told, one_of
from exchange.api.resources.common import ID, named_if_theirs, place, whose, within
from exchange.api.resources.organisation import SPAN
from mentoring.models import Dyad, Mentor, Referral, Training
from mentoring.models.endings import ClosureTalk, EndCode, EndedBy
from people.models import User
from programs.access import visible_leads, visible_members
from programs.models import GroupLead, GroupMember, SupportGroup


def _groups(user: User) -> QuerySet[SupportGroup]:
    return SupportGroup.objects.visible_to(user).with_people().with_size(user.local_date())


def _members(user: User) -> QuerySet[GroupMember]:
    return visible_members(user)


def _leads(user: User) -> QuerySet[GroupLead]:
    return visible_leads(user)


def _dyads(user: User) -> QuerySet[Dyad]:
    return Dyad.objects.visible_to(user).with_people().annotate(is_theirs=whose(user, "program"))


def _mentors(user: User) -> QuerySet[Mentor]:
    return Mentor.objects.visible_to(user).select_related("person__school").with_training(user.local_date())


def _trainings(user: User) -> QuerySet[Training]:
    return Training.objects.visible_to(user).select_related("person")


def _referrals(user: User) -> QuerySet[Referral]:
    return Referral.objects.visible_to(user).with_people()


def _minutes_trained(row: Any) -> int:
    return row.trained or 0


GROUP = Told("group_id", _("numéro du groupe"), int, nullable=False)
STUDENT = (
    Told("student_id", _("numéro de l’élève"), int, nullable=False),
    Told("student", _("élève"), str, nullable=False),
)
PERSON = (
    Told("person_id", _("numéro de la personne"), int, nullable=False),
    Told("person", _("personne"), str, nullable=False),
)

RESOURCES = (
    Resource(
        "groups",
        _("Groupes"),
        (
            ID,
            Told("name", _("nom"), str, nullable=False),
            *place(),
            *SPAN,
            Told("size", _("membres aujourd’hui"), int, nullable=False),
        ),
        _groups,
        within(),
    ),
    Resource(
        "group-members",
        _("Membres des groupes"),
        (ID, GROUP, *STUDENT, *SPAN),
        _members,
        {"group": "group", **within("group__")},
    ),
    Resource(
        "group-leads",
        _("Responsables des groupes"),
        (ID, GROUP, *PERSON, *SPAN, one_of("reason", _("motif de fin"), GroupLead.Reason)),
        _leads,
        {"group": "group", **within("group__")},
    ),
    Resource(
        "mentors",
        _("Mentores et mentors"),
        (
            ID,
            *PERSON,
            Told("school_id", _("numéro de l’école"), int, "person.school_id"),
            Told("school", _("école"), str, lambda row: row.person.school),
            one_of("kind", _("qui"), Mentor.Kind, nullable=False),
            Told("places", _("dyades à la fois, au plus"), int),
            Told("trained_minutes", _("formation initiale, en minutes"), int, _minutes_trained, nullable=False),
        ),
        _mentors,
        {"school": "person__school"},
    ),
    Resource(
        "trainings",
        _("Formations suivies"),
        (
            ID,
            *PERSON,
            one_of("kind", _("nature"), Training.Kind, nullable=False),
            Told("completed_on", _("terminée le"), date, nullable=False),
            Told("minutes", _("durée en minutes"), int, nullable=False),
            Told("title", _("titre"), str),
        ),
        _trainings,
        {"person": "person"},
        dated="completed_on",
    ),
    Resource(
        "dyads",
        _("Dyades"),
        (
            ID,
            *place(),
            Told("mentor_id", _("numéro de mentorat"), int, nullable=False),
            Told("mentor", _("mentore ou mentor"), str, nullable=False),
            *named_if_theirs("student"),
            *SPAN,
            Told("committed_until", _("fin de l’engagement, exclue"), date),
            one_of("ended_by", _("à l’initiative de"), EndedBy),
            one_of("end_code", _("ce qui y a mené"), EndCode),
            Told("planned_handover", _("relais planifié"), bool, nullable=False),
            one_of("closure_talk", _("dernier échange"), ClosureTalk),
            Told("closure_talk_on", _("date du dernier échange"), date),
        ),
        _dyads,
        {"mentor": "mentor", **within()},
    ),
    Resource(
        "referrals",
        _("Élèves orientés vers le mentorat"),
        (
            ID,
            *place(),
            *STUDENT,
            Told("referred_on", _("depuis le"), date, nullable=False),
            Told("closed_on", _("fermée le"), date),
            Told("referred_by", _("orienté par"), str),
            Told("needs", _("besoins"), str, in_files=False),
        ),
        _referrals,
        within(),
        dated="referred_on",
    ),
)
