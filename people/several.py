"""Several people typed or pasted at once: one line each, all or none."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import override

from people import wall
from people.access import Role
from people.models import User
from people.text import plain

MOST = 200
LONGEST = 120
OTHER_WORDS = {
    "mentore": Role.MENTOR,
    "mentor": Role.MENTOR,
    "personne-ressource": Role.RESOURCE_TEACHER,
    "ressource": Role.RESOURCE_TEACHER,
    "enseignant-ressource": Role.RESOURCE_TEACHER,
    "enseignante-ressource": Role.RESOURCE_TEACHER,
    "responsable": Role.PROGRAM_LEAD,
    "formation": Role.TRAINER,
    "directrice": Role.SCHOOL_MANAGER,
    "directeur": Role.SCHOOL_MANAGER,
}
HEADINGS = {"prenom", "given name", "first name"}


@dataclass(frozen=True)
class Line:
    number: int
    given_name: str
    family_name: str
    email: str
    roles: tuple[Role, ...]


def key_of(sent: uuid.UUID, line: Line) -> uuid.UUID:
    """The key of the person of a line, the same however often the form is sent."""
    return uuid.uuid5(sent, str(line.number))


def read(text: str, *, roles: Sequence[Role], sent: uuid.UUID | None) -> list[Line]:
    """The people of a text, in its order; a line of headings and empty ones are passed over. One query.

    ``sent`` is the key of the form: whom it added already is no stranger.

    Raises ValidationError with one sentence for each line that can't be read, all of them.
    """
    rows = [(number, row) for number, row in enumerate(text.splitlines(), 1) if row.strip("\t ;")]
    if len(rows) > MOST:
        raise ValidationError(_("Au plus %(most)s personnes à la fois\u00a0: divisez la liste.") % {"most": MOST})
    cells = [(number, [cell.strip() for cell in re.split(r"[;\t]", row)]) for number, row in rows]
    if cells and plain(cells[0][1][0]) in HEADINGS:
        cells = cells[1:]
    words = _role_words(roles)
    wrong: list[str] = []
    lines: list[Line] = []
    for number, row in cells:
        line, faults = _line(number, row, words)
        wrong += [_("Ligne %(number)s\u00a0: %(fault)s") % {"number": number, "fault": fault} for fault in faults]
        lines.append(line)
    wrong += _known(lines, sent)
    if wrong:
        raise ValidationError([ValidationError(words) for words in wrong])
    return lines


def _line(number: int, row: list[str], words: dict[str, Role]) -> tuple[Line, list[str]]:
    given, family, email, said = (row + [""] * 4)[:4]
    faults = []
    if len([cell for cell in row[4:] if cell]):
        faults.append(_("il y a plus de quatre colonnes."))
    if not given and not family:
        faults.append(_("il manque le prénom ou le nom."))
    if len(given) > LONGEST or len(family) > LONGEST:
        faults.append(_("un nom dépasse %(longest)s caractères.") % {"longest": LONGEST})
    if email and not _is_address(email):
        faults.append(_("«\u00a0%(email)s\u00a0» n’est pas un courriel.") % {"email": email[:80]})
    found = []
    for word in filter(None, (part.strip() for part in said.split(","))):
        if role := words.get(plain(word)):
            found.append(role)
        else:
            known = ", ".join(dict.fromkeys(str(role.label) for role in words.values()))
            faults.append(
                _("le rôle «\u00a0%(word)s\u00a0» n’est pas connu\u00a0: écrivez %(known)s.")
                % {"word": word[:80], "known": known}
            )
    return Line(number, given, family, email.lower(), tuple(dict.fromkeys(found))), faults


@wall.down("an address serves one person, over all the boards")
def _known(lines: list[Line], sent: uuid.UUID | None) -> list[str]:
    """The addresses that somebody has already, or that stand twice in the text."""
    addresses = {line.email for line in lines if line.email}
    taken = dict(User.objects.get_queryset().filter(email__in=addresses).values_list("email", "key"))
    seen: set[str] = set()
    wrong = []
    for line in lines:
        said = {"number": line.number, "email": line.email}
        if line.email in taken and not (sent and taken[line.email] == key_of(sent, line).hex):
            wrong.append(_("Ligne %(number)s\u00a0: %(email)s sert déjà à une autre personne.") % said)
        elif line.email and line.email in seen:
            wrong.append(_("Ligne %(number)s\u00a0: %(email)s est inscrit deux fois.") % said)
        seen.add(line.email)
    return wrong


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254


def _role_words(roles: Sequence[Role]) -> dict[str, Role]:
    """What a role may be called: its label in either language, its code, and what people say."""
    words = {word: role for word, role in OTHER_WORDS.items() if role in roles}
    for language in ("fr-ca", "en"):
        with override(language):
            words |= {plain(str(role.label)): role for role in roles}
    return words | {role.value: role for role in roles}
