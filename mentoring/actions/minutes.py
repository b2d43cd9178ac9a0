"""The minute: opened in a programme, offered, answered once a month; and whom a student asks to talk to."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from mentoring.audit_verbs import (
    MINUTE_ITEM_ADDED,
    MINUTE_ITEM_REMOVED,
    MINUTE_ITEM_RESTORED,
    PROGRAM_MINUTES_CLOSED,
    PROGRAM_MINUTES_OPENED,
)
from mentoring.minutes.codes import THANKS_LAST, ends_at, hashed, month_of, new_code
from mentoring.minutes.items import MOST_AT_ONCE, OURS, Item, asked, items_of
from mentoring.models import Dyad, Mentor, Minute, MinuteItem, MinuteTally, TalkRequest
from mentoring.models.minutes import LEVELS, Audience
from people import audit
from people.models import Notification, SchoolBoard, Student, User
from programs.models import Program

Levels = Mapping[str, int]
"""What was answered: a level by the code of a question; those left aside are not there."""


@transaction.atomic
def open_minutes(*, program: Program, since: date | None, person: User) -> None:
    """Ask the programme's students and mentors from a day on, or no more (None); twice is once."""
    current = Program.objects.select_for_update(of=("self",)).select_related("board").get(pk=program.pk)
    if (current.minutes_from is None) == (since is None):
        return
    current.minutes_from = since
    current.save()
    verb = PROGRAM_MINUTES_OPENED if since else PROGRAM_MINUTES_CLOSED
    audit.record(board=current.board, person=person, verb=verb, subject=current)


@transaction.atomic
def offer_minute(*, dyad: Dyad, at: datetime) -> str:
    """A new code that opens the student's minute of this month; the one before it opens nothing any more.

    Refused where the programme asks nothing, once the dyad has ended, and once the student has answered this month.
    """
    on = dyad.board.day_of(at)
    _hold(dyad, Audience.STUDENT, on)
    code = new_code()
    said = {"code": hashed(code), "expires_at": ends_at(dyad.board, at=at)}
    Minute.objects.update_or_create(dyad=dyad, audience=Audience.STUDENT, month=month_of(on), defaults=said)
    return code


@transaction.atomic
def answer_minute(*, minute: Minute, levels: Levels, at: datetime) -> None:
    """Count what the student answered, in no row of theirs; the code then opens the thanks alone."""
    dyad, on = minute.dyad, minute.dyad.board.day_of(at)
    _hold(dyad, Audience.STUDENT, on)
    current = Minute.objects.select_for_update(of=("self",)).filter(pk=minute.pk, code=minute.code).first()
    if current is None:
        raise ValidationError(_("Ce code ne sert plus."))
    _count(dyad, Audience.STUDENT, on, levels)
    current.is_answered, current.expires_at = True, at + THANKS_LAST
    current.save()


@transaction.atomic
def answer_own_minute(*, dyad: Dyad, levels: Levels, on: date) -> None:
    """Count what the dyad's mentor answered; in each programme, once a month whatever their dyads."""
    _hold(dyad, Audience.MENTOR, on)
    _count(dyad, Audience.MENTOR, on, levels)
    said = {"is_answered": True}
    Minute.objects.update_or_create(dyad=dyad, audience=Audience.MENTOR, month=month_of(on), defaults=said)


def has_answered(dyad: Dyad, audience: str, on: date) -> bool:
    """Whether the dyad's student or mentor has answered this month, in any dyad of the programme. One query."""
    who = {"dyad__student": dyad.student_id} if audience == Audience.STUDENT else {"dyad__mentor": dyad.mentor_id}
    rows = Minute.objects.filter(audience=audience, month=month_of(on), is_answered=True, **who)
    return rows.filter(dyad__program=dyad.program_id).exists()


def _hold(dyad: Dyad, audience: str, on: date) -> None:
    """Let nobody else answer for the same person meanwhile; refuse what is not to be answered."""
    if audience == Audience.STUDENT:
        Student.objects.select_for_update(of=("self",), no_key=True).get(pk=dyad.student_id)
    else:
        Mentor.objects.select_for_update(of=("self",), no_key=True).get(pk=dyad.mentor_id)
    if not dyad.program.asks_minutes(on):
        raise ValidationError(_("La minute n’est pas ouverte dans ce programme."))
    if not Dyad.objects.open_on(on).filter(pk=dyad.pk).exists():
        raise ValidationError(_("Cette dyade n’est pas en cours."))
    if has_answered(dyad, audience, on):
        raise ValidationError(_("La minute de ce mois a déjà été remplie."))


def _count(dyad: Dyad, audience: str, on: date, levels: Levels) -> None:
    known = {item.code for item in asked(items_of(dyad.board, on=on), audience)}
    of = {"program": dyad.program, "month": month_of(on), "is_closed": False}
    zero = dict.fromkeys(LEVELS, 0)
    if not levels:
        raise ValidationError(_("Il faut répondre à au moins une question."))
    for code in sorted(known & levels.keys()):
        MinuteTally.objects.get_or_create(item=code, **of, defaults={"board": dyad.board, "audience": audience, **zero})
        column = LEVELS[levels[code] - 1]
        MinuteTally.objects.filter(item=code, **of).update(**{column: F(column) + 1})


@transaction.atomic
def ask_to_talk(*, minute: Minute, adult: User | None, at: datetime) -> None:
    """Tell one adult, and nobody else, that the student would like to talk; None is « non merci ». The code ends."""
    current = Minute.objects.select_for_update(of=("self",)).filter(pk=minute.pk, code=minute.code).first()
    if current is None or not current.is_answered:
        return
    current.code, current.expires_at = "", None
    current.save()
    if adult is None:
        return
    dyad, on = minute.dyad, minute.dyad.board.day_of(at)
    of = {"student": dyad.student, "program": dyad.program, "adult": adult}
    if TalkRequest.objects.waiting().filter(**of).exists():
        return
    TalkRequest.objects.create(board=dyad.board, asked_on=on, **of)
    Notification.objects.create(person=adult, board=dyad.board, kind=Notification.Kind.TALK, on=on)


@transaction.atomic
def hear_talk(*, talk: TalkRequest, on: date, heard: bool) -> None:
    """Say that one has talked with the student, or that it is still to do; twice is once."""
    current = TalkRequest.objects.select_for_update(of=("self",)).get(pk=talk.pk)
    if (current.heard_on is not None) != heard:
        current.heard_on = on if heard else None
        current.save()


@transaction.atomic
def add_item(
    *, board: SchoolBoard, audience: str, french: str, english: str, person: User, on: date, entry_uuid: uuid.UUID
) -> None:
    """Ask a question of the board's own, from now on; one per ``entry_uuid``."""
    SchoolBoard.objects.select_for_update(of=("self",), no_key=True).get(pk=board.pk)
    if MinuteItem.objects.filter(board=board, key=entry_uuid.hex).exists():
        return
    _refuse_too_many(board, audience, on)
    said = {"audience": audience, "french": french, "english": english}
    item = MinuteItem.objects.create(board=board, key=entry_uuid.hex, **said)
    audit.record(board=board, person=person, verb=MINUTE_ITEM_ADDED, subject=item)


@transaction.atomic
def ask_item(*, board: SchoolBoard, code: str, wanted: bool, person: User, on: date) -> None:
    """Leave a question out, ours or the board's, or ask it again; twice is once."""
    SchoolBoard.objects.select_for_update(of=("self",), no_key=True).get(pk=board.pk)
    item = next((one for one in items_of(board, on=on) if one.code == code), None)
    if item is None or item.is_asked == wanted:
        return
    if wanted:
        _refuse_too_many(board, item.audience, on)
    row = _row_of(board, item)
    row.ends_on = None if wanted else on
    row.save()
    audit.record(board=board, person=person, verb=MINUTE_ITEM_RESTORED if wanted else MINUTE_ITEM_REMOVED, subject=row)


def _row_of(board: SchoolBoard, item: Item) -> MinuteItem:
    if item.code not in {one.code for one in OURS}:
        return MinuteItem.objects.get(board=board, key=item.code)
    row, _new = MinuteItem.objects.get_or_create(board=board, code=item.code, defaults={"audience": item.audience})
    return row


def _refuse_too_many(board: SchoolBoard, audience: str, on: date) -> None:
    if len(asked(items_of(board, on=on), audience)) >= MOST_AT_ONCE:
        said = _("%(count)d questions à la fois au plus\u00a0: retirez-en une d’abord.") % {"count": MOST_AT_ONCE}
        raise ValidationError(said)
