"""A reminder to the mentor of a silent dyad: from a person, on one finding, once a week at most."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from guidelines.audit_verbs import FLAG_REMINDER_SENT
from guidelines.catalogue import CATALOGUE
from guidelines.digest import person_in_brief
from guidelines.models import Flag
from guidelines.ownership import leads_of, led_by
from guidelines.sentences import headline
from people import audit
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
    last = last_reminder(mentor, on=on)
    if last is None:
        return ""
    return _(
        "%(person)s a reçu un rappel le %(day)s. Un rappel par semaine suffit\u00a0: "
        "le prochain pourra partir à compter du %(next)s."
    ) % {"person": mentor, "day": spoken(last.on), "next": spoken(last.on + REMINDER_EVERY)}


def last_reminder(mentor: User, *, on: date) -> Message | None:
    """The reminder of the last seven days, whoever asked for it and for whichever dyad."""
    return Message.objects.reminders().standing().filter(person=mentor).of_the_week(on).first()


@transaction.atomic
def remind(*, flag: Flag, person: User, on: date) -> Message:
    """Record a reminder to the dyad's mentor, with its lead in copy; raise ``NotSent`` with the reason if not.

    The mentor's row is the lock: of two leads who ask at once, one is told of the other's.
    """
    flag = Flag.objects.with_subject().get(pk=flag.pk)
    if flag.dyad is not None:
        User.objects.select_for_update().get(pk=flag.dyad.mentor.person_id)
    reason = obstacle(flag, person=person, on=on)
    if reason or flag.dyad is None:
        raise NotSent(reason)
    mentor = flag.dyad.mentor.person
    # What was dropped or given up on the same day makes room.
    Message.objects.reminders().filter(person=mentor, on=on).delete()
    message = Message.objects.create(
        person=mentor, board=flag.board, kind=Message.Kind.REMINDER, on=on, target=flag.pk, asked_by=person
    )
    message.copy_to.set(copies(flag, person=person, on=on))
    audit.record(board=flag.board, person=person, verb=FLAG_REMINDER_SENT, subject=flag)
    return message


def copies(flag: Flag, *, person: User, on: date) -> list[User]:
    """Who reads along: the one who asks when they lead the programme, else those who lead it, else the one who asks."""
    program = flag.dyad.program if flag.dyad else None
    if program is None or led_by(person).filter(pk=program.pk).exists():
        return [person]
    leads = [lead for lead in leads_of(program, on=on) if lead.pk != (flag.dyad and flag.dyad.mentor.person_id)]
    return leads or [person]


def reminder_letter(flag: Flag, *, person: User) -> Letter | None:
    """The reminder as it is sent, in the language of the board; None once there is nothing to remind of."""
    if flag.dyad is None or not is_late(flag):
        return None
    with speaking(flag.board):
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
