"""The two relations and the ten kinds of records of their logs: what each is called, and where they differ.

A name or a number that differs stands here once.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from accompagnement.demo.cast import Cast
from mentoring.models import (
    DifficultEvent,
    DyadMeeting,
    DyadSubstitute,
    DyadTimetable,
    FollowUp,
    RelationshipReview,
    SupportCall,
    TeacherLiaison,
)
from programs.models import (
    FamilyContact,
    GroupMeeting,
    GroupReview,
    GroupSubstitute,
    GroupTimetable,
    StudentContact,
)
from tests.log.page import Sent


@dataclass(frozen=True)
class Relation:
    """Nadia's dyad with Thomas, or her group Tremplin; Julie answers for both programmes.

    ``other_day``, ``ends_on`` and ``back_to`` are fields that the two name otherwise, ``asked_by`` is the relation's
    name in the address of what was undone. ``tap_refused`` is what a tap on a meeting to come ends on,
    ``not_held_says`` what a reason is for and who reads the note. ``set_aside`` may stand behind a chip that was not
    chosen, and says nothing.
    """

    name: str
    of: Callable[[Cast], Any]
    another: Callable[[Cast], Any]
    someone_elses: Callable[[Cast], Any]
    pages: str
    meetings: str
    substitutes: str
    slots: str
    asked_by: str
    other_day: str
    set_aside: Sent
    ends_on: str
    back_to: Sent
    meeting: Any
    substitute: Any
    timetable: Any
    stand_in: str
    found: Callable[[Cast], str]
    logged_by_substitute: tuple[str, ...]
    kept_from_substitute: tuple[str, ...]
    started: str
    ended: str
    planned_again: str
    tap_refused: int
    not_held_says: tuple[str, str]
    plans: str
    slot_audited: tuple[str, str]

    def __str__(self) -> str:
        return self.name

    def end(self, of: Any, day: date | None) -> None:
        """From that day on, the relation is over; None: it goes on."""
        setattr(of, self.ends_on, day)
        of.save()


@dataclass(frozen=True)
class Limits:
    """What a form takes at most, and what it says of more; ``put``: the log page’s answer to it."""

    note: int
    note_too_long: str
    minutes: int = 0
    minutes_refused: str = ""
    put: int = 405


@dataclass(frozen=True)
class Kind:
    """``said`` is what a first log says, ``change`` what a correction says instead, ``words`` how the two read.

    ``other_means`` makes of the same day another fact. ``asks_second``: another form that says the same asks whether
    there was another; otherwise it is the same record. ``whom`` says with which students, and ``whom_then``
    with which one, once it is logged.
    ``empty`` refuses a form that says nothing of all that.
    ``all_lead``: only those who answer for the programme log it, and they read every note. ``refused`` is what
    the others of the relation are answered: 404 where they don't even see it.
    """

    slug: str
    relation: Relation
    model: Any
    page: str
    said: Sent
    change: Sent
    words: tuple[str, str]
    other_means: Sent
    limits: Limits
    asks_second: bool = False
    is_meeting: bool = False
    whom: str = ""
    whom_then: str = ""
    all_lead: bool = False
    refused: int = 403
    level: str = "ordinary"
    empty: str = ""
    future: str = "La date ne peut pas être dans le futur"
    key_missing: str = "Ce formulaire est incomplet"
    reused: str = ""
    taken_back: tuple[str, str] = ("", "")

    def __str__(self) -> str:
        return self.slug

    @property
    def kept(self) -> set[str]:
        """What a first log says under the name of the model's own field."""
        return set(self.said) & {field.name for field in self.model._meta.fields} - {"recognised"}


DYAD = Relation(
    name="dyad",
    of=lambda cast: cast.thomas_nadia,
    another=lambda cast: cast.maika_nadia,
    someone_elses=lambda cast: cast.ines_marc,
    pages="/dyades/",
    meetings="/rencontres/",
    substitutes="/remplacements-dyade/",
    slots="/plages-dyade/",
    asked_by="dyade",
    other_day="other_on",
    set_aside={"other_on": "2026-13-45"},
    ends_on="ends_on",
    back_to={"retour": "dyade"},
    meeting=DyadMeeting,
    substitute=DyadSubstitute,
    timetable=DyadTimetable,
    stand_in="sylvie",
    found=lambda cast: cast.thomas.given_name,
    logged_by_substitute=("consigner", "routine"),
    kept_from_substitute=("entente", "planifier", "remplacement", "terminer"),
    started="La dyade a commencé le",
    ended="La dyade a pris fin",
    planned_again="la rencontre est revenue à son état précédent",
    tap_refused=200,
    not_held_says=("il dit si la semaine est excusée", "vous et les responsables"),
    plans="nadia",
    slot_audited=("dyad.slot_added", "dyad.slot_ended"),
)
GROUP = Relation(
    name="group",
    of=lambda cast: cast.tremplin,
    another=lambda cast: cast.boussole,
    someone_elses=lambda cast: cast.elan,
    pages="/groupes/",
    meetings="/rencontres-groupe/",
    substitutes="/remplacements-groupe/",
    slots="/plages-groupe/",
    asked_by="groupe",
    other_day="other_on",
    set_aside={"other_on": "2026-13-45"},
    ends_on="ends_on",
    back_to={"retour": "groupe"},
    meeting=GroupMeeting,
    substitute=GroupSubstitute,
    timetable=GroupTimetable,
    stand_in="karim",
    found=lambda cast: cast.tremplin.name,
    logged_by_substitute=("consigner", "contact", "famille"),
    kept_from_substitute=("responsable", "remplacement", "horaire"),
    started="Le groupe n’existait pas à cette date",
    ended="Le groupe n’existait pas à cette date",
    planned_again="la rencontre attend de nouveau d’être consignée",
    tap_refused=200,
    not_held_says=("Choisissez un motif.", "qui accompagne le groupe"),
    plans="julie",
    slot_audited=("group.slot_added", "group.slot_ended"),
)
RELATIONS = (DYAD, GROUP)

NOTED = Limits(note=10_000, note_too_long="raccourcissez-la")
TIMED = replace(NOTED, minutes=480, minutes_refused="La durée va de 1 à 480 minutes")

REUSED = "Ce formulaire a déjà servi ailleurs"
FOLLOW_UP_TAKEN_BACK = ("cette entrée est retirée", "Cette entrée était déjà retirée")
GROUP_ENTRY_TAKEN_BACK = ("l’entrée est retirée", "cette entrée était déjà retirée")
NOTHING_LEFT = "Il n’y a plus rien à annuler pour cette rencontre"

DYAD_MEETING = Kind(
    slug="rencontre",
    relation=DYAD,
    model=DyadMeeting,
    page="consigner",
    said={"minutes": "40", "channel": "in_person", "activity": "shared_activity"},
    change={"minutes": "60", "topic": "school"},
    words=("40 min", "60 min"),
    other_means={"channel": "phone"},
    limits=TIMED,
    asks_second=True,
    is_meeting=True,
    reused=REUSED,
    taken_back=("la rencontre est revenue à son état précédent", NOTHING_LEFT),
)
GROUP_MEETING = Kind(
    slug="rencontre-groupe",
    relation=GROUP,
    model=GroupMeeting,
    page="consigner",
    said={"minutes": "40", "activities": ["game"]},
    change={"minutes": "60"},
    words=("40 min", "60 min"),
    other_means={},
    limits=TIMED,
    asks_second=True,
    is_meeting=True,
    reused=REUSED,
    taken_back=("la rencontre est retirée", NOTHING_LEFT),
)
CONTACT = Kind(
    slug="contact",
    relation=GROUP,
    model=StudentContact,
    page="contact",
    said={"channel": "phone", "minutes": "10"},
    change={"channel": "video"},
    words=("par téléphone", "par vidéo"),
    other_means={"channel": "email"},
    limits=TIMED,
    asks_second=True,
    whom="students",
    whom_then="student",
    empty="Choisissez le moyen",
    reused=REUSED,
    taken_back=GROUP_ENTRY_TAKEN_BACK,
)
FAMILY = Kind(
    slug="famille",
    relation=GROUP,
    model=FamilyContact,
    page="famille",
    said={"channel": "phone", "outcome": "no_answer"},
    change={"outcome": "reached"},
    words=("sans réponse", "échange avec la famille"),
    other_means={"outcome": "message_left"},
    limits=NOTED,
    asks_second=True,
    whom="students",
    whom_then="student",
    empty="Choisissez le moyen",
    reused=REUSED,
    taken_back=GROUP_ENTRY_TAKEN_BACK,
)
GROUP_REVIEW = Kind(
    slug="bilan-groupe",
    relation=GROUP,
    model=GroupReview,
    page="bilan",
    said={"about": "group", "evolution": "Calme"},
    change={"evolution": "Agité"},
    words=("Calme", "Agité"),
    other_means={"evolution": "Changeant"},
    limits=NOTED,
    empty="Choisissez le groupe",
    reused=REUSED,
    taken_back=GROUP_ENTRY_TAKEN_BACK,
)
LIAISON = Kind(
    slug="echange",
    relation=DYAD,
    model=TeacherLiaison,
    page="liaison",
    said={"channel": "phone", "subject": "Anglais"},
    change={"subject": "Histoire"},
    words=("Anglais", "Histoire"),
    other_means={"subject": "Musique"},
    limits=NOTED,
    empty="Choisissez le moyen",
    reused=REUSED,
    taken_back=FOLLOW_UP_TAKEN_BACK,
)
ROUTINE = Kind(
    slug="routine",
    relation=DYAD,
    model=FollowUp,
    page="routine",
    said={"recognised": "on", "skill": "parents"},
    change={"skill": "notes"},
    words=("parler à ses parents", "prendre des notes"),
    other_means={"skill": "teacher"},
    limits=NOTED,
    empty="Cochez au moins un élément",
    reused=REUSED,
    taken_back=FOLLOW_UP_TAKEN_BACK,
)
EVENT = Kind(
    slug="evenement",
    relation=DYAD,
    model=DifficultEvent,
    page="evenement",
    said={"kind": "failure"},
    change={"kind": "conflict"},
    words=("échec scolaire", "conflit"),
    other_means={"kind": "family"},
    limits=NOTED,
    level="confidential",
    empty="Choisissez la nature",
    reused=REUSED,
    taken_back=FOLLOW_UP_TAKEN_BACK,
)
REVIEW = Kind(
    slug="bilan",
    relation=DYAD,
    model=RelationshipReview,
    page="bilan",
    said={"agreed": "Le midi"},
    change={"agreed": "Le soir"},
    words=("Le midi", "Le soir"),
    other_means={"agreed": "Le matin"},
    limits=NOTED,
    all_lead=True,
    reused=REUSED,
    taken_back=FOLLOW_UP_TAKEN_BACK,
)
CALL = Kind(
    slug="appel",
    relation=DYAD,
    model=SupportCall,
    page="appel",
    said={"party": "family", "channel": "phone", "outcome": "reached", "tie": "partly"},
    change={"tie": "yes"},
    words=("en partie", "oui"),
    other_means={"party": "student"},
    limits=NOTED,
    all_lead=True,
    refused=404,
    level="confidential",
    empty="Choisissez avec qui",
    reused=REUSED,
    taken_back=FOLLOW_UP_TAKEN_BACK,
)
KINDS = (DYAD_MEETING, GROUP_MEETING, CONTACT, FAMILY, GROUP_REVIEW, LIAISON, ROUTINE, EVENT, REVIEW, CALL)
MEETINGS = tuple(kind for kind in KINDS if kind.is_meeting)
SAMPLE = (DYAD_MEETING, GROUP_MEETING, CONTACT, EVENT)
"""One of each shape, for what costs many pages: a meeting of each relation, and a record beside the meetings."""
