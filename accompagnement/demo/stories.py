"""Some thirty more relationships of the first board, each told in one line: who began when, and how it goes.

Weeks count backwards, as in the cast. ``ended`` is the week of the end, ``months`` the length then.
"""

from dataclasses import dataclass
from enum import Enum

from mentoring.models.endings import EndCode, EndedBy

MENTORS = {
    "rive-claire": (
        ("Josée Lamontagne", (150,)),
        ("Réal Picard", ()),
        ("Amina Traoré", (120,)),
        ("Benoît Lafleur", (90,)),
        ("Martine Cyr", (60, 90)),
        ("Gaétan Boily", (180,)),
    ),
    "boise": (
        ("Claude Béland", (120,)),
        ("Yolande Poirier", ()),
        ("Hassan Benmoussa", (150,)),
        ("Ginette Proulx", (90,)),
    ),
}
"""Name, and minutes of each session of initial training."""


class Rhythm(Enum):
    """How the weeks of a relationship go, on top of a few weeks missed long ago."""

    STEADY = "every week"
    TWICE = "every week, often twice"
    ALTERNATE = "every other week"
    PHONE = "phone only in weeks 3 and 2"
    EXCUSED = "the student was away in weeks 3 and 2"
    UNLOGGED = "planned and not logged since week 3"
    SILENT = "two weeks out of three, then nothing since week 5"
    PAUSED = "paused from week 6 to week 3"
    WAITING = "not met yet: the student was away, then a phone call in week 1"


class Commitment(Enum):
    YEAR = "to the end of the school year, six months at least"
    NONE = "not recorded"
    SHORT = "four months"
    LAPSED = "to the end of the school year before, and nobody has said more"
    MARCH = "six months and a half: before the end of the year"


@dataclass(frozen=True)
class Story:
    """``again`` names (by its place in the list) the story whose student meets another mentor here."""

    mentor: int
    start: int = 0
    rhythm: Rhythm = Rhythm.STEADY
    commitment: Commitment = Commitment.YEAR
    ended: int | None = None
    months: int = 0
    handover: bool = False
    again: int | None = None
    reason: str = ""
    by: EndedBy = EndedBy.OTHER
    code: EndCode | str = ""


By = EndedBy
RIVE_CLAIRE = (
    # Ended last school year, at 2, 4 and 8 months, and with the year
    Story(1, ended=20, months=2, reason="Le mentor a changé d’emploi", by=By.MENTOR, code=EndCode.MENTOR_LEFT),
    Story(2, ended=24, months=4, reason="Horaires devenus incompatibles", by=By.MENTOR, code=EndCode.MENTOR_TIME),
    Story(0, ended=15, months=8, reason="Fin de l’année scolaire", by=By.SCHOOL),
    Story(4, ended=14, months=7, reason="Fin de l’année scolaire", by=By.SCHOOL),
    Story(3, ended=30, months=3, reason="L’élève a préféré arrêter", by=By.STUDENT, code=EndCode.STUDENT_WISH),
    # Ended this school year
    Story(3, ended=3, months=2, reason="L’élève a préféré arrêter", by=By.STUDENT, code=EndCode.STUDENT_WISH),
    Story(5, ended=2, months=4, reason="Départ à l’étranger", by=By.MENTOR, code=EndCode.MENTOR_LEFT),
    Story(0, ended=4, months=8, reason="Objectifs atteints", by=By.SCHOOL),
    Story(5, ended=4, months=2, reason="Congé de maternité, relais convenu", by=By.MENTOR, handover=True),
    # Re-matched: after an early end, and after a planned hand-over
    Story(2, start=2, again=5),
    Story(4, start=3, again=8),
    # Open, and going well
    Story(0, start=42, commitment=Commitment.LAPSED),
    Story(0, start=26, rhythm=Rhythm.TWICE),
    Story(0, start=18),
    Story(0, start=9),
    Story(2, start=10),
    Story(2, start=9, rhythm=Rhythm.TWICE),
    Story(2, start=24),
    Story(4, start=23),
    Story(4, start=9),
    Story(5, start=8),
    Story(5, start=19),
    Story(0, start=10),
    Story(0, start=8, rhythm=Rhythm.EXCUSED),
    Story(5, start=21, rhythm=Rhythm.PAUSED),
    # Open, and worth a look
    Story(1, start=9, rhythm=Rhythm.ALTERNATE, commitment=Commitment.SHORT),
    Story(2, start=20, rhythm=Rhythm.UNLOGGED),
    Story(3, start=9, rhythm=Rhythm.PHONE, commitment=Commitment.MARCH),
    Story(4, start=18, rhythm=Rhythm.SILENT),
    Story(4, start=10, commitment=Commitment.NONE),
)
BOISE = (
    Story(0, ended=22, months=2, reason="L’élève a changé d’école", by=By.FAMILY, code=EndCode.STUDENT_LEFT),
    Story(2, ended=15, months=8, reason="Fin de l’année scolaire", by=By.SCHOOL),
    Story(3, ended=2, months=4, reason="Le mentor manquait de temps", by=By.MENTOR, code=EndCode.MENTOR_TIME),
    Story(0, start=28),
    Story(0, start=9, rhythm=Rhythm.TWICE),
    Story(1, start=8),
    Story(1, start=10, rhythm=Rhythm.EXCUSED),
    Story(2, start=20),
    Story(2, start=9),
    Story(0, start=7),
    Story(2, start=25, rhythm=Rhythm.TWICE),
    Story(3, start=26, rhythm=Rhythm.SILENT),
    Story(3, start=6, again=0),
    Story(0, start=3, rhythm=Rhythm.WAITING),
)
ORDINARY_NOTES = (
    "Bonne discussion sur la semaine.",
    "Nous avons préparé l’examen de mathématiques.",
    "A remis tous ses travaux : à souligner.",
    "Partie d’échecs, puis retour sur l’agenda.",
    "Souhaite essayer l’improvisation ce midi.",
    "Un conflit avec un collègue de classe s’est réglé.",
    "Nous avons cherché un stage d’observation.",
)
CONFIDENTIAL_NOTES = (
    "Situation familiale abordée; à suivre avec l’équipe.",
    "A parlé d’une inquiétude personnelle et souhaite que cela reste entre nous.",
)
