"""What each party is told of a match: an e-mail to the mentor, letters on paper; the middle is a person's to adapt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentoring.models import Dyad, MatchingRound
from people.apart import tell_apart
from people.emails import Letter, address, speaking, write
from people.models import Guardian, Message

MENTORS, STUDENTS, FAMILIES = "mentors", "eleves", "familles"
READERS = {MENTORS: "mentor_words", STUDENTS: "student_words", FAMILIES: "family_words"}


@dataclass(frozen=True)
class Paper:
    """One letter to print: whom it is to, what it says first, and of the family where it may be sent."""

    dyad: Dyad
    family: Sequence[Guardian] = ()


def usual_words(round: MatchingRound) -> Mapping[str, str]:
    """What the letters say until somebody writes better, in the language of the board."""
    with speaking(round.board):
        return {
            "mentor_words": _(
                "Merci de votre présence. Prenez contact dans les prochains jours pour convenir d’une première "
                "rencontre, puis voyez-vous chaque semaine, toujours au même moment si possible.\n\n"
                "Lors des premières rencontres, laissez l’élève choisir avec vous ce que vous ferez. La personne "
                "responsable du programme reste à vos côtés\u00a0: écrivez-lui dès qu’une question se pose."
            ),
            "student_words": _(
                "Cette personne est là pour t’écouter, t’encourager et partager avec toi des activités que vous "
                "choisirez ensemble, une fois par semaine.\n\n"
                "Si quelque chose ne va pas, ou si tu préfères une autre personne, dis-le à l’adulte de ton choix "
                "à l’école\u00a0: c’est permis, et cela se règle."
            ),
            "family_words": _(
                "Les rencontres ont lieu chaque semaine, à l’école. Elles servent à se connaître, à partager des "
                "activités et à soutenir votre enfant dans son parcours.\n\n"
                "Si vous avez une question, ou si vous préférez que cette relation n’ait pas lieu, communiquez avec la "
                "personne responsable du programme."
            ),
        }


def papers(round: MatchingRound) -> list[Paper]:
    """Of each dyad that a published round has made, those still there. Two queries."""
    dyads = tell_apart(Dyad.objects.with_people().filter(proposals__round=round).order_by("student__name_key", "pk"))
    families: dict[int, list[Guardian]] = {}
    for one in Guardian.objects.filter(student__in=[dyad.student_id for dyad in dyads]).order_by("name_key", "pk"):
        families.setdefault(one.student_id, []).append(one)
    return [Paper(dyad, families.get(dyad.student_id, [])) for dyad in dyads]


def match_letter(message: Message) -> Letter | None:
    """What a mentor reads of the students whom a round gave them; None once it is taken back."""
    rounds = MatchingRound.objects.filter(board=message.board_id, published_on__isnull=False)
    found = rounds.select_related("program", "board", "published_by").filter(pk=message.target or 0).first()
    dyads = Dyad.objects.with_people().filter(proposals__round=found, mentor__person=message.person_id)
    given = tell_apart(dyads.order_by("student__given_key", "pk"), briefly=True)
    if found is None or not given:
        return None
    with speaking(found.board):
        subject = ngettext("Une nouvelle dyade", "De nouvelles dyades", len(given))
        context = {
            "mentor": message.person,
            "dyads": [(dyad.student.discreet_name, address("dyad", dyad.pk)) for dyad in given],
            "program": found.program,
            "starts_on": found.starts_on,
            "words": [part for part in found.mentor_words.splitlines() if part.strip()],
            "sender": found.published_by,
        }
        reply_to = (found.published_by.email if found.published_by else "") or ""
        return write("match", subject=subject, context=context, reply_to=reply_to)
