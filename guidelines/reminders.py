"""A reminder to the mentor of a silent dyad: from a person, on one finding, once a week at most."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from guidelines.audit_verbs import FLAG_REMINDER_SENT
from guidelines.catalogue import CATALOGUE
from guidelines.digest import person_in_brief
from guidelines.models import Flag
from guidelines.ownership import leads_of_all, led_by
from guidelines.sentences import headline
from mentoring.models import Dyad
from people import audit
from people.apart import tell_apart
from people.emails import Letter, address, speaking, write
from people.models import Message, User
from people.models.notifications import REMINDER_EVERY
from people.text import spoken

EXAMINED = (Flag.State.OPEN, Flag.State.TAKEN)


class NotSent(Exception):
    """The reminder can't leave; the message says why, to the person who asked."""


def is_late(flag: Flag) -> bool:
    """Whether the finding is one that a reminder may end, and that nobody has set aside."""
    return flag.dyad_id is not None and CATALOGUE[flag.guideline].remindable and flag.state in EXAMINED


def obstacle(flag: Flag, *, person: User, on: date) -> str:
    """Why no reminder may leave now, in a sentence; empty when one may. One query."""
    return obstacles([flag], person=person, on=on).get(flag.pk, "")


def obstacles(flags: Iterable[Flag], *, person: User, on: date) -> dict[int, str]:
    """By finding, why no reminder may leave now; absent when one may, the first of each mentor's. One query."""
    found: dict[int, str] = {}
    reached: set[int] = set()
    rows = list(flags)
    last = _last_reminders({flag.dyad.mentor.person_id for flag in rows if flag.dyad}, on=on)
    for flag in rows:
        why = _obstacle(flag, person, last)
        mentor = flag.dyad.mentor.person if flag.dyad else None
        if not why and mentor and mentor.pk in reached:
            why = _("%(person)s reçoit déjà ce rappel pour une autre dyade\u00a0: un par semaine suffit.") % {
                "person": mentor
            }
        elif not why and mentor:
            reached.add(mentor.pk)
        if why:
            found[flag.pk] = why
    return found


def _obstacle(flag: Flag, person: User, last: Mapping[int, Message]) -> str:
    if not is_late(flag) or flag.dyad is None:
        return _("Ce point de vigilance n’appelle pas de rappel\u00a0: il est réglé, écarté, ou d’une autre nature.")
    mentor = flag.dyad.mentor.person
    if mentor.pk == person.pk:
        return _("Vous accompagnez vous-même cette dyade.")
    if not mentor.email or not mentor.is_active:
        return _(
            "%(person)s n’a pas d’adresse de courriel active dans Accompagnement. "
            "Parlez-lui de vive voix, ou faites ajouter son adresse."
        ) % {"person": mentor}
    if mentor.pk not in last:
        return ""
    day = last[mentor.pk].on
    return _(
        "%(person)s a reçu un rappel le %(day)s. Un rappel par semaine suffit\u00a0: "
        "le prochain pourra partir à compter du %(next)s."
    ) % {"person": mentor, "day": spoken(day), "next": spoken(day + REMINDER_EVERY)}


def _last_reminders(mentors: Collection[int], *, on: date) -> dict[int, Message]:
    """By mentor, the reminder of the last seven days, whoever asked for it and for whichever dyad."""
    rows = Message.objects.reminders().standing().filter(person__in=mentors).of_the_week(on)
    return {message.person_id: message for message in reversed(rows)}


def remind(*, flag: Flag, person: User, on: date) -> Message:
    """Record a reminder to the dyad's mentor, with its lead in copy; raise ``NotSent`` with the reason if not."""
    messages, refused = remind_all([flag.pk], person=person, on=on)
    if refused:
        raise NotSent(refused[flag.pk])
    return messages[0]


@transaction.atomic
def remind_all(pks: Sequence[int], *, person: User, on: date) -> tuple[list[Message], dict[int, str]]:
    """Record a reminder to the mentor of each finding's dyad, its leads in copy; and by finding, why none leaves.

    The mentors' rows are the lock: of two leads who ask at once, one is told of the other's. Sixteen statements at
    most, whatever the number.
    """
    found = Flag.objects.with_subject().in_bulk(list(pks))
    flags = [found[pk] for pk in pks if pk in found]
    mentors = {flag.dyad.mentor.person_id for flag in flags if flag.dyad}
    list(User.objects.select_for_update().filter(pk__in=mentors).order_by("pk"))
    refused = obstacles(flags, person=person, on=on)
    sent = {flag.dyad.mentor.person_id: flag for flag in flags if flag.dyad and flag.pk not in refused}
    # What was dropped or given up on the same day makes room.
    Message.objects.reminders().filter(person__in=sent, on=on).delete()
    kind = Message.Kind.REMINDER
    messages = Message.objects.bulk_create(
        Message(person_id=mentor, board_id=flag.board_id, kind=kind, on=on, target=flag.pk, asked_by=person)
        for mentor, flag in sent.items()
    )
    reading = _copies(sent.values(), person, on)
    copied: Any = Message.copy_to.through
    copied.objects.bulk_create(
        copied(message_id=message.pk, user_id=reader.pk)
        for message in messages
        for reader in reading[message.target or 0]
    )
    audit.record_all(person=person, verb=FLAG_REMINDER_SENT, subjects=sent.values())
    return messages, refused


def copies(flag: Flag, *, person: User, on: date) -> list[User]:
    """Who reads along: the one who asks when they lead the programme, else those who lead it, else the one who asks."""
    return _copies([flag], person, on)[flag.pk]


def _copies(flags: Iterable[Flag], person: User, on: date) -> dict[int, list[User]]:
    """By finding. Three queries, whatever the number."""
    rows = list(flags)
    programs = {flag.dyad.program_id for flag in rows if flag.dyad}
    led = set(led_by(person).filter(pk__in=programs).values_list("pk", flat=True))
    leads = leads_of_all([flag.dyad.program for flag in rows if flag.dyad and flag.dyad.program_id not in led], on=on)
    found: dict[int, list[User]] = {}
    for flag in rows:
        program = flag.dyad.program_id if flag.dyad else None
        others = [lead for lead in leads.get(program or 0, []) if lead.pk != (flag.dyad and flag.dyad.mentor.person_id)]
        found[flag.pk] = others or [person]
    return found


def reminder_letter(flag: Flag, *, person: User) -> Letter | None:
    """The reminder as it is sent, in the language of the board; None once there is nothing to remind of."""
    if flag.dyad is None or not is_late(flag):
        return None
    with speaking(flag.board):
        others = Dyad.objects.filter(mentor=flag.dyad.mentor_id, ends_on=None).exclude(pk=flag.dyad.pk)
        tell_apart([flag.dyad, *others.with_people()], briefly=True)
        said = headline(flag)
        context = {
            "mentor": flag.dyad.mentor.person,
            "student": person_in_brief(flag.dyad.student),
            "headline": said[:1].lower() + said[1:],
            "sender": person,
            "program": flag.dyad.program,
            "log_url": address("dyad_log", flag.dyad_id),
            "plan_url": address("dyad_plan", flag.dyad_id),
        }
        subject = _("Un mot au sujet de votre dyade")
        return write("reminder", subject=subject, context=context, reply_to=person.email or "")
