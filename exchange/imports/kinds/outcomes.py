"""What report cards say of a term, of the students who agree: absences, lates, general result."""

import re
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from exchange.imports import cells, remarks
from exchange.imports.declaration import Bearings, Field, ImportKind, Level, Line, Remark, Tracer
from exchange.imports.people import read_cells, said_twice, sound
from exchange.imports.who import STUDENT_FIELDS, WHO, find, known_students
from exchange.models import ImportRow
from exchange.storing import insert
from mentoring.audit_verbs import OUTCOME_ENTERED
from mentoring.models import Outcome
from mentoring.models.outcomes import MOST
from mentoring.outcomes import YEARS
from people import audit
from people.models import Consent
from people.names import plain
from programs.models import SchoolYear, Term

NUMBERED = re.compile(r"(?:etape)?(\d)(?:re|ere|er|e|eme|ieme)?(?:etape)?")
NO_CONSENT = Remark(
    "no_consent",
    Level.WRONG,
    _(
        "Aucun consentement ne tient pour «\u00a0%(value)s\u00a0»\u00a0: inscrivez-le d’abord à la page du programme, "
        "«\u00a0Assiduité et résultats\u00a0», ou laissez la ligne de côté."
    ),
)
NO_TERM = Remark(
    "no_term",
    Level.WRONG,
    _("Aucune étape finie ne se nomme «\u00a0%(value)s\u00a0». Écrivez l’une de celles-ci\u00a0: %(known)s."),
)
WHICH_YEAR = Remark(
    "which_year", Level.WRONG, _("Plusieurs années ont une étape «\u00a0%(value)s\u00a0» finie\u00a0: écrivez l’année.")
)
OUT_OF_BOUNDS = Remark("out_of_bounds", Level.WRONG, _("%(label)s\u00a0: le nombre va de 0 à %(most)s."))
NO_NUMBERS = Remark("no_numbers", Level.WRONG, _("La ligne ne dit ni absences, ni retards, ni résultat."))
NUMBERS = {
    "days_absent": Field(
        "days_absent", _("Absences"), "absences, jours d absence, absence, nb absences, nombre d absences", cells.whole
    ),
    "lates": Field("lates", _("Retards"), "retards, retard, nb retards, nombre de retards", cells.whole),
    "result": Field(
        "result", _("Résultat"), "resultat, resultat general, moyenne, moyenne generale, note generale", cells.whole
    ),
}
FIELDS = (
    *STUDENT_FIELDS,
    Field("term", _("Étape"), "etape, no etape, etape no, bulletin", cells.text(60)),
    Field("school_year", _("Année scolaire"), "annee scolaire, annee", cells.text(60)),
    *NUMBERS.values(),
)


def look(lines: Sequence[Line], bearings: Bearings) -> None:
    """Set what becomes of each line: two queries an import, and two."""
    for line in lines:
        read_cells(line, FIELDS)
        line.values["student"] = find(line, known_students(bearings), "number", "student_name")
        line.values["term_row"] = _term(line, bearings)
        _check_numbers(line)
    _refuse_without_consent(sound(lines), bearings)
    known = _known(sound(lines))
    for line in sound(lines):
        student, term = line.values["student"], line.values["term_row"]
        if said_twice(line, f"{student.pk} {term.pk}", bearings):
            continue
        line.known = known.get((student.pk, term.school_year_id, term.name))
        given = {name: line.values[name] for name in NUMBERS if name in line.values}
        line.more["numbers"] = given
        if line.known is None:
            line.effect = ImportRow.Effect.CREATED
        elif any(getattr(line.known, name) != value for name, value in given.items()):
            line.effect = ImportRow.Effect.CHANGED


def _term(line: Line, bearings: Bearings) -> Term | None:
    if not (words := line.values.get("term")):
        if "term" not in line.texts:
            line.say(remarks.MISSING, "term", label=str(_("Étape")))
        return None
    over = _terms(bearings)
    named = [term for term in over if _spelled(words) == _spelled(term.name)]
    if year := line.values.get("school_year"):
        named = [term for term in named if plain(year) == plain(term.school_year.label)]
    if len(named) == 1:
        return named[0]
    if named:
        line.say(WHICH_YEAR, "school_year", value=words)
    else:
        line.say(NO_TERM, "term", value=words, known=", ".join(f"{one.name} ({one.school_year})" for one in over))
    return None


def _spelled(name: str) -> str:
    """« Étape 1 », « 1re étape » and « 1 » are one."""
    found = NUMBERED.fullmatch(plain(name))
    return found[1] if found else plain(name)


def _terms(bearings: Bearings) -> list[Term]:
    """The terms that are over, of this school year and of the one before; two queries an import."""
    if "terms" not in bearings.seen:
        years = SchoolYear.objects.filter(board=bearings.board, starts_on__lte=bearings.on).order_by("-starts_on")
        pks = [year.pk for year in years[:YEARS]]
        rows = Term.objects.filter(school_year__in=pks, ends_on__lte=bearings.on).select_related("school_year")
        bearings.seen["terms"] = list(rows)
    found: list[Term] = bearings.seen["terms"]
    return found


def _check_numbers(line: Line) -> None:
    if not any(line.texts.get(name) for name in NUMBERS):
        line.say(NO_NUMBERS)
    for name, field in NUMBERS.items():
        if line.values.get(name, 0) > MOST[name]:
            line.say(OUT_OF_BOUNDS, name, label=str(field.label), most=MOST[name])


def _refuse_without_consent(lines: Sequence[Line], bearings: Bearings) -> None:
    students = {line.values["student"].pk for line in lines}
    in_force = Consent.objects.in_force(Consent.Purpose.OUTCOMES, bearings.on).filter(student__in=students)
    agree = set(in_force.values_list("student", flat=True))
    for line in lines:
        if line.values["student"].pk not in agree:
            column = "number" if line.texts.get("number") else "student_name"
            line.say(NO_CONSENT, column, value=str(line.values["student"]))


def _known(lines: Sequence[Line]) -> dict[tuple[int, int, str], Outcome]:
    rows = Outcome.objects.filter(student__in={line.values["student"].pk for line in lines})
    return {(row.student_id, row.school_year_id, row.term): row for row in rows}


def write(lines: Sequence[Line], bearings: Bearings, tracer: Tracer) -> None:
    """Keep what is new, correct what differs; a cell left empty forgets nothing. Bulk statements."""
    new = [line for line in lines if line.effect == ImportRow.Effect.CREATED]
    pks = insert(Outcome, [_facts(line, bearings) for line in new])
    changed = []
    for line in lines:
        if line.effect == ImportRow.Effect.CHANGED:
            told = {**line.more["numbers"], "entered_by_id": bearings.person.pk, "entered_on": bearings.on}
            tracer.changed(line.known, {name: getattr(line.known, name) for name in told})
            for name, value in told.items():
                setattr(line.known, name, value)
            changed.append(line.known)
    Outcome.objects.bulk_update(changed, [*NUMBERS, "entered_by", "entered_on"], batch_size=200)
    subjects = [*(Outcome(pk=pk) for pk in pks), *changed]
    audit.record_all(board=bearings.board, person=bearings.person, verb=OUTCOME_ENTERED, subjects=subjects)


def _facts(line: Line, bearings: Bearings) -> dict[str, Any]:
    term = line.values["term_row"]
    return {
        "student_id": line.values["student"].pk,
        "school_year_id": term.school_year_id,
        "term": term.name,
        **dict.fromkeys(NUMBERS),
        **line.more["numbers"],
        "entered_by_id": bearings.person.pk,
        "entered_on": bearings.on,
    }


OUTCOMES = ImportKind(
    name="outcomes",
    label=_("Assiduité et résultats"),
    help=_("Une ligne par élève qui y consent et par étape\u00a0: fiche, étape, absences, retards, résultat."),
    fields=FIELDS,
    needs=(("number", "student_name"), ("term",), ("days_absent", "lates", "result")),
    look=look,
    write=write,
    remarks=(*remarks.COMMON, *WHO, NO_CONSENT, NO_TERM, WHICH_YEAR, OUT_OF_BOUNDS, NO_NUMBERS),
)
