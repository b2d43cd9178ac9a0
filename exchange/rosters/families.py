"""Students and the adults of their families out of a roster."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from exchange.returning import paused_at, paused_words, resume
from exchange.rosters.fields import KEY_LENGTH
from exchange.rosters.identities import is_same, names_of, without_doubles
from exchange.rosters.leaving import student_words
from exchange.rosters.records import Notes, Person, Question, Relation, Roster
from exchange.rosters.upsert import Counts, by_key, upsert
from exchange.scratch import batches
from mentoring.departures import ties_of
from mentoring.models import Dyad
from people.models import Guardian, School, SchoolBoard, Student
from people.witness import tell_changed

#: How many known ties are at hand at one time, with their students.
SOME = 100
WORDS = {
    "parent": "parent",
    "mother": "mère",
    "father": "père",
    "guardian": "tutrice ou tuteur",
    "relative": "parenté",
    "grandparent": "grand-parent",
    "stepparent": "beau-parent",
    "aunt": "tante",
    "uncle": "oncle",
    "sibling": "sœur ou frère",
}


def write_students(
    people: list[Person], board: SchoolBoard, homes: dict[str, School | None], on: date, counts: Counts, notes: Notes
) -> None:
    """Write the students among these people; one without a school is left out. Who leaves a school is said, with the
    dyads and groups that wait for a decision."""
    known = by_key(Student, board, [p.key for p in people if p.gone or "student" in p.kinds])
    gone = [p for p in people if p.gone and p.key in known and is_same(p, known[p.key], notes)]
    _leave(gone, known, on, counts, notes)
    students = []
    for person in people:
        if "student" not in person.kinds or person.gone:
            continue
        school = homes.get(person.key)
        if school is None and person.key not in known:
            words = _("l’élève n’appartient à aucune école connue; sa fiche n’est pas importée.")
            notes.tolerate(person.place, "no_school", words)
        elif is_same(person, known.get(person.key), notes):
            students.append(person)
    wanted = {
        person.key: _values(person, homes.get(person.key), known.get(person.key))
        for person in without_doubles(students, board, known, notes)
    }
    told = [(p, known[p.key]) for p in students if p.key in known and p.key in wanted]
    _say_moves(told, homes, on, notes)
    going_on = _going_on(told, homes, on, notes)
    upsert(Student, board, wanted, counts.of("students"), known)
    resume(going_on, notes.person, on)


def _leave(gone: list[Person], known: Mapping[str, Student], on: date, counts: Counts, notes: Notes) -> None:
    """Note, once, that these students are at none of the board's schools any more; nothing of theirs is destroyed."""
    leaving = [(person, known[person.key]) for person in gone if known[person.key].left_on is None]
    left = ties_of([student.pk for _person, student in leaving], on) if leaving else {}
    for person, student in leaving:
        tell_changed(student, left_on=None)
        student.left_on = on
        words = _("l’élève a quitté l’école\u00a0: sa fiche est gardée, et sa famille n’est plus appelée d’ici.")
        notes.tolerate(person.place, "student_left", student_words(left[student.pk], words))
    Student.objects.bulk_update([student for _person, student in leaving], ["left_on"], batch_size=200)
    counts.of("students").ended += len(leaving)


def _say_moves(students: list[tuple[Person, Student]], homes: dict[str, School | None], on: date, notes: Notes) -> None:
    """Which of these students are elsewhere now, and which are back, told before they are written."""
    moving = []
    for person, student in students:
        home = homes.get(person.key)
        if home is not None and home.pk != student.school_id:
            moving.append((person, student, home))
        elif student.left_on is not None:
            words = _(
                "l’élève est de retour\u00a0: si une dyade est restée en pause, levez la pause ou terminez la dyade."
            )
            notes.tolerate(person.place, "student_back", words)
    left = ties_of([student.pk for _person, student, _home in moving], on) if moving else {}
    for person, student, home in moving:
        words = _(
            "l’élève change d’école («\u00a0%(school)s\u00a0»)\u00a0: sa famille n’est plus appelée de l’ancienne."
        )
        notes.tolerate(person.place, "student_moved", student_words(left[student.pk], words % {"school": home}))


def _going_on(
    students: list[tuple[Person, Student]], homes: dict[str, School | None], on: date, notes: Notes
) -> list[Dyad]:
    """The paused dyads of those who come back to a school that go on, since a person said so. One query."""
    back = {}
    for person, student in students:
        home = homes.get(person.key)
        if student.left_on is not None or (home is not None and home.pk != student.school_id):
            back[student.pk] = home.pk if home is not None else student.school_id
    found: list[Dyad] = []
    for dyads in paused_at(back, on).values():
        student = dyads[0].student
        words = _(
            "%(student)s est de retour, et une dyade y est en pause\u00a0: %(held)s. Faut-il lever la pause\u00a0?"
        )
        sentence = words % {"student": student, "held": paused_words(dyads)}
        if notes.ask(Question("resume", student.key, sentence, _("Lever la pause dès aujourd’hui"))):
            found += dyads
    return found


def _values(person: Person, school: School | None, known: Student | None) -> dict[str, Any]:
    """What the roster says; what it does not say keeps its value."""
    values = names_of(person, known)
    if known is not None and known.left_on is not None:
        values["left_on"] = None
    if school is not None:
        values["school_id"] = school.pk
    if person.grade_given:
        values["grade"] = person.grade
    if person.homeroom:
        values["homeroom"] = person.homeroom
    if person.birth_date is not None:
        values["birth_date"] = person.birth_date
    return values


def write_guardians(
    roster: Roster, board: SchoolBoard, counts: Counts, notes: Notes, progress: Callable[[int], None]
) -> None:
    """One row per adult and student: "person:student" is its key, stable from one file to the next."""
    done = 0
    for relations in roster.relations():
        people = roster.people_of(relation.person for relation in relations)
        students = by_key(Student, board, [relation.student for relation in relations])
        known = by_key(Guardian, board, [relation.key for relation in relations])
        wanted: dict[str, dict[str, Any]] = {}
        for relation in relations:
            person, student = people.get(relation.person), students.get(relation.student)
            if person is None or person.gone:
                continue  # in the list of references that lead nowhere, or of rows to delete
            if student is None:
                words = _("l’élève «\u00a0%(student)s\u00a0» n’est pas importé; le lien n’est pas gardé.")
                notes.tolerate(relation.place, "relation_ignored", words % {"student": relation.student})
            elif len(relation.key) > KEY_LENGTH:
                notes.refuse(relation.place, _("les identifiants du lien sont trop longs ensemble."))
            elif is_same(person, former := known.get(relation.key), notes):
                if former is not None and former.ended_on:
                    words = _("%(parent)s est de nouveau de la famille de %(student)s.")
                    values = {"parent": former, "student": student}
                    notes.tolerate(relation.place, "guardian_back", words % values)
                wanted[relation.key] = _guardian(person, relation, student, known.get(relation.key))
        upsert(Guardian, board, wanted, counts.of("guardians"), known)
        done += len(relations)
        progress(done)


def end_families(roster: Roster, board: SchoolBoard, on: date, counts: Counts, notes: Notes) -> None:
    """End the ties that the source undid: the parent's row is to be deleted; or a row that lists its family, of the
    parent or of the student, leaves the other out; or neither row names the other, in a source that holds ties."""
    known = Guardian.objects.filter(board=board).select_related("student").order_by("pk")
    for some in batches(known.iterator(chunk_size=SOME), SOME):
        # A tie that a roster brought is "person:student"; one that was typed or came by a bundle is nobody's to end.
        ties = {one.key: one for one in some if one.key.endswith(f":{one.student.key}")}
        persons = {key: key.removesuffix(f":{one.student.key}") for key, one in ties.items()}
        people = roster.people_of({*persons.values(), *(one.student.key for one in ties.values())})
        told, telling = roster.ties(ties), roster.telling(people)
        ended = []
        for key, one in ties.items():
            parent, student = people.get(persons[key]), people.get(one.student.key)
            if not _is_undone(parent, student, key in told, telling, roster.tells_ties):
                continue
            row = parent or student
            if row is None or (parent is not None and not is_same(parent, one, notes)):
                continue
            ended.append(one.pk)
            tell_changed(one, ended_on=None)
            one.ended_on = on
            words = _(
                "%(parent)s n’est plus de la famille de %(student)s\u00a0: le lien prend fin à ce jour, et la personne "
                "n’est plus proposée. Les contacts passés sont gardés."
            )
            notes.tolerate(row.place, "guardian_ended", words % {"parent": one, "student": one.student})
        Guardian.objects.filter(pk__in=ended).update(ended_on=on)
        counts.of("guardians").ended += len(ended)


def _is_undone(parent: Person | None, student: Person | None, told: bool, telling: set[str], some_ties: bool) -> bool:
    if parent is not None and parent.gone:
        return True
    if told or (student is not None and student.gone):
        return False
    listed = [row for row in (parent, student) if row is not None]
    return any(row.key in telling for row in listed) or (len(listed) == 2 and some_ties)


def _guardian(person: Person, relation: Relation, student: Student, known: Guardian | None) -> dict[str, Any]:
    word = WORDS.get(relation.word.lower(), relation.word)[:60]
    values = names_of(person, known) | {"student_id": student.pk, "relation": word, "ended_on": None}
    return values | {n: v for n, v in (("email", person.email), ("phone", person.phone)) if v}


def report_alone(people: list[Person], roster: Roster, notes: Notes) -> None:
    """Say which parents are linked to nobody."""
    linked = roster.linked.known(person.key for person in people if person.kinds == {"guardian"})
    for person in people:
        if person.kinds == {"guardian"} and not person.gone and person.key not in linked:
            words = _("le parent n’est lié à aucun élève; sa fiche n’est pas importée.")
            notes.tolerate(person.place, "guardian_alone", words)
