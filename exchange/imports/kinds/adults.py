"""The adults of a school or a board, with the roles that they hold."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from exchange.imports import cells, remarks
from exchange.imports.declaration import Bearings, Field, ImportKind, Level, Line, Remark, Tracer, Unreadable
from exchange.imports.guess import spelled
from exchange.imports.people import read_cells, read_name, read_school, said_twice, sound
from exchange.models import ImportRow
from exchange.storing import insert
from mentoring.models import Mentor
from people import audit, wall
from people.access import BOARD_ROLES, Role
from people.actions.accounts import closed_by_hand, correct_adult, reopen_accounts
from people.audit_verbs import PERSON_ADDED, PERSON_CORRECTED, ROLE_GIVEN
from people.identity import Identity, same_person
from people.models import Membership, School, User
from people.models.base import active_on, new_key

ROLES = {role.value.replace("_", " "): role.value for role in Role} | cells.by_words(
    {
        Role.RESOURCE_TEACHER: "personnel ressource, enseignant ressource, enseignante ressource, prof ressource, "
        "enseignant, enseignante, teacher",
        Role.MENTOR: "mentor, mentore, mentore ou mentor, mentorat, benevole",
        Role.PROGRAM_LEAD: "responsable de programme, responsable du programme, responsable, coordination",
        Role.TRAINER: "formation et conseil, formation, conseil, conseiller pedagogique, conseillere pedagogique",
        Role.SCHOOL_MANAGER: "direction, directeur, directrice, direction adjointe, directeur adjoint, "
        "directrice adjointe",
        Role.BOARD_ADMIN: "administration du centre, administration",
        Role.PRIVACY_OFFICER: "protection des renseignements, responsable de l acces",
    }
)
KINDS = cells.by_words(
    {
        Mentor.Kind.TEACHER: "personnel enseignant, enseignant, enseignante, personnel, teacher",
        Mentor.Kind.OLDER_PEER: "pair d age superieur, pair, eleve, pair plus age, older peer",
        Mentor.Kind.SCHOOL_VOLUNTEER: "benevole de l ecole, benevole ecole, parent, school volunteer",
        Mentor.Kind.COMMUNITY_VOLUNTEER: "benevole de la communaute, benevole, communaute, community volunteer",
    }
)
KIND_LABELS = {kind.value: capfirst(kind.label) for kind in Mentor.Kind}
TOO_WIDE = Remark(
    "too_wide",
    Level.WRONG,
    _("Le rôle «\u00a0%(role)s\u00a0» vaut pour tout le centre\u00a0: seule l’administration l’accorde."),
)
NO_HANDLE = Remark(
    "no_handle", Level.WRONG, _("Ni courriel ni matricule\u00a0: écrivez l’un des deux, ou laissez la ligne.")
)
TAKEN = Remark("taken", Level.WRONG, _("Le courriel %(email)s est déjà celui d’une autre personne\u00a0: vérifiez-le."))
NO_ROLE = Remark("no_role", Level.TOLD, _("Aucun rôle\u00a0: la personne n’entre nulle part tant qu’elle n’en a pas."))
NO_ADDRESS = Remark("no_address", Level.TOLD, _("Sans courriel, la personne ne peut pas se connecter."))
STAYS, REOPENS = "stay", "reopen"
REOPENING = ((STAYS, _("Laisser le compte fermé")), (REOPENS, _("Rouvrir le compte")))
CLOSED = Remark(
    "closed", Level.ASKS, _("Le compte de %(person)s est fermé, par une personne. Faut-il le rouvrir\u00a0?"), REOPENING
)
CLOSED_BY_FILE = Remark(
    "closed_by_file",
    Level.ASKS,
    _("Le compte de %(person)s est fermé, par une liste précédente. Faut-il le rouvrir\u00a0?"),
    REOPENING,
)
NOT_YOURS = Remark("closed_elsewhere", Level.TOLD, _("Le compte est fermé\u00a0: qui gère son école peut le rouvrir."))
ELSEWHERE = Remark(
    "elsewhere",
    Level.TOLD,
    _("Relève d’une autre école, ou du centre\u00a0: sa fiche ne change pas, ses rôles d’ici sont donnés."),
)
OWN = Remark("own", Level.TOLD, _("C’est vous\u00a0: personne ne change ses propres rôles."))
WHICH_MENTOR = Remark(
    "which_mentor",
    Level.ASKS,
    _("Mentore ou mentor\u00a0: qui est cette personne pour l’école\u00a0?"),
    tuple((kind.value, kind.label) for kind in Mentor.Kind),
)


def roles(cell: str) -> list[str]:
    """The roles of a cell, one or several: « Direction, mentor »."""
    found = []
    for word in filter(
        None, (spelled(part) for part in cell.replace("/", ",").replace("|", ",").replace(";", ",").split(","))
    ):
        if word not in ROLES:
            known = ", ".join(str(role.label) for role in Role)
            raise Unreadable(remarks.NO_CHOICE, value=cell, known=known)
        found.append(str(ROLES[word]))
    return list(dict.fromkeys(found))


FIELDS = (
    Field(
        "number", _("Matricule"),
        "matricule, numero d employe, no employe, numero employe, no d employe, interv, cle, id, numero, "
        "employee number, employee id", cells.number,
    ),
    Field(
        "full_name", _("Nom et prénom"), "nom et prenom, nom prenom, nom complet, adulte, personne, full name",
        cells.text(240),
    ),
    Field("family_name", _("Nom"), "nom, nom de famille, family name, last name", cells.text(120)),
    Field("given_name", _("Prénom"), "prenom, pnom, given name, first name", cells.text(120)),
    Field(
        "email", _("Courriel"),
        "courriel, adresse courriel, courriel professionnel, adr electr, adresse electronique, email, e mail, mail",
        cells.email,
    ),
    Field("roles", _("Rôles"), "roles, role, fonction, fonctions, poste, titre", roles),
    Field("mentor_kind", _("Type de mentor"), "type de mentor, mentor, qui", cells.one_of(KINDS, KIND_LABELS)),
    Field(
        "birth_date", _("Date de naissance"), "date de naissance, naissance, ddn, date of birth, birth date", cells.day
    ),
    Field(
        "starts_on", _("Début"), "debut, depuis, depuis le, date de debut, entree en fonction, start date", cells.day
    ),
    Field("school", _("École"), "ecole, nom de l ecole, etablissement, school", cells.text(200)),
)  # fmt: skip


def look(lines: Sequence[Line], bearings: Bearings) -> None:
    """Set what becomes of each line. Six queries, one more with those whose account is closed."""
    for line in lines:
        _read(line, bearings)
    by_key, by_email = _known(lines, bearings)
    met = {one.pk for one in (*by_key.values(), *by_email.values())}
    mine = set(User.objects.managed_by(bearings.person).filter(pk__in=met).values_list("pk", flat=True))
    for line in sound(lines):
        _match(line, by_key, by_email, bearings)
        line.more["mine"] = line.known is not None and line.known.pk in mine
        _identify(line)
    held = _held([line.known.pk for line in lines if line.known is not None], bearings)
    closed = [line.known for line in sound(lines) if line.known is not None and not line.known.is_active]
    bearings.seen["closed_by_hand"] = closed_by_hand(closed) if closed else set()
    mentors = set(
        Mentor.objects.filter(person__in=[line.known.pk for line in lines if line.known is not None]).values_list(
            "person", flat=True
        )
    )
    for line in sound(lines):
        _effect(line, held, mentors, bearings)


def _read(line: Line, bearings: Bearings) -> None:
    read_cells(line, FIELDS)
    read_name(line)
    values = line.values
    asked = values.get("roles", [])
    wide = [role for role in asked if role in BOARD_ROLES]
    if wide and not bearings.manages_board():
        line.say(TOO_WIDE, "roles", role=str(Role(wide[0]).label))
    board_only = bool(asked) and len(wide) == len(asked) and "school" not in line.texts
    values["school_row"] = bearings.school if board_only else read_school(line, bearings)
    born = values.get("birth_date")
    if born is not None and born > bearings.on:
        line.say(remarks.TO_COME, "birth_date", value=line.texts["birth_date"])
    if not (values.get("number") or values.get("email")):
        if not any(column in ("number", "email") for _remark, column, _given in line.said):
            line.say(NO_HANDLE, "email")
        return
    line.more["again"] = said_twice(line, values.get("email") or values["number"], bearings)


@wall.down("an address serves one person, over all the boards")
def _known(lines: Sequence[Line], bearings: Bearings) -> tuple[dict[str, User], dict[str, User]]:
    """Whom these lines name, by key in the board, and by address in any."""
    usable = sound(lines)
    numbers = {line.values["number"] for line in usable if line.values.get("number")}
    emails = {line.values["email"] for line in usable if line.values.get("email")}
    by_key = {user.key: user for user in User.objects.filter(board=bearings.board, key__in=numbers)}
    found = User.objects.annotate(lower=Lower("email")).filter(lower__in=emails)
    return by_key, {(user.email or "").lower(): user for user in found}


def _match(line: Line, by_key: dict[str, User], by_email: dict[str, User], bearings: Bearings) -> None:
    values = line.values
    keyed, addressed = by_key.get(values.get("number", "")), by_email.get(values.get("email", ""))
    line.known = keyed or addressed
    if addressed is not None and (addressed.board_id != bearings.board.pk or (keyed and keyed.pk != addressed.pk)):
        line.say(TAKEN, "email", email=values["email"])


def _identify(line: Line) -> None:
    """Hold a line against whom it names; of somebody whose account another keeps, it learns nothing."""
    values, known = line.values, line.known
    told = Identity.in_values(values | {"birth_date": None})
    if known is None or line.is_wrong or same_person(Identity.of(known), told):
        return
    column = "number" if known.key == values.get("number") else "email"
    if line.more["mine"]:
        line.say(remarks.ANOTHER_PERSON, column, key=values[column], known=str(known))
    else:
        line.say(remarks.ANOTHERS_NUMBER, column, key=values[column])


def _held(people: list[int], bearings: Bearings) -> dict[int, set[tuple[str, int | None]]]:
    """The roles of each, current or to come, by role and school."""
    found: dict[int, set[tuple[str, int | None]]] = defaultdict(set)
    still = active_on(bearings.on) | Q(starts_on__gt=bearings.on)
    rows = Membership.objects.filter(still, person__in=people, board=bearings.board, program=None)
    for person, role, school in rows.values_list("person_id", "role", "school_id"):
        found[person].add((role, school))
    return found


def _effect(line: Line, held: dict[int, set[tuple[str, int | None]]], mentors: set[int], bearings: Bearings) -> None:
    if line.more.get("again"):
        return
    values, known = line.values, line.known
    places = {(role, _place(role, values["school_row"])) for role in values.get("roles", [])}
    if known is not None and known.pk == bearings.person.pk:
        line.say(OWN)
        places = set()
    line.more["gives"] = sorted(places - (held.get(known.pk, set()) if known else set()), key=str)
    mentors_to_be = Role.MENTOR in values.get("roles", []) and (known is None or known.pk not in mentors)
    if mentors_to_be or (values.get("mentor_kind") and (known is None or known.pk not in mentors)):
        line.more["mentor"] = values.get("mentor_kind") or line.ask(WHICH_MENTOR, "mentor_kind")
    if known is None:
        line.effect = ImportRow.Effect.CREATED
        if not values.get("roles"):
            line.say(NO_ROLE, "roles")
        if not values.get("email"):
            line.say(NO_ADDRESS, "email")
        return
    if not line.more["mine"]:
        line.say(ELSEWHERE)
    if _changes(line) or line.more["gives"] or line.more.get("mentor"):
        line.effect = ImportRow.Effect.CHANGED
    if not known.is_active and _reopens(line, bearings):
        line.effect = ImportRow.Effect.RETURNED


def _reopens(line: Line, bearings: Bearings) -> bool:
    """Whether the closed account is to be opened again: asked of whoever may, and never the answer by itself."""
    if not line.more["mine"]:
        line.say(NOT_YOURS, "email")
        return False
    asked = CLOSED if line.known.pk in bearings.seen["closed_by_hand"] else CLOSED_BY_FILE
    return line.ask(asked, "email", person=str(line.known)) == REOPENS


def _place(role: str, school: Any) -> int | None:
    return None if role in BOARD_ROLES or school is None else school.pk


def _changes(line: Line) -> dict[str, Any]:
    """What the line says otherwise than the house; what it does not say stays."""
    values = line.values
    if not line.more["mine"]:
        return {}
    told: dict[str, Any] = {name: values[name] for name in ("family_name", "given_name") if values[name]}
    if values.get("email"):
        told["email"] = values["email"]
    if line.known.school_id is None and values["school_row"] is not None:
        told["school_id"] = values["school_row"].pk
    return {name: value for name, value in told.items() if getattr(line.known, name) != value}


def write(lines: Sequence[Line], bearings: Bearings, tracer: Tracer) -> None:
    """Create and change adults, give the roles, make mentors. Bulk statements."""
    new = [line for line in lines if line.effect == ImportRow.Effect.CREATED]
    rows = [
        {
            "board_id": bearings.board.pk,
            "key": line.values.get("number") or new_key(),
            "school_id": line.values["school_row"].pk if line.values["school_row"] else None,
            "family_name": line.values["family_name"],
            "given_name": line.values["given_name"],
            "email": line.values.get("email"),
        }
        for line in new
    ]
    people = dict(zip([line.number for line in new], insert(User, rows), strict=True))
    added = [User(pk=pk) for pk in people.values()]
    audit.record_all(board=bearings.board, person=bearings.person, verb=PERSON_ADDED, subjects=added)
    back = [line.known for line in lines if line.effect == ImportRow.Effect.RETURNED]
    reopen_accounts(people=back, person=bearings.person)
    changed, names = [], set[str]()
    for line in lines:
        if line.effect in (ImportRow.Effect.CHANGED, ImportRow.Effect.RETURNED):
            people[line.number] = line.known.pk
            changes = _changes(line)
            if "email" in changes:
                _readdress(line.known, changes, bearings, tracer)
            elif changes:
                tracer.changed(line.known, {name: getattr(line.known, name) for name in changes})
                for name, value in changes.items():
                    setattr(line.known, name, value)
                changed.append(line.known)
                names |= changes.keys()
    if changed:
        User.objects.bulk_update(changed, sorted(names), batch_size=200)
        audit.record_all(person=bearings.person, verb=PERSON_CORRECTED, subjects=changed)
    _give(lines, people, bearings, tracer)


def _readdress(user: User, changes: dict[str, Any], bearings: Bearings, tracer: Tracer) -> None:
    """Another address is another way in: by the verb of the page, which ends the links that were sent."""
    tracer.for_good(user)
    said = {name: changes.get(name, getattr(user, name)) for name in ("given_name", "family_name", "email")}
    school = School.objects.filter(pk=changes.get("school_id", user.school_id) or 0).first()
    correct_adult(adult=user, school=school, person=bearings.person, at=timezone.now(), **said)


def _give(lines: Sequence[Line], people: dict[int, int], bearings: Bearings, tracer: Tracer) -> None:
    given = [
        {
            "person_id": people[line.number], "role": role, "board_id": bearings.board.pk, "school_id": school,
            "program_id": None, "starts_on": line.values.get("starts_on") or bearings.on, "ends_on": None,
        }
        for line in lines if line.number in people
        for role, school in line.more["gives"]
    ]  # fmt: skip
    pks = insert(Membership, given)
    held = [Membership(pk=pk) for pk in pks]
    audit.record_all(board=bearings.board, person=bearings.person, verb=ROLE_GIVEN, subjects=held)
    mentors = [
        {"person_id": people[line.number], "kind": line.more["mentor"], "birth_date": line.values.get("birth_date")}
        for line in lines
        if line.number in people and line.more.get("mentor")
    ]
    insert(Mentor, mentors)


ADULTS = ImportKind(
    name="adults",
    label=_("Adultes et rôles"),
    help=_("Une ligne par adulte\u00a0: nom, courriel, rôles."),
    fields=FIELDS,
    needs=(("full_name", "family_name"), ("email", "number")),
    look=look,
    write=write,
    remarks=(
        *remarks.COMMON, TOO_WIDE, NO_HANDLE, TAKEN, NO_ROLE, NO_ADDRESS, CLOSED, CLOSED_BY_FILE, NOT_YOURS, ELSEWHERE,
        OWN, WHICH_MENTOR,
    ),
)  # fmt: skip
