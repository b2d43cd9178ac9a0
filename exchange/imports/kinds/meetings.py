"""The meetings that a school has kept in a table of its own: of dyads, of groups."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from simple_history.utils import bulk_update_with_history

from exchange.imports import cells, remarks
from exchange.imports.declaration import Bearings, Field, ImportKind, Level, Line, Remark, Tracer, Words
from exchange.imports.kinds.members import NO_GROUP, TWO_GROUPS, UNKNOWN_GROUP, groups_by_name
from exchange.imports.people import read_cells, said_twice, sound
from exchange.imports.who import STUDENT_FIELDS, WHO, Known, find, known_students, schools_of
from exchange.models import ImportRow
from exchange.storing import insert
from mentoring.models import Dyad, DyadMeeting
from people.names import plain
from programs.models import GroupMeeting, MeetingRecord, Relation, SupportGroup
from programs.models.contacts import Channel

STATUSES = cells.by_words(
    {
        MeetingRecord.Status.HELD: "tenue, oui, fait, faite, x, present, presente, held, 1, rencontre tenue",
        MeetingRecord.Status.NOT_HELD: "non tenue, non, annulee, manquee, absent, absente, pas tenue, 0, not held",
    }
)
REASONS = cells.by_words(
    {
        MeetingRecord.Reason.STUDENT_ABSENT: "absence de l eleve, eleve absent, eleve absente, eleve",
        MeetingRecord.Reason.ADULT_ABSENT: "absence de l adulte, mentor absent, mentore absente, adulte absent, adulte",
        MeetingRecord.Reason.SCHOOL_CLOSED: "ecole fermee, conge, tempete, pedagogique, journee pedagogique",
        MeetingRecord.Reason.OTHER: "autre motif, autre",
    }
)
CHANNELS = cells.by_words(
    {
        Channel.IN_PERSON: "en personne, en presence, presence, presentiel, ecole, in person",
        Channel.VIDEO: "video, visioconference, visio, teams, zoom, a distance, en ligne",
        Channel.PHONE: "telephone, appel, tel, phone",
        Channel.EMAIL: "courriel, email",
        Channel.MESSAGE: "message, texto, sms, clavardage",
    }
)
ACTIVITIES = cells.by_words(
    {
        DyadMeeting.Activity.DISCUSSION: "echange, discussion, jaser",
        DyadMeeting.Activity.SHARED_ACTIVITY: "activite ensemble, activite, activite partagee, jeu, sport",
        DyadMeeting.Activity.PROBLEM_SOLVING: "resolution de problemes, resolution de probleme, probleme",
    }
)
YES = cells.by_words({"yes": "oui, x, 1, vrai, confidentielle, confidentiel", "no": "non, 0, faux, ordinaire"})
Place = tuple[str, int, date, str]
"""What one line is about: a relation's noun and key, a day, and the means of what is only a contact."""
LONGEST_NOTE, LONGEST_MINUTES = 10_000, 600


def labels_of(choices: Any) -> dict[str, Words]:
    return {choice.value: capfirst(choice.label) for choice in choices}


NO_DYAD = Remark(
    "no_dyad", Level.WRONG, _("Aucune dyade de cette personne n’existe le %(day)s\u00a0: corrigez la date.")
)
WHICH_DYAD = Remark("which_dyad", Level.WRONG, _("Plusieurs dyades ce jour-là\u00a0: écrivez le nom de l’adulte."))
NO_GROUP_THEN = Remark("no_group_then", Level.WRONG, _("Le groupe n’existe pas le %(day)s\u00a0: corrigez la date."))
TOO_LONG_A_MEETING = Remark("too_long_a_meeting", Level.WRONG, _("La durée va de 1 à %(longest)s minutes."))
KEPT = Remark("kept", Level.TOLD, _("Une rencontre est déjà consignée ce jour-là\u00a0: elle reste telle quelle."))
FIELDS = (
    Field("on", _("Date"), "date, le, date de la rencontre, date rencontre, jour", cells.day),
    Field("group", _("Groupe"), "groupe, nom du groupe", cells.text(120)),
    *STUDENT_FIELDS,
    Field("adult_name", _("Nom de l’adulte"), "mentor, mentore, nom du mentor, adulte, intervenant", cells.text(240)),
    Field("minutes", _("Durée en minutes"), "duree, minutes, duree en minutes, temps, duree min", cells.whole),
    Field(
        "status", _("Tenue ou non"), "statut, etat, tenue, rencontre tenue, presence",
        cells.one_of(STATUSES, {"held": _("Tenue"), "not_held": _("Non tenue")}),
    ),
    Field(
        "reason", _("Motif"), "motif, raison, motif d annulation",
        cells.one_of(REASONS, labels_of(MeetingRecord.Reason)),
    ),
    Field("channel", _("Moyen"), "moyen, mode, lieu, canal", cells.one_of(CHANNELS, labels_of(Channel))),
    Field(
        "activity", _("Activité"), "activite, type d activite",
        cells.one_of(ACTIVITIES, labels_of(DyadMeeting.Activity)),
    ),
    Field(
        "note", _("Note de la rencontre"), "note, notes, commentaire, commentaires, compte rendu",
        cells.text(LONGEST_NOTE),
    ),
    Field(
        "confidential", _("Confidentielle"), "confidentielle, confidentiel, note confidentielle",
        cells.one_of(YES, {"yes": _("Oui"), "no": _("Non")}),
    ),
)  # fmt: skip


def look(lines: Sequence[Line], bearings: Bearings) -> None:
    """Set what becomes of each line: three queries, beside two an import."""
    for line in lines:
        _read(line, bearings)
    dyads = _dyads([line.values["student"] for line in sound(lines) if line.values.get("student")], bearings)
    for line in sound(lines):
        if line.values.get("student"):
            line.values["relation"] = _dyad(line, dyads.get(line.values["student"].pk, []))
    known = _known(sound(lines))
    for line in sound(lines):
        _effect(line, known, bearings)


def _read(line: Line, bearings: Bearings) -> None:
    read_cells(line, FIELDS)
    values = line.values
    if "on" not in line.texts:
        line.say(remarks.MISSING, "on", label=str(_("Date")))
    elif values.get("on") and values["on"] > bearings.on:
        line.say(remarks.TO_COME, "on", value=line.texts["on"])
    if values.get("minutes") is not None and not 1 <= values["minutes"] <= LONGEST_MINUTES:
        line.say(TOO_LONG_A_MEETING, "minutes", longest=LONGEST_MINUTES)
    if "group" not in line.texts or line.texts.keys() & {"number", "student_name"}:
        values["student"] = find(line, known_students(bearings), "number", "student_name")
        return
    found = groups_by_name(bearings).get(plain(values.get("group", "")), [])
    if len(found) != 1:
        line.say(TWO_GROUPS if found else UNKNOWN_GROUP, "group", value=line.texts["group"])
        return
    values["relation"] = found[0]
    if values.get("on") and not found[0].is_open_on(values["on"]):
        line.say(NO_GROUP_THEN, "on", day=values["on"].isoformat())


def _dyads(students: Sequence[Any], bearings: Bearings) -> dict[int, list[Dyad]]:
    """Those of the programmes of the schools that the import is of: a student may have one where they were before."""
    found: dict[int, list[Dyad]] = defaultdict(list)
    here = {"program__school__in": schools_of(bearings)}
    rows = Dyad.objects.filter(student__in={student.pk for student in students}, **here)
    for dyad in rows.select_related("mentor__person", "student", "program", "board"):
        found[dyad.student_id].append(dyad)
    return found


def _dyad(line: Line, dyads: Sequence[Dyad]) -> Dyad | None:
    """The dyad of the day, of the adult that the line names if it names one."""
    day: date = line.values["on"]
    then = [dyad for dyad in dyads if dyad.is_open_on(day)]
    if name := line.values.get("adult_name"):
        then = [dyad for dyad in then if plain(name) in Known([dyad.mentor.person]).by_name]
    if len(then) != 1:
        line.say(WHICH_DYAD if then else NO_DYAD, "adult_name" if then else "on", day=day.isoformat())
    return then[0] if len(then) == 1 else None


def _known(lines: Sequence[Line]) -> dict[Place, MeetingRecord]:
    """What is kept of these days: what was logged rather than what was only planned. Two queries at most."""
    found: dict[Place, MeetingRecord] = {}
    for model, of in ((DyadMeeting, Dyad), (GroupMeeting, SupportGroup)):
        pairs = [(line.values["relation"].pk, line.values["on"]) for line in lines if _is_of(line, of)]
        owner = f"{model.OWNER}__in"
        rows: Any = model.objects.kept().filter(
            **{owner: {pk for pk, _day in pairs}, "on__in": {day for _pk, day in pairs}}
        )
        for record in rows if pairs else ():
            channel = getattr(record, "channel", "")
            place = (model.OWNER, getattr(record, f"{model.OWNER}_id"), record.on, _contact(channel))
            if place not in found or record.is_logged:
                found[place] = record
    return found


def _contact(channel: str) -> str:
    """The means of a contact, which fulfils no plan; empty for a meeting."""
    return channel if channel in DyadMeeting.CONTACT_CHANNELS else ""


def _is_of(line: Line, model: type[Relation]) -> bool:
    return isinstance(line.values.get("relation"), model)


def _effect(line: Line, known: dict[Place, MeetingRecord], bearings: Bearings) -> None:
    relation: Relation | None = line.values.get("relation")
    if relation is None:
        return
    day = line.values["on"]
    place = (relation.NOUN, relation.pk, day, _contact(line.values.get("channel", "")))
    if said_twice(line, " ".join(map(str, place)), bearings):
        return
    line.known = known.get(place)
    if line.known is None:
        line.effect = ImportRow.Effect.CREATED
    elif line.known.is_logged:
        line.say(KEPT, "on")
    else:
        line.effect = ImportRow.Effect.CHANGED


def _told(line: Line, bearings: Bearings) -> dict[str, Any]:
    values, relation = line.values, line.values["relation"]
    held = values.get("status", "held") == MeetingRecord.Status.HELD
    note, level = values.get("note", ""), MeetingRecord.NoteLevel
    told = {
        "status": MeetingRecord.Status.HELD if held else MeetingRecord.Status.NOT_HELD,
        "reason": "" if held else values.get("reason", MeetingRecord.Reason.OTHER),
        "minutes": values.get("minutes") if held else None,
        "logged_on": bearings.on,
        "logged_by_id": bearings.person.pk,
        "note": note,
        "note_level": level.CONFIDENTIAL if values.get("confidential") == "yes" else level.ORDINARY,
    }
    if isinstance(relation, Dyad):
        told |= {
            "channel": values.get("channel", "") if held else "",
            "activity": values.get("activity", "") if held else "",
        }
        told |= {"note_by_id": relation.mentor.person_id if note else None}
    return told


def write(lines: Sequence[Line], bearings: Bearings, tracer: Tracer) -> None:
    """Log what took place; what was only planned becomes what it was. Bulk statements; a relation is announced once."""
    for model, of in ((DyadMeeting, Dyad), (GroupMeeting, SupportGroup)):
        mine = [line for line in lines if _is_of(line, of)]
        new = [line for line in mine if line.effect == ImportRow.Effect.CREATED]
        rows = [
            {
                "board_id": bearings.board.pk, f"{model.OWNER}_id": line.values["relation"].pk, "on": line.values["on"],
                **_told(line, bearings),
            }
            for line in new
        ]  # fmt: skip
        insert(model, rows)
        _overwrite(model, [line for line in mine if line.effect == ImportRow.Effect.CHANGED], bearings, tracer)
        touched = {line.values["relation"].pk: line.values["relation"] for line in mine if line.effect}
        for relation in touched.values():
            relation.announce(bearings.on)


def _overwrite(model: type[Any], lines: Sequence[Line], bearings: Bearings, tracer: Tracer) -> None:
    names: set[str] = set()
    for line in lines:
        told = _told(line, bearings)
        tracer.changed(line.known, {name: getattr(line.known, name) for name in told})
        for name, value in told.items():
            setattr(line.known, name, value)
        line.known.saved_at = timezone.now()
        names |= told.keys()
    if lines:
        fields = [model._meta.get_field(name.removesuffix("_id")).name for name in sorted(names)]
        bulk_update_with_history([line.known for line in lines], model, [*fields, "saved_at"])


MEETINGS = ImportKind(
    name="meetings",
    label=_("Rencontres passées"),
    help=_("Une ligne par rencontre\u00a0: date, élève ou groupe, durée, tenue ou non."),
    fields=FIELDS,
    needs=(("on",), ("number", "student_name", "group")),
    look=look,
    write=write,
    remarks=(
        *remarks.COMMON, *WHO, NO_GROUP, UNKNOWN_GROUP, TWO_GROUPS, NO_DYAD, WHICH_DYAD, NO_GROUP_THEN,
        TOO_LONG_A_MEETING, KEPT,
    ),
)  # fmt: skip
