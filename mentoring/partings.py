"""The three letters of an ending, told from the facts in the language of the board until somebody writes better."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentoring.models import Dyad, DyadMeeting, Parting
from mentoring.models.endings import ClosureTalk
from mentoring.models.partings import NextStep
from mentoring.numbers import REMATCH_DAYS
from people.emails import Letter, speaking, write
from people.models import Message
from people.text import spoken
from programs.numbers import in_force

READERS = {"eleve": "student_letter", "famille": "family_letter", "mentorat": "mentor_letter"}
"""By what the address of a letter names, the field that holds it."""
DAY = timedelta(days=1)


def parting_of(dyad: Dyad) -> Parting:
    """What is noted of the end of a dyad, or a row that nobody has saved yet. One query."""
    return Parting.objects.filter(dyad=dyad).select_related("words_by").first() or Parting(dyad=dyad)


def days_to_wait(dyad: Dyad, on: date) -> int:
    return int(in_force(dyad.board_id, on).worth(REMATCH_DAYS, dyad.program_id))


@dataclass(frozen=True)
class _Facts:
    student: str
    mentor: str
    starts_on: date
    last_day: date
    over: bool
    met: int
    talk: str
    talk_on: date | None
    next_step: str
    waits_until: date


def letters(dyad: Dyad, parting: Parting, on: date) -> Mapping[str, str]:
    """By field, each letter as it stands: adapted, or told from the facts. Three queries."""
    return {name: getattr(parting, name) or words for name, words in proposed(dyad, parting, on).items()}


def proposed(dyad: Dyad, parting: Parting, on: date) -> Mapping[str, str]:
    """By field, what each letter says of an ended dyad before anybody adapts it. Three queries."""
    assert dyad.ends_on is not None  # noqa: S101 - its readers ask first
    student, mentor = dyad.student, dyad.mentor.person
    facts = _Facts(
        student=student.given_name or str(student),
        mentor=mentor.given_name or str(mentor),
        starts_on=dyad.starts_on,
        last_day=dyad.ends_on - DAY,
        over=dyad.ends_on <= on,
        met=DyadMeeting.objects.kept().meetings().held().filter(dyad=dyad).count(),
        talk=dyad.closure_talk,
        talk_on=dyad.closure_talk_on,
        next_step=parting.next_step,
        waits_until=dyad.ends_on + timedelta(days=days_to_wait(dyad, on)),
    )
    with speaking(dyad.board):
        told = {
            "student_letter": (_to_student(facts), _talk_with(facts), _next_of_student(facts), _if_needed()),
            "family_letter": (_to_family(facts), _talk_of(facts), _next_of_family(facts), _questions()),
            "mentor_letter": (_to_mentor(facts), _talk_to(facts), _goes_on()),
        }
        return {name: "\n\n".join(part for part in parts if part) for name, parts in told.items()}


def _to_student(facts: _Facts) -> str:
    hello = _("Bonjour %(name)s,") % {"name": facts.student}
    past = _("Vos rencontres avec %(mentor)s ont pris fin le %(day)s.")
    to_come = _("Vos rencontres avec %(mentor)s se terminent le %(day)s.")
    end = (past if facts.over else to_come) % {"mentor": facts.mentor, "day": spoken(facts.last_day)}
    thanks = _("Merci d’y avoir mis du temps. Ce que vous avez fait ensemble compte, et cela reste à vous.")
    return "\n\n".join([hello, " ".join([end, *_times(facts), thanks])])


def _times(facts: _Facts) -> list[str]:
    if not facts.met:
        return []
    words = ngettext(
        "Vous avez eu %(n)s rencontre depuis le %(day)s.",
        "Vous avez eu %(n)s rencontres depuis le %(day)s.",
        facts.met,
    )
    return [words % {"n": facts.met, "day": spoken(facts.starts_on)}]


def _talk_with(facts: _Facts) -> str:
    if facts.talk == ClosureTalk.NOT_POSSIBLE:
        return _("Si vous voulez lui laisser un mot, donnez-le à un adulte de l’école\u00a0: il lui sera remis.")
    if facts.talk == ClosureTalk.PLANNED and facts.talk_on:
        words = _("Vous vous verrez une dernière fois le %(day)s, pour vous dire ce qui a compté.")
        return words % {"day": spoken(facts.talk_on)}
    if facts.talk == ClosureTalk.PLANNED:
        return _("Un dernier moment ensemble est prévu, pour vous dire ce qui a compté.")
    return ""


def _next_of_student(facts: _Facts) -> str:
    if facts.next_step == NextStep.WAIT:
        words = _("Si vous le souhaitez, une autre personne pourra vous accompagner à compter du %(day)s.")
        return words % {"day": spoken(facts.waits_until)}
    if facts.next_step == NextStep.OTHER:
        return _("Un autre soutien est prévu pour vous\u00a0: un adulte de l’école vous en parlera bientôt.")
    return _("Si un jour vous souhaitez de nouveau du soutien, dites-le à l’adulte de votre choix à l’école.")


def _if_needed() -> str:
    return _(
        "Une fin peut rendre triste, ou soulager, ou les deux. Si vous voulez en parler, l’adulte de votre choix à "
        "l’école prendra le temps de vous écouter."
    )


def _to_family(facts: _Facts) -> str:
    said = {"student": facts.student, "mentor": facts.mentor, "day": spoken(facts.last_day)}
    past = _("Les rencontres de mentorat entre %(student)s et %(mentor)s ont pris fin le %(day)s.")
    to_come = _("Les rencontres de mentorat entre %(student)s et %(mentor)s se terminent le %(day)s.")
    end = (past if facts.over else to_come) % said
    since = _("Elles avaient commencé le %(day)s.") % {"day": spoken(facts.starts_on)}
    thanks = _("Merci de votre confiance, et merci à %(student)s du temps donné à cette relation.") % said
    return "\n\n".join([_("Bonjour,"), f"{end} {since} {thanks}"])


def _talk_of(facts: _Facts) -> str:
    said = {"student": facts.student, "day": spoken(facts.talk_on) if facts.talk_on else ""}
    if facts.talk == ClosureTalk.PLANNED and facts.talk_on:
        return _("Un dernier échange est prévu avec %(student)s le %(day)s, pour se dire ce qui a compté.") % said
    if facts.talk == ClosureTalk.PLANNED:
        return _("Un dernier échange est prévu avec %(student)s, pour se dire ce qui a compté.") % said
    if facts.talk == ClosureTalk.HELD:
        return _("Un dernier échange a eu lieu avec %(student)s, pour se dire ce qui a compté.") % said
    return ""


def _next_of_family(facts: _Facts) -> str:
    if facts.next_step == NextStep.WAIT:
        words = _("Un nouveau jumelage sera possible à compter du %(day)s, si votre enfant et vous le souhaitez.")
        return words % {"day": spoken(facts.waits_until)}
    if facts.next_step == NextStep.OTHER:
        return _("Un autre soutien est prévu à l’école\u00a0: nous communiquerons avec vous à ce sujet.")
    return _("Si votre enfant souhaite de nouveau du soutien, dites-le-nous\u00a0: nous verrons ensemble lequel.")


def _questions() -> str:
    return _("Pour toute question, communiquez avec la personne responsable du programme.")


def _to_mentor(facts: _Facts) -> str:
    hello = _("Bonjour %(name)s,") % {"name": facts.mentor}
    said = {"student": facts.student, "day": spoken(facts.last_day)}
    past = _("Votre accompagnement de %(student)s a pris fin le %(day)s.")
    to_come = _("Votre accompagnement de %(student)s se termine le %(day)s.")
    end = (past if facts.over else to_come) % said
    thanks = _("Merci de votre présence, de votre constance et de votre écoute\u00a0: elles ont compté.")
    return "\n\n".join([hello, " ".join([end, *_times(facts), thanks])])


def _talk_to(facts: _Facts) -> str:
    said = {"student": facts.student, "day": spoken(facts.talk_on) if facts.talk_on else ""}
    if facts.talk == ClosureTalk.PLANNED and facts.talk_on:
        return _("Le dernier échange avec %(student)s est prévu le %(day)s.") % said
    if facts.talk == ClosureTalk.PLANNED:
        return _("Le dernier échange avec %(student)s est à venir\u00a0: convenez du moment avec nous.") % said
    if facts.talk == ClosureTalk.NOT_POSSIBLE:
        return _("Si vous voulez laisser un mot à %(student)s, confiez-le-nous\u00a0: il lui sera remis.") % said
    return ""


def _goes_on() -> str:
    return _("Ce que vous avez appris ensemble nous sera utile\u00a0: si vous le voulez bien, dites-nous-en un mot.")


def letter_sent(dyad: Dyad) -> Message | None:
    """The last e-mail that was to tell the mentor of the end, whatever became of it. One query."""
    return Message.objects.farewells_of(dyad.pk).order_by("-pk").first()


def farewell_letter(message: Message) -> Letter | None:
    """What the mentor reads of the end of a dyad; None when that end was taken back, or the dyad is another's."""
    rows = Dyad.objects.with_people().filter(board=message.board_id, ends_on__isnull=False)
    dyad = rows.filter(pk=message.target or 0, mentor__person=message.person_id).first()
    if dyad is None:
        return None
    words = letters(dyad, parting_of(dyad), message.on)["mentor_letter"]
    with speaking(dyad.board):
        parts = [part for part in words.split("\n\n") if part.strip()]
        context = {"parts": parts, "sender": message.asked_by, "program": dyad.program}
        reply_to = (message.asked_by.email if message.asked_by else "") or ""
        return write("farewell", subject=_("La fin de votre accompagnement"), context=context, reply_to=reply_to)
