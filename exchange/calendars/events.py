"""What a line of a school's calendar says of its days, in the words that centres use."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from people.text import plain
from programs.models import SchoolDay

Kind = SchoolDay.Kind


class Edge(StrEnum):
    """The first or the last day of class of a year."""

    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True)
class Event:
    """Days, both included, with their words; ``kind`` is None when these are not understood."""

    first_on: date
    last_on: date
    text: str
    kind: SchoolDay.Kind | None = None
    edge: Edge | None = None

    @classmethod
    def told(cls, first_on: date, last_on: date, text: str, said: str = "") -> "Event":
        """Of a text; ``said`` is the nature that a column of its own gives, which comes first."""
        text = " ".join(text.split())
        edge = edge_of(text) or edge_of(said)
        kind = Kind.CLASS if edge else kind_of(said) or kind_of(text)
        return cls(first_on, last_on, text or said.strip(), kind, edge)


ONES = r"(de classe|d'ecole|des eleves)"
FIRST = rf"\b(debut|rentree) (des (classes|cours|eleves)|scolaire|de l'annee)|\bpremi(er|ere) jour(nee)? {ONES}"
LAST = rf"\bfin (des (classes|cours)|de l'annee)|\bdernier(e)? jour(nee)? {ONES}"
NOT_THESE = (
    r"\b(avant|apres|retour|reprise|date limite|remise|inscriptions?|sortie|spectacle|concert|danse|camp)\b"
    r"|\bfin (du conge|de la relache|des vacances)|\brentree (du|des) (personnel|enseignant)"
)
PEDAGOGICAL = r"\bpedago|\bjour(nee)?s? (de )?peda\b|\bpeda\.?(?!\w)|\bpedagogical|\bpd day"
HOLIDAY = (
    r"\bconges?\b|\brelache|\bsemaine de lecture|\bferie|\bvacances|\becole fermee|\bfermeture"
    r"|\bpas (de classe|d'ecole)|\bsuspension des (cours|classes)|\btempete|\bholiday|\bspring break|\bmarch break"
)
FEASTS = (
    r"((jour|lundi|fete|veille|lendemain|journee nationale) (de la |de |du |des |d')?)*"
    r"(l'an|jour de l'an|noel|nouvel an|paques|vendredi saint|patriotes|action de graces?|travail"
    r"|nationale( du quebec)?|saint-jean(-baptiste)?|canada|reine)"
)
CLASS = r"\bjour(nee)?s? de classe|\bclasse\b|\bclass\b"


def edge_of(text: str) -> Edge | None:
    """Whether the words tell the first or the last day of class."""
    words = plain(text)
    if re.search(FIRST, words) and not re.search(NOT_THESE, words):
        return Edge.FIRST
    return Edge.LAST if re.search(LAST, words) and not re.search(NOT_THESE, words) else None


def kind_of(text: str) -> SchoolDay.Kind | None:
    """The nature that the words tell, or None. « Journée pédagogique : congé pour les élèves » is a pedagogical day."""
    words = " ".join(plain(text).split())
    if words in Kind.values:
        return SchoolDay.Kind(words)
    if not words or re.search(NOT_THESE, words):
        return None
    if re.search(PEDAGOGICAL, words):
        return Kind.PEDAGOGICAL
    if re.search(HOLIDAY, words) or re.fullmatch(FEASTS, words.split(" (")[0].strip(" .!")):
        return Kind.HOLIDAY
    return Kind.CLASS if re.search(CLASS, words) else None
