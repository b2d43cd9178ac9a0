"""The one place where a roster is written: all or nothing, and a second time changes nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchange.audit_verbs import ROSTER_IMPORTED
from exchange.rosters.adults import write_adults
from exchange.rosters.emails import Emails
from exchange.rosters.families import end_families, report_alone, write_guardians, write_students
from exchange.rosters.records import Notes, Org, Person, Place, Roster
from exchange.rosters.sessions import write_sessions
from exchange.rosters.upsert import Counts, upsert
from exchange.scratch import batches
from people.audit import record
from people.models import Guardian, School, SchoolBoard, Student, User
from people.models.base import KeyedModel
from programs.models import SchoolYear

KINDS = {
    "boards": gettext_lazy("organisme"),
    "schools": gettext_lazy("écoles"),
    "school_years": gettext_lazy("années scolaires"),
    "terms": gettext_lazy("étapes"),
    "adults": gettext_lazy("adultes"),
    "students": gettext_lazy("élèves"),
    "guardians": gettext_lazy("parents"),
}
"""What an archive tells of, in the order that it is written, and in words."""
PAGE = 5000
Progress = Callable[[int, int], None]


@dataclass
class Outcome:
    board: str
    counts: Counts = field(default_factory=Counts)
    saved: bool = False


def apply_roster(
    *,
    roster: Roster,
    board_key: str,
    on: date,
    notes: Notes,
    dry_run: bool = False,
    progress: Progress = lambda done, total: None,
) -> Outcome:
    """Write the roster into a board, which is created when unknown; nothing stays when ``notes`` holds an error.

    1. Organisations that someone belongs to, and those that are schools, become schools.
    2. School years, then terms inside them.
    3. Adults (no role is given to anyone), students, and the adults of their families.
    4. Who left is ended on the day ``on``; nobody is deleted.

    ``progress`` is told how many people and ties of how many, some at a time. Raises nothing for what the file holds:
    each refusal is in ``notes``.
    """
    outcome = Outcome(board_key)
    with transaction.atomic():
        for kind in KINDS:
            outcome.counts.of(kind)
        board = _board(roster, board_key, outcome.counts)
        known = _forget_known_references(board, notes)
        schools = _write_schools(roster, board, known, outcome.counts, notes)
        write_sessions(roster.sessions, board, outcome.counts, notes)
        emails = Emails(roster, board, notes)
        emails.release()
        types = {org.key: org.type for org in roster.orgs}
        done, total = 0, roster.weight
        for people in roster.people():
            homes = {person.key: _home(person, schools, types, notes) for person in people}
            write_adults(people, board, homes, emails, on, outcome.counts, notes)
            write_students(people, board, homes, on, outcome.counts, notes)
            report_alone(people, roster, notes)
            done += len(people)
            progress(done, total)
        write_guardians(roster, board, outcome.counts, notes, lambda ties: progress(done + ties, total))
        end_families(roster, board, on, outcome.counts, notes)
        if any(count.changed for count in outcome.counts.by_kind.values()):
            record(board=board, person=None, verb=ROSTER_IMPORTED, subject=board)
        outcome.saved = not dry_run and not notes.errors
        if not outcome.saved:
            transaction.set_rollback(True)
    return outcome


def _board(roster: Roster, key: str, counts: Counts) -> SchoolBoard:
    name = roster.top_district() or key
    board, created = SchoolBoard.objects.select_for_update().get_or_create(key=key, defaults={"name": name})
    counts.of("boards").created += created
    counts.of("boards").unchanged += not created
    return board


def _forget_known_references(board: SchoolBoard, notes: Notes) -> set[str]:
    """Take off the list the references to rows that an earlier file brought; the keys of the board's known schools."""
    schools = set(School.objects.filter(board=board).values_list("key", flat=True))
    if notes.dangling:
        brought: dict[str, tuple[type[KeyedModel] | type[User], ...]] = {
            "orgs": (School,),
            "users": (User, Student, Guardian),
            "academicsessions": (SchoolYear,),
            "school": (School,),
            "student": (Student,),
            "teacher": (User,),
        }
        for target, models in brought.items():
            for model in models:
                keys = model._base_manager.filter(board=board).values_list("key", flat=True)
                for some in batches(keys.iterator(), PAGE):
                    # A guardian's key is "person:student".
                    notes.dangling.forget(f"{target} {k.partition(':')[0] if model is Guardian else k}" for k in some)
    return schools


def _write_schools(
    roster: Roster, board: SchoolBoard, known: set[str], counts: Counts, notes: Notes
) -> dict[str, School]:
    """The schools of the board by key, those of the roster written."""
    if not roster.has_orgs_file and roster.peopled - known:
        notes.refuse(Place("orgs.csv"), _("le fichier manque, et les organisations des personnes sont inconnues."))
    wanted = {}
    for org in roster.orgs:
        if _becomes_school(org, org.key in roster.peopled, org.key in known, notes):
            wanted[org.key] = {"name": org.name}
    upsert(School, board, wanted, counts.of("schools"))
    return {school.key: school for school in School.objects.filter(board=board)}


def _becomes_school(org: Org, peopled: bool, known: bool, notes: Notes) -> bool:
    if org.gone:
        if known:
            notes.tolerate(org.place, "school_left", _("l’organisation est à supprimer; l’école connue est gardée."))
        return False
    if org.type == "school":
        return True
    words = (
        _("l’organisation (%(type)s) n’est pas une école; elle le devient, puisque des personnes y sont.")
        if peopled
        else _("l’organisation (%(type)s) n’est pas une école, et personne n’y est; elle est laissée.")
    )
    notes.tolerate(
        org.place.at("type"),
        "org_as_school" if peopled else "org_ignored",
        words % {"type": org.type or _("nature inconnue")},
    )
    return peopled


def _home(person: Person, schools: dict[str, School], types: dict[str, str], notes: Notes) -> School | None:
    """Where the person belongs: the main organisation that the file names, else the first school, else the first."""
    found = [key for key in person.orgs if key in schools]
    if not found or person.gone:
        return None
    choice = (
        person.main_org if person.main_org in found else next((k for k in found if types.get(k) == "school"), found[0])
    )
    if len(found) > 1 and person.kinds & {"adult", "student"}:
        words = _("la personne appartient à %(count)d organisations; elle est rattachée à «\u00a0%(name)s\u00a0».")
        notes.tolerate(person.place, "several_orgs", words % {"count": len(found), "name": schools[choice].name})
    return schools[choice]
