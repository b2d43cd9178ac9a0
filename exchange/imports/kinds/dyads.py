"""The dyads that a school already has: who mentors whom, since when."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from exchange.imports import cells, remarks
from exchange.imports.declaration import Bearings, Field, ImportKind, Level, Line, Remark, Tracer
from exchange.imports.kinds import adults
from exchange.imports.people import read_cells, said_twice, schools_by_word, sound
from exchange.imports.who import ADULT_FIELDS, STUDENT_FIELDS, WHO, find, known_adults, known_students
from exchange.models import ImportRow
from exchange.reading import refuse
from mentoring.actions.relations import RematchNeedsReason, end_dyad, start_dyad
from mentoring.gate import must_be_verified
from mentoring.models import Dyad, Mentor
from mentoring.models.endings import EndedBy
from people.names import plain
from programs.models import Program

DAY = timedelta(days=1)
NO_PROGRAM = Remark("no_program", Level.WRONG, _("L’école n’a aucun programme de mentorat\u00a0: créez-le d’abord."))
WHICH_PROGRAM = Remark("which_program", Level.WRONG, _("Écrivez l’un des programmes de mentorat\u00a0: %(known)s."))
ELSEWHERE = Remark("school_of_student", Level.WRONG, _("L’élève n’est pas de l’école du programme."))
ENDS_FIRST = Remark("ends_first", Level.WRONG, _("La fin précède le début\u00a0: corrigez l’une des deux."))
ANOTHER = Remark(
    "another_dyad", Level.WRONG, _("L’élève a déjà une dyade avec %(mentor)s à ces dates\u00a0: terminez-la d’abord.")
)
NOT_VERIFIED = Remark(
    "not_verified",
    Level.ASKS,
    _("Les antécédents judiciaires de %(mentor)s ne sont pas vérifiés au début de la dyade."),
    (("anyway", _("Inscrire la dyade quand même, en mon nom")),),
)
FIELDS = (
    *ADULT_FIELDS,
    *STUDENT_FIELDS,
    Field("program", _("Programme"), "programme, program", cells.text(200)),
    Field(
        "mentor_kind", _("Type de mentor"), "type de mentor, type, qui",
        cells.one_of(adults.KINDS, adults.KIND_LABELS),
    ),
    Field(
        "starts_on", _("Début"), "debut, depuis, depuis le, date de debut, jumelage, date de jumelage, start date",
        cells.day,
    ),
    Field("until", _("Engagement jusqu’au"), "engagement, engagement jusqu au, jusqu au, fin prevue", cells.day),
    Field("last_on", _("Dernier jour"), "fin, dernier jour, date de fin, terminee le, last day, end date", cells.day),
    Field(
        "end_reason", _("Motif de fin"), "motif, motif de fin, raison, raison de la fin, reason, end reason",
        cells.text(300),
    ),
)  # fmt: skip


def look(lines: Sequence[Line], bearings: Bearings) -> None:
    """Set what becomes of each line: three queries an import, one of a batch, and one for each mentor to verify."""
    for line in lines:
        read_cells(line, FIELDS)
        line.values["student"] = find(line, known_students(bearings), "number", "student_name")
        line.values["adult"] = find(line, known_adults(bearings), "email", "adult_name")
        line.values["program_row"] = _program(line, bearings)
        _check_days(line, bearings)
    held: dict[int, list[Dyad]] = defaultdict(list)
    rows = Dyad.objects.filter(student__in={line.values["student"].pk for line in sound(lines)})
    for dyad in rows.select_related("mentor__person"):
        held[dyad.student_id].append(dyad)
    for line in sound(lines):
        _effect(line, held[line.values["student"].pk], bearings)


def _program(line: Line, bearings: Bearings) -> Program | None:
    """The mentoring programme that a line names; the only one where it names none."""
    if "mentoring" not in bearings.seen:
        schools = [bearings.school] if bearings.school else list(schools_by_word(bearings).values())
        programs = Program.objects.filter(school__in=schools, domain=Program.Domain.MENTORING)
        bearings.seen["mentoring"] = list(programs.select_related("board", "school"))
    offered: list[Program] = bearings.seen["mentoring"]
    name = line.values.get("program", "")
    found = [program for program in offered if not name or plain(program.name) == plain(name)]
    if len(found) == 1:
        return found[0]
    if not offered:
        line.say(NO_PROGRAM)
    else:
        line.say(WHICH_PROGRAM, "program", known=", ".join(program.name for program in offered))
    return None


def _check_days(line: Line, bearings: Bearings) -> None:
    values = line.values
    if "starts_on" not in line.texts:
        line.say(remarks.MISSING, "starts_on", label=str(_("Début")))
        return
    starts_on: date | None = values.get("starts_on")
    for name in ("until", "last_on"):
        if starts_on and values.get(name) and values[name] < starts_on:
            line.say(ENDS_FIRST, name)
    if values.get("last_on") and values["last_on"] > bearings.on:
        line.say(remarks.TO_COME, "last_on", value=line.texts["last_on"])


def _effect(line: Line, held: Sequence[Dyad], bearings: Bearings) -> None:
    values, student, program = line.values, line.values["student"], line.values["program_row"]
    if student.school_id != program.school_id:
        line.say(ELSEWHERE, "program")
        return
    starts_on, adult = values["starts_on"], values["adult"]
    ends_on = values["last_on"] + DAY if values.get("last_on") else None
    if said_twice(line, f"{student.pk} {adult.pk} {starts_on}", bearings):
        return
    for dyad in held:
        if dyad.program_id != program.pk or not _overlap(dyad, starts_on, ends_on):
            continue
        if dyad.mentor.person_id == adult.pk:
            line.effect = ImportRow.Effect.CHANGED if ends_on and dyad.ends_on is None else ImportRow.Effect.NONE
            line.known = dyad
        else:
            line.say(ANOTHER, "starts_on", mentor=str(dyad.mentor))
        return
    line.effect = ImportRow.Effect.CREATED
    _check_mentor(line, adult, starts_on)


def _overlap(dyad: Dyad, starts_on: date, ends_on: date | None) -> bool:
    return (dyad.ends_on is None or dyad.ends_on > starts_on) and (ends_on is None or dyad.starts_on < ends_on)


def _check_mentor(line: Line, adult: Any, starts_on: date) -> None:
    """Ask who the mentor is where nothing says so, and for the exception where the law asks for a verification."""
    mentor = getattr(adult, "mentor", None)
    kind = line.values.get("mentor_kind") or (mentor.kind if mentor else line.ask(adults.WHICH_MENTOR, "mentor_kind"))
    line.more["kind"] = kind
    if kind and must_be_verified(mentor or Mentor(person=adult, kind=kind), starts_on):
        line.ask(NOT_VERIFIED, "adult_name", mentor=str(adult))


def write(lines: Sequence[Line], bearings: Bearings, tracer: Tracer) -> None:
    """Start and end dyads by the verbs of the pages, a dyad at a time: what they refuse stops the import, by line."""
    for line in lines:
        try:
            if line.effect == ImportRow.Effect.CREATED:
                tracer.created(Dyad, [_start(line, bearings, tracer).pk])
            elif line.effect == ImportRow.Effect.CHANGED:
                _end(line.known, line, bearings)
        except ValidationError as refusal:
            raise refuse(_t("liste"), " ".join(refusal.messages), line.number) from None


def _start(line: Line, bearings: Bearings, tracer: Tracer) -> Dyad:
    values = line.values
    reason = _t("Dyade déjà en cours, selon la liste importée.")
    said: dict[str, Any] = {
        "program": values["program_row"],
        "mentor": _mentor(line, tracer),
        "student": values["student"],
        "person": bearings.person,
        "on": bearings.on,
        "starts_on": values["starts_on"],
        "committed_until": values["until"] + DAY if values.get("until") else None,
        "untrained_reason": reason,
        "unverified_reason": reason if line.answer(NOT_VERIFIED) else "",
    }
    try:
        dyad = start_dyad(**said)
    except RematchNeedsReason:
        dyad = start_dyad(**said, rematch_reason=reason)
    if values.get("last_on"):
        _end(dyad, line, bearings)
    return dyad


def _mentor(line: Line, tracer: Tracer) -> Mentor:
    adult = line.values["adult"]
    mentor, new = Mentor.objects.get_or_create(person=adult, defaults={"kind": line.more["kind"]})
    if new:
        tracer.created(Mentor, [mentor.pk])
    return mentor


def _end(dyad: Dyad, line: Line, bearings: Bearings) -> None:
    reason = line.values.get("end_reason") or _t("Fin notée dans la liste importée.")
    end_dyad(
        dyad=dyad, person=bearings.person, on=bearings.on, last_day=line.values["last_on"], reason=reason,
        ended_by=EndedBy.OTHER,
    )  # fmt: skip


DYADS = ImportKind(
    name="dyads",
    label=_("Dyades"),
    help=_("Une ligne par dyade\u00a0: mentore ou mentor, élève, début. Importez d’abord les adultes."),
    fields=FIELDS,
    needs=(("email", "adult_name"), ("number", "student_name"), ("starts_on",)),
    look=look,
    write=write,
    remarks=(
        *remarks.COMMON, *WHO, NO_PROGRAM, WHICH_PROGRAM, ELSEWHERE, ENDS_FIRST, ANOTHER, NOT_VERIFIED,
        adults.WHICH_MENTOR,
    ),
)  # fmt: skip
