"""Who is in which group, since when."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from exchange.imports import cells, remarks
from exchange.imports.declaration import Bearings, Field, ImportKind, Level, Line, Remark, Tracer
from exchange.imports.people import read_cells, said_twice, schools_by_word, sound
from exchange.imports.who import STUDENT_FIELDS, WHO, find, known_students
from exchange.models import ImportRow
from exchange.storing import insert
from people import audit
from people.names import plain
from programs.audit_verbs import GROUP_MEMBER_ADDED
from programs.models import GroupMember, SupportGroup

DAY = timedelta(days=1)
NO_GROUP = Remark("no_group", Level.WRONG, _("Le groupe manque\u00a0: écrivez son nom."))
UNKNOWN_GROUP = Remark(
    "unknown_group",
    Level.WRONG,
    _("Aucun groupe ouvert ne se nomme «\u00a0%(value)s\u00a0»\u00a0: ouvrez-le d’abord, ou corrigez."),
)
TWO_GROUPS = Remark(
    "two_groups", Level.WRONG, _("Plusieurs groupes se nomment «\u00a0%(value)s\u00a0»\u00a0: écrivez le programme.")
)
OTHER_SCHOOL = Remark("other_school", Level.WRONG, _("L’élève n’est pas de l’école du groupe."))
OUT_OF_GROUP = Remark("out_of_group", Level.WRONG, _("Le groupe n’existe pas le %(day)s\u00a0: corrigez le début."))
ENDS_FIRST = Remark("ends_first", Level.WRONG, _("Le dernier jour précède le premier."))
OVERLAP = Remark("overlap", Level.WRONG, _("L’élève est déjà dans ce groupe à d’autres dates, qui se recoupent."))
ALSO_IN = Remark("also_in", Level.TOLD, _("L’élève est aussi dans %(groups)s."))
FIELDS = (
    Field("group", _("Groupe"), "groupe, nom du groupe, groupe d accompagnement, group", cells.text(120)),
    Field("program", _("Programme"), "programme, program", cells.text(200)),
    *STUDENT_FIELDS,
    Field("starts_on", _("Début"), "debut, depuis, depuis le, date de debut, entree, date d entree", cells.day),
    Field("last_on", _("Dernier jour"), "fin, dernier jour, date de fin, sortie, jusqu au", cells.day),
)


def look(lines: Sequence[Line], bearings: Bearings) -> None:
    """Set what becomes of each line: two queries an import, and one."""
    for line in lines:
        read_cells(line, FIELDS)
        line.values["student"] = find(line, known_students(bearings), "number", "student_name")
        line.values["group_row"] = _group(line, bearings)
    held = _held(sound(lines))
    for line in sound(lines):
        _effect(line, held, bearings)


def _group(line: Line, bearings: Bearings) -> SupportGroup | None:
    name = line.values.get("group", "")
    if not name:
        line.say(NO_GROUP, "group")
        return None
    found = [group for group in groups_by_name(bearings).get(plain(name), []) if _is_of(group, line)]
    if len(found) != 1:
        line.say(TWO_GROUPS if found else UNKNOWN_GROUP, "group", value=name)
    return found[0] if len(found) == 1 else None


def _is_of(group: SupportGroup, line: Line) -> bool:
    program = line.values.get("program", "")
    return not program or plain(group.program.name) == plain(program)


def groups_by_name(bearings: Bearings) -> dict[str, list[SupportGroup]]:
    """The groups of the schools that the import is of, under their name with or without « groupe »; one query."""
    if "groups" not in bearings.seen:
        schools = [bearings.school] if bearings.school else list(schools_by_word(bearings).values())
        found: dict[str, list[SupportGroup]] = defaultdict(list)
        groups = SupportGroup.objects.filter(board=bearings.board, program__school__in=schools)
        for group in groups.select_related("program", "board"):
            for name in {plain(group.name), plain(group.full_name)}:
                found[name].append(group)
        bearings.seen["groups"] = found
    by_name: dict[str, list[SupportGroup]] = bearings.seen["groups"]
    return by_name


def _held(lines: Sequence[Line]) -> dict[int, list[GroupMember]]:
    """The memberships of the students that these lines name."""
    found: dict[int, list[GroupMember]] = defaultdict(list)
    students = {line.values["student"].pk for line in lines}
    for member in GroupMember.objects.filter(student__in=students).select_related("group"):
        found[member.student_id].append(member)
    return found


def _effect(line: Line, held: dict[int, list[GroupMember]], bearings: Bearings) -> None:
    group, student, values = line.values["group_row"], line.values["student"], line.values
    starts_on: date = values.get("starts_on") or max(bearings.on, group.starts_on)
    ends_on: date | None = values["last_on"] + DAY if values.get("last_on") else None
    values["range"] = (starts_on, ends_on)
    if student.school_id != group.program.school_id:
        line.say(OTHER_SCHOOL, "number" if "number" in line.texts else "student_name")
    if starts_on < group.starts_on or (group.ends_on and starts_on >= group.ends_on):
        line.say(OUT_OF_GROUP, "starts_on", day=starts_on.isoformat())
    if ends_on and ends_on <= starts_on:
        line.say(ENDS_FIRST, "last_on")
    if line.is_wrong or said_twice(line, f"{group.pk} {student.pk} {starts_on}", bearings):
        return
    mine = held.get(student.pk, [])
    same = [member for member in mine if member.group_id == group.pk]
    if any(_holds(member, starts_on, ends_on) for member in same):
        return
    if any(_overlaps(member, starts_on, ends_on) for member in same):
        line.say(OVERLAP, "starts_on")
        return
    others = [
        member.group.full_name
        for member in mine
        if member.group_id != group.pk and _overlaps(member, starts_on, ends_on)
    ]
    if others:
        line.say(ALSO_IN, "group", groups=", ".join(sorted(set(others))))
    line.effect = ImportRow.Effect.CREATED


def _overlaps(member: GroupMember, starts_on: date, ends_on: date | None) -> bool:
    return (member.ends_on is None or member.ends_on > starts_on) and (ends_on is None or member.starts_on < ends_on)


def _holds(member: GroupMember, starts_on: date, ends_on: date | None) -> bool:
    """Whether the membership says it already."""
    within = member.starts_on <= starts_on and (member.ends_on is None or member.ends_on > starts_on)
    return within and (ends_on is None or member.ends_on == ends_on)


def write(lines: Sequence[Line], bearings: Bearings, tracer: Tracer) -> None:
    """Bring the students in; each group is announced once. Bulk statements."""
    new = [line for line in lines if line.effect == ImportRow.Effect.CREATED]
    reason = _t("Selon la liste importée.")
    rows = [
        {
            "group_id": line.values["group_row"].pk, "student_id": line.values["student"].pk,
            "starts_on": line.values["range"][0], "ends_on": line.values["range"][1],
            "reason": reason if line.values["range"][1] else "",
        }
        for line in new
    ]  # fmt: skip
    pks = insert(GroupMember, rows)
    subjects = [GroupMember(pk=pk) for pk in pks]
    audit.record_all(
        board=bearings.board, person=bearings.person, verb=GROUP_MEMBER_ADDED, subjects=subjects, reason=reason
    )
    groups = {line.values["group_row"].pk: line.values["group_row"] for line in new}
    for group in groups.values():
        group.announce(bearings.on)


MEMBERS = ImportKind(
    name="members",
    label=_("Élèves des groupes"),
    help=_("Une ligne par élève et par groupe\u00a0: groupe, fiche ou nom, début."),
    fields=FIELDS,
    needs=(("group",), ("number", "student_name")),
    look=look,
    write=write,
    remarks=(
        *remarks.COMMON, *WHO, NO_GROUP, UNKNOWN_GROUP, TWO_GROUPS, OTHER_SCHOOL, OUT_OF_GROUP, ENDS_FIRST, OVERLAP,
        ALSO_IN,
    ),
)  # fmt: skip
