"""The first steps of a school: what is there already, read from the rows themselves, and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Model, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mentoring.models import Dyad, DyadMeeting
from people.access import Role
from people.models import Membership, School, SchoolBoard, Student, User
from programs.models import GroupMeeting, Program, SchoolDay, SupportGroup

KEEPERS = (Role.SCHOOL_MANAGER, Role.BOARD_ADMIN)


@dataclass(frozen=True)
class Step:
    """Something that a school needs before its first week: why, and the page where it is done, if the reader may."""

    name: str
    title: str | Promise
    why: str | Promise
    is_done: bool
    url: str = ""


@dataclass(frozen=True)
class FirstSteps:
    steps: Sequence[Step]

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def are_done(self) -> bool:
        return self.done == len(self.steps)

    @property
    def next(self) -> Step | None:
        return next((step for step in self.steps if not step.is_done), None)


def first_steps(user: User, on: date) -> FirstSteps:
    """What the schools that one manages have by now. One query."""
    schools = School.objects.managed_by(user).values("pk")
    here = {"school__in": schools}
    held = {"status": "held", "deleted_at__isnull": True}
    rows: dict[str, QuerySet[Model]] = {
        "school": School.objects.managed_by(user),
        "year": SchoolDay.objects.filter(**here, kind=SchoolDay.Kind.CLASS, date__gte=on),
        "students": Student.objects.filter(**here),
        "people": Membership.objects.filter(
            Q(school__in=schools) | Q(program__school__in=schools), ~Q(ends_on__lte=on), ~Q(person=user)
        ),
        "program": Program.objects.filter(**here),
        "group": SupportGroup.objects.filter(program__school__in=schools),
        "dyad": Dyad.objects.filter(program__school__in=schools),
        "group_meeting": GroupMeeting.objects.filter(group__program__school__in=schools, **held),
        "dyad_meeting": DyadMeeting.objects.filter(dyad__program__school__in=schools, **held),
    }
    found = {f"has_{name}": Exists(of) for name, of in rows.items()}
    asked = SchoolBoard.objects.filter(pk=user.board_id or 0).values(**found).first() or {}
    known = {name: bool(asked.get(f"has_{name}")) for name in rows}
    return FirstSteps(_steps(known, runs=user.access.holds(Role.SCHOOL_MANAGER)))


def _steps(known: dict[str, bool], *, runs: bool) -> list[Step]:
    """In the order in which a school begins. Programmes, groups and dyads are the school's to open, not the board's."""

    def page(name: str, *, own: bool = False) -> str:
        return reverse(name) if runs or not own else ""

    return [
        Step(
            "school",
            _("L’organisme et l’école"),
            _("Tout se range par école\u00a0: personnes, calendrier, programmes. Elle arrive avec la première liste."),
            known["school"],
            page("imports"),
        ),
        Step(
            "year",
            _("L’année et son calendrier"),
            _("Sans jours de classe, aucune rencontre ne se prévoit, et aucun silence ne se voit."),
            known["year"],
            page("calendar"),
        ),
        Step(
            "students",
            _("Les élèves"),
            _("La liste de l’école suffit\u00a0: nom, numéro, niveau. Rien de plus n’est demandé."),
            known["students"],
            page("imports"),
        ),
        Step(
            "people",
            _("Les collègues et leurs rôles"),
            _("Chaque personne voit ce que son rôle demande, et rien d’autre."),
            known["people"],
            page("people_several"),
        ),
        Step(
            "program",
            _("Un premier programme"),
            _("Il dit ce qui est visé, et à quelle cadence on se rencontre."),
            known["program"],
            page("program_new", own=True),
        ),
        Step(
            "relation",
            _("Un premier groupe ou une première dyade"),
            _("Avec un horaire, les rencontres des quatre prochaines semaines se prévoient d’elles-mêmes."),
            known["group"] or known["dyad"],
            page("groups", own=True),
        ),
        Step(
            "meeting",
            _("Une première rencontre consignée"),
            _("Un geste par rencontre, par la personne qui accompagne\u00a0: c’est de là que vient tout le reste."),
            known["group_meeting"] or known["dyad_meeting"],
        ),
    ]
