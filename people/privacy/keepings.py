"""How long a kind of record is kept, from when, what then, and why: the few answers that tables share."""

from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.privacy.tables import Clock, Fate, Keeping
from people.retention import DRAFTS_KEPT, IMPORT_FILE_KEPT, PEOPLE_KEPT, SESSIONS_KEPT

OF_STUDENTS = (
    PEOPLE_KEPT,
    _("le départ de l’élève"),
    _("Un suivi sert tant que l’élève est à l’école, puis à répondre de ce qui a été fait."),
)
OF_ADULTS = (
    PEOPLE_KEPT,
    _("la fin du dernier rôle"),
    _("Les rôles et les formations servent tant que la personne accompagne, puis à en répondre."),
)
STUDENT_EMPTIED = Keeping(Clock.STUDENT, Fate.EMPTIED, *OF_STUDENTS, rule="students")
STUDENT_DESTROYED = Keeping(Clock.STUDENT, Fate.DESTROYED, *OF_STUDENTS, rule="students")
STUDENT_STAYS = Keeping(Clock.STUDENT, Fate.STAYS, *OF_STUDENTS, rule="students")
ADULT_EMPTIED = Keeping(Clock.ADULT, Fate.EMPTIED, *OF_ADULTS, rule="adults")
ADULT_DESTROYED = Keeping(Clock.ADULT, Fate.DESTROYED, *OF_ADULTS, rule="adults")
ADULT_STAYS = Keeping(Clock.ADULT, Fate.STAYS, *OF_ADULTS, rule="adults")
WITH_BOARD = Keeping(
    Clock.NONE,
    Fate.STAYS,
    None,
    _("l’inscription"),
    _("Ce sont des faits de l’organisme ou de ses programmes, qui ne disent rien d’une personne."),
)
GROUP_WORDS = Keeping(
    Clock.OWN,
    Fate.EMPTIED,
    PEOPLE_KEPT,
    _("la fin du groupe"),
    _("Une note de groupe peut nommer des élèves\u00a0: ses mots partent, la rencontre reste comptée."),
    on="group__ends_on",
    rule="students",
)
DRAFTS = Keeping(
    Clock.NIGHT,
    Fate.DESTROYED,
    DRAFTS_KEPT,
    _("la saisie"),
    _("Ce qui n’a pas été enregistré attend la personne qui l’a saisi."),
)
SESSIONS = Keeping(
    Clock.NIGHT,
    Fate.DESTROYED,
    SESSIONS_KEPT,
    _("la dernière page demandée"),
    _("Une personne y reconnaît ses appareils, et met fin aux sessions qu’elle n’a pas ouvertes."),
)
OF_IMPORTS = Keeping(
    Clock.NIGHT,
    Fate.DESTROYED,
    IMPORT_FILE_KEPT,
    _("l’importation"),
    _("Les lignes servent à revenir sur une importation, puis plus à rien."),
)
TECHNICAL = Keeping(
    Clock.NONE, Fate.STAYS, None, _("l’installation"), _("Le fonctionnement de l’application, sans renseignement.")
)


def after(kept: timedelta, *, on: str, since: Promise, why: Promise, rule: str, at: bool = False) -> Keeping:
    """Destroyed so long after a day (or a moment, with ``at``) of the row's own."""
    return Keeping(Clock.OWN, Fate.DESTROYED, kept, since, why, on=on, at=at, rule=rule)


def by_night(kept: timedelta | None, since: Promise, why: Promise) -> Keeping:
    """Forgotten by a task of the night, without anybody's press."""
    return Keeping(Clock.NIGHT, Fate.DESTROYED, kept, since, why)
