"""The sheet of a group: the four criteria that end the review's chapter on support programmes (§2.2)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from guidelines.catalogue import Citation
from guidelines.catalogue.group_rhythm import GROUP_FREQUENCY, GROUP_GAP, GROUP_MEETING_LENGTH
from guidelines.catalogue.groups import GROUP_CONTINUITY, GROUP_NO_LEAD, GROUP_TOO_LARGE, GROUP_TOO_SMALL
from guidelines.catalogue.programs import (
    INTERACTION,
    PROGRAM_CONTENTS_DRIFT,
    PROGRAM_RESULTS,
    PROGRAM_ROLES,
    PROGRAM_STRUCTURE,
    PROGRAM_TYPE,
)
from guidelines.catalogue.teachers import TEACHER_FOUNDATIONS, TEACHER_FUNCTIONS
from guidelines.catalogue.ties import GROUP_FAMILY_CONTACT, GROUP_INDIVIDUAL_CONTACT, GROUP_REVIEW
from reports.fidelity.items import Criterion, Item, Unrecorded

CLOSED = _("Le groupe n’est pas en activité ce jour-là.")
CLOSED_OR_EMPTY = _("Le groupe n’est pas en activité ce jour-là, ou n’a aucun membre.")
NO_MEMBER = _("Le groupe n’a aucun membre.")
ENDED = _("Le programme a pris fin.")
NOBODY = _("Personne n’est responsable du groupe ce jour-là, ou son compte est fermé.")
NOBODY_LONG_ENOUGH = _("Aucun membre n’a été présent assez longtemps pendant la dernière étape terminée.")

STABILITY = Criterion(
    _("Stabilité et continuité du lien"),
    (
        Item(
            asks=_("Une ou un adulte a la responsabilité du groupe."),
            guideline=GROUP_NO_LEAD,
            met=ngettext_lazy(
                "%(count)s adulte a la responsabilité du groupe.",
                "%(count)s adultes ont la responsabilité du groupe.",
                "count",
            ),
            absent=CLOSED,
            unknown=_("Les jours de classe du groupe ne sont pas commencés, ou sont passés."),
        ),
        Item(
            asks=_("Les élèves gardent la même personne pendant tout le premier cycle."),
            guideline=GROUP_CONTINUITY,
            at_zero=_("Aucun membre n’a changé d’adulte responsable depuis son entrée dans le programme."),
            absent=CLOSED_OR_EMPTY,
        ),
        Item(
            asks=_("Les rencontres prévues ont lieu."),
            guideline=GROUP_FREQUENCY,
            absent=CLOSED,
        ),
        Item(
            asks=_("Les rencontres se suivent, sans long silence."),
            guideline=GROUP_GAP,
            met=ngettext_lazy(
                "%(count)s semaine de classe sans rencontre, à la fin de la suite.",
                "%(count)s semaines de classe sans rencontre, à la fin de la suite.",
                "count",
            ),
            at_zero=_("La dernière semaine évaluable compte une rencontre."),
            absent=CLOSED,
            unless=("assessed", _("Aucune semaine de classe du groupe n’est encore évaluable.")),
        ),
    ),
)

STRUCTURE = Criterion(
    _("Structure souple des contenus et des interventions"),
    (
        Item(
            asks=_("La fréquence, la durée et la forme des rencontres sont définies."),
            guideline=PROGRAM_STRUCTURE,
            at_zero=_("La fréquence, la durée et la forme des rencontres sont inscrites au programme."),
            absent=ENDED,
        ),
        Item(
            asks=_("La durée des rencontres est dans l’usage des programmes recensés."),
            guideline=GROUP_MEETING_LENGTH,
            absent=CLOSED,
        ),
        Item(
            asks=_("Le groupe n’est pas trop grand pour que chaque élève ait sa place."),
            guideline=GROUP_TOO_LARGE,
            absent=CLOSED,
            unless=("members", NO_MEMBER),
        ),
        Item(
            asks=_("Le groupe n’est pas trop petit pour en être un."),
            guideline=GROUP_TOO_SMALL,
            absent=CLOSED,
        ),
        Item(
            asks=_("Le type principal et les formes du programme sont choisis."),
            guideline=PROGRAM_TYPE,
            at_zero=_("Le type principal et au moins une forme sont inscrits."),
            absent=ENDED,
        ),
        Item(
            asks=_("Les activités, leurs thèmes et leurs formats sont reliés à des résultats attendus."),
            guideline=PROGRAM_RESULTS,
            at_zero=_("Chaque activité déclarée est reliée à un résultat, à un thème et à un format."),
            absent=ENDED,
        ),
        Item(
            asks=_("Les rencontres touchent les contenus déclarés."),
            guideline=PROGRAM_CONTENTS_DRIFT,
            absent=ENDED,
        ),
        Unrecorded(
            _("Le déroulement s’ajuste aux élèves, et les élèves prennent part au choix des activités."), INTERACTION
        ),
    ),
)

DEVELOPMENT = Criterion(
    _("Approche centrée sur les qualités et le développement des élèves"),
    (
        Item(
            asks=_("Chaque élève a des moments individuels avec l’adulte responsable."),
            guideline=GROUP_INDIVIDUAL_CONTACT,
            at_zero=_("Chaque membre présent assez longtemps dans la dernière étape y a eu un moment individuel."),
            absent=CLOSED,
            unless=("in_contact", NOBODY_LONG_ENOUGH),
        ),
        Item(
            asks=_("L’évolution de chaque élève et le lien avec le groupe sont revus."),
            guideline=GROUP_REVIEW,
            at_zero=_("Les bilans de la dernière étape terminée sont consignés, du groupe et de chaque lien."),
            absent=CLOSED,
            unless=(
                "in_review",
                _("Le groupe n’a pas été en activité assez longtemps pendant la dernière étape terminée."),
            ),
        ),
        Item(
            asks=_("Un lien est tissé avec chaque famille."),
            guideline=GROUP_FAMILY_CONTACT,
            at_zero=_("La famille de chaque membre présent assez longtemps dans la dernière étape a eu un contact."),
            absent=CLOSED,
            unless=("in_family", NOBODY_LONG_ENOUGH),
        ),
        Unrecorded(
            _("Les rencontres partent de ce que les élèves font bien, et l’adulte leur dit ce qui progresse."),
            Citation("2.2", "Définir l’approche de l’enseignant-ressource"),
        ),
    ),
)

ROLES = Criterion(
    _("Représentation claire des rôles et de leurs limites"),
    (
        Item(
            asks=_("Le rôle et ses limites sont écrits, et chaque personne en a pris connaissance."),
            guideline=PROGRAM_ROLES,
            at_zero=_("Le rôle et ses limites sont écrits, et chaque personne en fonction en a pris connaissance."),
            absent=ENDED,
        ),
        Item(
            asks=_("La personne responsable a énoncé les cinq fondements de sa pratique."),
            guideline=TEACHER_FOUNDATIONS,
            absent=NOBODY,
        ),
        Item(
            asks=_("La personne responsable exerce ses trois fonctions."),
            guideline=TEACHER_FUNCTIONS,
            at_zero=_("Du temps est consigné dans les trois fonctions depuis le début de l’année scolaire."),
            absent=NOBODY,
        ),
        Unrecorded(
            _("Les élèves et leur famille savent à quoi sert le groupe et ce qu’il n’est pas."),
            Citation("2.2", "Clarifier les fondements de la pratique"),
        ),
    ),
)

GROUP_SHEET = (STABILITY, STRUCTURE, DEVELOPMENT, ROLES)
