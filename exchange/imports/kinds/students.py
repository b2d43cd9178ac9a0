"""The list of students that a school can export: fiche, permanent code, name, status, class, homeroom."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from exchange.imports import cells, remarks
from exchange.imports.declaration import Bearings, Field, ImportKind, Level, Line, Remark, Tracer
from exchange.imports.leaving import (
    ENDS,
    RESUMES,
    STILL_PAUSED,
    WITH_RELATIONS,
    ending,
    hold_of,
    leave_relations,
)
from exchange.imports.people import is_of_another_school, read_cells, read_name, read_school, said_twice, sound
from exchange.models import ImportRow
from exchange.returning import paused_at, paused_words, resume
from exchange.storing import insert
from people.identity import Identity, is_double, is_told_whole, known_elsewhere, same_person
from people.models import Student
from people.models.base import new_key
from people.names import plain

STATUSES = cells.by_words(
    {
        "active": "actif, active, a, act, oui, 1, inscrit, inscrite, present, presente",
        "inactive": "inactif, inactive, i, ina, non, 0, parti, partie, depart, quitte, desinscrit, desinscrite",
    }
)
NO_KEY = Remark(
    "no_key", Level.WRONG, _("Ni fiche ni code permanent\u00a0: écrivez l’un des deux, ou laissez la ligne.")
)
NO_GRADE = Remark(
    "no_grade", Level.TOLD, _("«\u00a0%(value)s\u00a0» n’est pas une année du secondaire\u00a0: elle reste vide.")
)
GRADE_READ = Remark(
    "grade_read", Level.TOLD, _("L’année du secondaire est lue dans le groupe-repère\u00a0: %(grade)s.")
)
NOT_HERE = Remark("not_here", Level.TOLD, _("Inactif ou inactive, et inconnu ici\u00a0: rien n’est créé."))
PLACES = (("classe", "class_name"), ("homeroom", "homeroom"))
CHANGES_CLASS = Remark(
    "changes_class", Level.TOLD, _("Change de classe ou de groupe-repère\u00a0: %(before)s, puis %(after)s.")
)
MOVES = Remark("moves", Level.TOLD, _("Vient de %(school)s."))
IN_LIST = Remark(
    "in_list",
    Level.ASKS,
    _(
        "La ligne %(row)s dit le même nom et la même date de naissance, sous le numéro %(key)s. "
        "Est-ce une autre personne\u00a0?"
    ),
    (("other", _("Oui, deux personnes")),),
)
YOUNG = Remark(
    "age",
    Level.ASKS,
    _("Cette date donne %(age)s ans. Est-elle juste\u00a0?"),
    (("right", _("Oui, elle est juste")), ("empty", _("Non, laisser la date vide"))),
)
AGES = range(9, 23)
NO_NUMBER_SHOWN = "–"
FIELDS = (
    Field(
        "number", _("Fiche"),
        "fiche, no fiche, numero de fiche, no de fiche, n fiche, num fiche, numero, no eleve, matricule, id, "
        "student number, student no, student id",
        cells.number,
    ),
    Field(
        "code", _("Code permanent"),
        "code permanent, code perm, code permanent mels, code permanent meq, cp, permanent code", cells.permanent_code,
    ),
    Field(
        "full_name", _("Nom et prénom"),
        "nom et prenom, nom prenom, nom complet, nom de l eleve, eleve, prenom et nom, nom eleve, "
        "student name, full name",
        cells.text(240),
    ),
    Field("family_name", _("Nom"), "nom, nom de famille, nom famille, family name, last name", cells.text(120)),
    Field("given_name", _("Prénom"), "prenom, pnom, prenoms, given name, first name", cells.text(120)),
    Field(
        "birth_date", _("Date de naissance"),
        "date de naissance, date naissance, naissance, date naiss, ne le, nee le, ddn, birth date, birthdate, "
        "date of birth, dob", cells.day,
    ),
    Field("status", _("Statut"), "statut, etat, statut don an, statut eleve, actif, status", cells.one_of(STATUSES, {
        "active": _("Actif"), "inactive": _("Inactif"),
    })),
    Field(
        "grade", _("Année du secondaire"),
        "annee du secondaire, secondaire, sec, degre, niveau, annee, annee scolaire eleve, grade, grade level",
        cells.text(60),
    ),
    Field("classe", _("Classe"), "classe, class", cells.text(60)),
    Field(
        "homeroom", _("Groupe-repère"),
        "groupe repere, grp rep, groupe rep, gr repere, foyer, groupe foyer, homeroom, home room", cells.text(60),
    ),
    Field(
        "school", _("École"), "ecole, nom de l ecole, id eco, code ecole, etablissement, school, school name",
        cells.text(200),
    ),
)  # fmt: skip


def look(lines: Sequence[Line], bearings: Bearings) -> None:
    """Set what becomes of each line. Four queries, two more with those who leave, one with those who come back;
    one an import, once somebody is known."""
    for line in lines:
        _read(line, bearings)
    known = _known({key for line in sound(lines) for key in line.more["keys"]}, bearings)
    for line in sound(lines):
        line.known = next((known[key] for key in line.more["keys"] if key in known), None)
        if _is_gone(line) and is_of_another_school(line.known, bearings):
            line.known = None
    _identify(sound(lines), bearings)
    going = [line.known for line in sound(lines) if line.known is not None and _goes(line)]
    holds = hold_of([one for one in going if not is_of_another_school(one, bearings)], bearings.on)
    for line in sound(lines):
        _effect(line, holds, bearings)
    _ask_pauses(lines, bearings)


def _read(line: Line, bearings: Bearings) -> None:
    read_cells(line, FIELDS)
    read_name(line)
    values = line.values
    values["school_row"] = read_school(line, bearings)
    values["grade_read"] = _grade(line)
    _check_birth(line, bearings)
    keys = [str(values[name]) for name in ("number", "code") if values.get(name)]
    line.more["keys"] = [*keys, *([line.texts["number"]] if line.texts.get("number") else [])]
    if not keys:
        if not any(column in ("number", "code") for _remark, column, _given in line.said):
            line.say(NO_KEY, "number" if "number" in bearings.columns else "code")
        return
    values["key"] = keys[0]
    line.more["again"] = said_twice(line, keys[0], bearings)


def _grade(line: Line) -> int | None:
    """The year that a column gives, else the class, else the homeroom's number."""
    for name in ("grade", "classe"):
        if text := line.values.get(name):
            if year := cells.grade(text):
                return year
            if name == "grade":
                line.say(NO_GRADE, name, value=text)
                return None
    return cells.grade_of_group(line.values.get("homeroom", ""))


def _check_birth(line: Line, bearings: Bearings) -> None:
    born = line.values.get("birth_date")
    if born is None:
        return
    if born > bearings.on:
        line.say(remarks.TO_COME, "birth_date", value=line.texts["birth_date"])
        return
    age = bearings.on.year - born.year - ((bearings.on.month, bearings.on.day) < (born.month, born.day))
    if age not in AGES and line.ask(YOUNG, "birth_date", age=age) == "empty":
        line.values["birth_date"] = None


def _known(keys: Iterable[str], bearings: Bearings) -> dict[str, Student]:
    rows = Student.objects.filter(board=bearings.board, key__in=set(keys)).select_related("school")
    return {student.key: student for student in rows}


def _identify(lines: Sequence[Line], bearings: Bearings) -> None:
    """Hold each line against who is known under its number, and against who bears its name under another."""
    told = {line.values["key"]: Identity.in_values(line.values) for line in lines}
    elsewhere = known_elsewhere(bearings.board, told) | _told_before(told, bearings)
    twins = _known((elsewhere[line.values["key"]] for line in lines if line.values["key"] in elsewhere), bearings)
    for line in lines:
        key, who = line.values["key"], Identity.in_values(line.values)
        before, other = Identity.of(line.known) if line.known else None, elsewhere.get(key, "")
        column = "number" if "number" in line.texts else "code"
        if before and is_of_another_school(line.known, bearings):
            if not is_told_whole(before, who) or (other and not is_double(before, who)):
                line.say(remarks.ANOTHERS_NUMBER, column, key=key)
        elif before and not (same_person(before, who) and (not other or is_double(before, who))):
            line.say(remarks.ANOTHER_PERSON, column, key=key, known=str(before))
        elif other in bearings.seen["keys"]:
            if line.known is None and not line.more.get("again"):
                line.ask(IN_LIST, column, row=bearings.seen["keys"][other][0], key=other)
        elif other in twins and line.known is None:
            _perhaps(line, twins[other], column, bearings)


def _told_before(told: dict[str, Identity], bearings: Bearings) -> dict[str, str]:
    """Those who bear the name and birth date of an earlier line, under another number: that number."""
    before: dict[tuple[str, ...], str] = bearings.seen.setdefault("twins", {})
    found = {}
    for key, who in told.items():
        if who.birth_date:
            same = (*sorted((plain(who.given_name), plain(who.family_name))), who.birth_date.isoformat())
            if (other := before.setdefault(same, key)) != key:
                found[key] = other
    return found


def _perhaps(line: Line, twin: Student, column: str, bearings: Bearings) -> None:
    """A number that nobody has: it may be a second one of somebody who is known."""
    is_elsewhere = is_of_another_school(twin, bearings)
    if is_elsewhere and _is_gone(line):
        return
    told = NO_NUMBER_SHOWN if is_elsewhere else _shown(twin.key)
    if line.ask(remarks.SAME_PERSON, column, known=str(Identity.of(twin)), key=told) == "same":
        line.known = twin
        line.more["renumbered"] = _shown(twin.key) != twin.key


def _shown(key: str) -> str:
    """The number that a list gave; what the house gave itself says nothing to anybody."""
    return NO_NUMBER_SHOWN if len(key) == len(new_key()) and key.isalnum() else key


def _is_gone(line: Line) -> bool:
    return line.values.get("status") == "inactive"


def _goes(line: Line) -> bool:
    """Whether the student leaves the school where they are known."""
    school = line.values.get("school_row")
    return _is_gone(line) or (school is not None and line.known.school_id != school.pk)


def _effect(line: Line, holds: dict[int, Any], bearings: Bearings) -> None:
    if line.more.get("again"):
        return
    inactive = _is_gone(line)
    if line.known is None:
        if inactive:
            line.say(NOT_HERE, "status")
        else:
            line.effect = ImportRow.Effect.CREATED
        return
    hold = holds.get(line.known.pk) if _goes(line) else None
    if hold:
        leaves = line.ask(WITH_RELATIONS, "status" if inactive else "school", **hold.given()) == ENDS
        line.more["hold"], line.more["leaves"] = hold, hold if leaves else None
        if leaves:
            bearings.seen.setdefault("ending", []).append(hold)
    changes = line.more["changes"] = _changes(line, bearings)
    if inactive:
        line.effect = ImportRow.Effect.ENDED if changes or line.more.get("leaves") else ImportRow.Effect.NONE
    elif "left_on" in changes:
        line.effect = ImportRow.Effect.RETURNED
    elif "school_id" in changes:
        line.say(MOVES, "school", school=line.known.school.name)
        line.effect = ImportRow.Effect.MOVED
    elif changes:
        line.effect = ImportRow.Effect.CHANGED
    if not is_of_another_school(line.known, bearings):
        _say_class(line)


def _say_class(line: Line) -> None:
    """Say the class or the homeroom that becomes another one."""
    changes = line.more["changes"]
    before = [getattr(line.known, name) for _column, name in PLACES if name in changes and getattr(line.known, name)]
    if before:
        after = [changes[name] for _column, name in PLACES if name in changes]
        line.say(CHANGES_CLASS, "homeroom", before=", ".join(before), after=", ".join(after))


def _ask_pauses(lines: Sequence[Line], bearings: Bearings) -> None:
    """Ask of those who come back whether the dyads that wait for them there go on. One query, where some do."""
    back = [line for line in lines if line.effect in (ImportRow.Effect.RETURNED, ImportRow.Effect.MOVED)]
    paused = paused_at({line.known.pk: line.values["school_row"].pk for line in back}, bearings.on)
    for line in back:
        if dyads := paused.get(line.known.pk):
            answer = line.ask(STILL_PAUSED, "status", held=paused_words(dyads))
            line.more["resumes"] = dyads if answer == RESUMES else []


def _told(line: Line) -> dict[str, Any]:
    """What the line says of a student; what it does not say is left as it is."""
    values = line.values
    told = {name: values[name] for name in ("family_name", "given_name")}
    told |= {"school_id": values["school_row"].pk}
    if values.get("birth_date"):
        told["birth_date"] = values["birth_date"]
    if values["grade_read"]:
        told["grade"] = values["grade_read"]
    told |= {name: values[column] for column, name in PLACES if values.get(column)}
    return told


def _changes(line: Line, bearings: Bearings) -> dict[str, Any]:
    """What the line says otherwise than the house: of who leaves, the day of it alone."""
    if _is_gone(line):
        return {"left_on": bearings.on} if line.known.left_on is None else {}
    told = _told(line) | {"left_on": None}
    told |= {"key": line.values["key"]} if line.more.get("renumbered") else {}
    return {name: value for name, value in told.items() if getattr(line.known, name) != value}


WRITTEN = frozenset(ImportRow.Effect.values) - {ImportRow.Effect.CREATED, ImportRow.Effect.NONE}


def write(lines: Sequence[Line], bearings: Bearings, tracer: Tracer) -> None:
    """Create, change and move students; end what those who leave held. Bulk statements; a verb for each relation."""
    new = [line for line in lines if line.effect == ImportRow.Effect.CREATED]
    rows = [{"board_id": bearings.board.pk, "key": line.values["key"], **_told(line)} for line in new]
    insert(Student, rows)
    changed, names = [], set[str]()
    for line in lines:
        if line.more.get("leaves"):
            leave_relations(line.more["leaves"], bearings)
        if line.effect in WRITTEN:
            changes = line.more["changes"]
            before = {name: getattr(line.known, name) for name in changes}
            for name, value in changes.items():
                setattr(line.known, name, value)
            tracer.changed(line.known, before)
            changed.append(line.known)
            names |= changes.keys()
    if changed:
        Student.objects.bulk_update(changed, sorted(names), batch_size=200)
    for line in lines:
        resume(line.more.get("resumes", ()), bearings.person, bearings.on)


def finish(bearings: Bearings) -> dict[str, Any]:
    """What ends with those who leave, and how many of the school's students the list does not name. Two queries."""
    ends = ending(bearings.seen.get("ending", ()), bearings.on)
    if bearings.school is None:
        return ends
    keys = set(bearings.seen.get("keys", ()))
    known = Student.objects.filter(school=bearings.school, left_on=None).values_list("key", flat=True)
    return ends | {"unnamed": sum(key not in keys for key in known.iterator())}


STUDENTS = ImportKind(
    name="students",
    label=_("Liste d’élèves"),
    help=_("Une ligne par élève\u00a0: fiche ou code permanent, nom, statut, classe, groupe-repère."),
    fields=FIELDS,
    needs=(("number", "code"), ("full_name", "family_name")),
    look=look,
    write=write,
    finish=finish,
    remarks=(
        *remarks.COMMON, NO_KEY, NO_GRADE, GRADE_READ, NOT_HERE, CHANGES_CLASS, MOVES, IN_LIST, YOUNG, WITH_RELATIONS,
        STILL_PAUSED,
    ),
)  # fmt: skip
