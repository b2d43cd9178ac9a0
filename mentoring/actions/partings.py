"""What follows an ending is noted little by little; its letter leaves to the mentor once."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mentoring.audit_verbs import DYAD_LETTER_SENT, DYAD_LETTERS_ADAPTED, DYAD_PARTED
from mentoring.models import Dyad, Parting
from people import audit
from people.models import Message, User
from programs.actions.held import locked

WORDS = ("student_words", "mentor_words", "words_level")
STEPS = ("next_step", "next_words")
LETTERS = ("student_letter", "family_letter", "mentor_letter")


@transaction.atomic
def note_parting(*, dyad: Dyad, person: User, on: date, said: Mapping[str, str]) -> Parting:
    """Note what comes next and the last words of both; what ``said`` does not hold stays. Twice changes nothing.

    Whoever notes the first words keeps reading them, confidential or not.
    """
    current, parting = _held(dyad)
    words = any(getattr(parting, name) != said.get(name, getattr(parting, name)) for name in WORDS)
    if words:
        parting.words_on = on
        parting.words_by = parting.words_by if parting.has_words else person
    if _write(parting, said):
        if not parting.has_words:
            parting.words_by, parting.words_on = None, None
        parting.save()
        audit.record(board=current.board, person=person, verb=DYAD_PARTED, subject=parting)
    return parting


@transaction.atomic
def write_letters(*, dyad: Dyad, person: User, said: Mapping[str, str]) -> Parting:
    """Keep the three letters as somebody adapted them; an empty one is told from the facts. Twice changes nothing."""
    current, parting = _held(dyad)
    if _write(parting, said):
        parting.save()
        audit.record(board=current.board, person=person, verb=DYAD_LETTERS_ADAPTED, subject=parting)
    return parting


@transaction.atomic
def send_letter(*, dyad: Dyad, person: User, on: date) -> Message:
    """Record the letter to the mentor, by e-mail: one an ending, whoever asks twice; what was refused makes room."""
    current, _parting = _held(dyad)
    reader = current.mentor.person
    if not reader.email or not reader.is_active:
        words = _("%(person)s n’a pas d’adresse de courriel active\u00a0: imprimez la lettre, ou remettez-la.")
        raise ValidationError(words % {"person": reader}, code="no_address")
    told = Message.objects.farewells_of(current.pk)
    if sent := told.standing().first():
        return sent
    message = Message.objects.create(
        person=reader, board=current.board, kind=Message.Kind.FAREWELL, on=on, target=current.pk, asked_by=person
    )
    audit.record(board=current.board, person=person, verb=DYAD_LETTER_SENT, subject=current)
    return message


def _held(dyad: Dyad) -> tuple[Dyad, Parting]:
    current = locked(dyad)
    if current.ends_on is None:
        raise ValidationError(_("Cette relation n’a pas pris fin."), code="open")
    return current, Parting.objects.filter(dyad=current).first() or Parting(dyad=current)


def _write(parting: Parting, said: Mapping[str, str]) -> bool:
    """Whether anything changed."""
    changed = {name: value for name, value in said.items() if getattr(parting, name) != value}
    for name, value in changed.items():
        setattr(parting, name, value)
    return bool(changed)
