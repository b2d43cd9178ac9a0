"""Who is in a support group, and who is in charge of it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from guidelines.catalogue.entry import Audience, Breach, Citation, Clearing, Guideline, NextStep, Threshold
from guidelines.catalogue.steps import OPEN_GROUP
from guidelines.concerns import Concern
from guidelines.severity import Severity
from programs.models import GroupLead, GroupMember, SchoolDay

PROGRAMMES = Citation("2", "Les pratiques d’intervention dans les programmes d’accompagnement scolaire")
OVER_TIME = Citation("2.2", "Agir dans la durée")

ACTIVE_MEMBERS = ngettext_lazy(
    "%(count)s membre actif, balise\u00a0: %(bound)s", "%(count)s membres actifs, balise\u00a0: %(bound)s", "count"
)
MEMBERS_COUNTED = ngettext_lazy(
    "Le groupe compte %(count)s membre actif.", "Le groupe compte %(count)s membres actifs.", "count"
)

GROUP_TOO_LARGE = Guideline(
    code="group-too-large",
    subject="group",
    audience=Audience.USUAL,
    concern=Concern.RHYTHM,
    moved_by=(GroupMember,),
    title=_("Groupe trop grand"),
    checks=_("Les membres actifs du groupe, ce jour-là."),
    headline=ACTIVE_MEMBERS,
    observed=MEMBERS_COUNTED,
    measure="open_group_facts",
    column="members",
    thresholds=(
        Threshold(Severity.CRITICAL, Breach.ABOVE, 15, _("plus de %(bound)s membres"), "members"),
        Threshold(Severity.WARNING, Breach.ABOVE, 12, _("plus de %(bound)s membres"), "members"),
    ),
    unit=_("membres"),
    citation=Citation("2.2", "Contrôler la taille des groupes"),
    explanation=_(
        "Les spécialistes suggèrent de ne pas dépasser «\u00a012 à 15 élèves\u00a0» par groupe. C’est une zone plutôt "
        "qu’une ligne\u00a0: au-delà de 12, gardez un œil sur le temps accordé à chaque élève; au-delà de 15, "
        "envisagez un second groupe."
    ),
    next_steps=(
        NextStep(
            _("Former un second groupe"),
            _("Deux groupes plus petits, avec une ou un adulte pour chacun."),
            "people",
            "group_new",
        ),
        OPEN_GROUP,
    ),
    needs=_("Au moins un membre actif."),
    clears=_("Par les faits, quand le groupe revient à une taille que la balise ne relève pas."),
    clearing=(Clearing.FACTS, Clearing.CORRECTION),
)

GROUP_TOO_SMALL = Guideline(
    code="group-too-small",
    subject="group",
    audience=Audience.USUAL,
    concern=Concern.SETUP,
    moved_by=(GroupMember,),
    title=_("Petit groupe"),
    checks=_("Les membres actifs du groupe, ce jour-là."),
    headline=ACTIVE_MEMBERS,
    observed=MEMBERS_COUNTED,
    measure="open_group_facts",
    column="members",
    thresholds=(Threshold(Severity.INFO, Breach.BELOW, 5, _("moins de %(bound)s membres"), "members"),),
    unit=_("membres"),
    citation=PROGRAMMES,
    explanation=_(
        "Les groupes comptent le plus souvent de 5 à 15 élèves. C’est une description de ce qui se fait, non une "
        "règle\u00a0: un petit groupe peut être un choix."
    ),
    next_steps=(
        NextStep(
            _("Accueillir une ou un élève"),
            _("S’il y a des élèves en attente d’un groupe."),
            "plus-lg",
            "group_member_add",
        ),
        OPEN_GROUP,
    ),
    clears=_("Par les faits, quand le groupe atteint la taille de la balise."),
    clearing=(Clearing.FACTS, Clearing.CORRECTION),
    needs=_("Au moins un membre\u00a0: un groupe sans membre n’est pas évalué."),
    lacking="empty",
)

GROUP_FIRST_YEAR = Guideline(
    code="group-first-year",
    subject="group",
    audience=Audience.USUAL,
    concern=Concern.SETUP,
    moved_by=(GroupMember,),
    title=_("Élèves d’une autre année que la première"),
    checks=_(
        "Pendant la première année scolaire du groupe, les membres actifs dont l’année du secondaire n’est pas la "
        "première. Ensuite, la deuxième année du cycle est attendue."
    ),
    headline=ngettext_lazy(
        "%(count)s élève d’une autre année que la première",
        "%(count)s élèves d’une autre année que la première",
        "count",
    ),
    observed=ngettext_lazy(
        "Le groupe est dans sa première année, et %(count)s membre n’est pas en première secondaire.",
        "Le groupe est dans sa première année, et %(count)s membres ne sont pas en première secondaire.",
        "count",
    ),
    measure="open_group_facts",
    column="beyond_first",
    thresholds=(
        Threshold(
            Severity.INFO,
            Breach.ABOVE,
            0,
            _("élèves d’une autre année\u00a0: plus de %(bound)s"),
            "beyond_first",
            at_zero=_("au moins un membre d’une autre année que la première"),
        ),
    ),
    unit=_("élèves"),
    citation=PROGRAMMES,
    explanation=_(
        "Les programmes recensés s’adressent à un petit nombre d’élèves de première secondaire. Rien n’interdit "
        "d’accueillir d’autres élèves\u00a0: les constats de la recension leur sont moins directement associés."
    ),
    next_steps=(
        OPEN_GROUP,
        NextStep(
            _("Vérifier l’année des élèves"),
            _("L’année vient du fichier de l’école; un nouveau fichier la corrige."),
            "clipboard-check",
        ),
    ),
    clears=_("Par le temps, à la deuxième année du groupe, ou par une correction de l’année de l’élève."),
    clearing=(Clearing.TIME, Clearing.FACTS, Clearing.CORRECTION),
    needs=_("L’année du secondaire d’au moins un membre du groupe."),
    lacking="ungraded",
)

GROUP_NO_LEAD = Guideline(
    code="group-no-lead",
    subject="group",
    audience=Audience.USUAL,
    concern=Concern.RHYTHM,
    moved_by=(GroupLead, SchoolDay),
    title=_("Groupe sans adulte responsable"),
    checks=_("Les adultes responsables du groupe ce jour-là, entre son premier et son dernier jour de classe."),
    headline=_("Aucun adulte responsable du groupe"),
    observed=_("Le groupe est ouvert, et aucun adulte n’en a la responsabilité ce jour-là."),
    measure="open_group_facts",
    column="leads",
    thresholds=(
        Threshold(
            Severity.CRITICAL,
            Breach.AT_MOST,
            0,
            _("adultes responsables\u00a0: %(bound)s"),
            "leads",
            at_zero=_("personne n’est responsable du groupe"),
        ),
    ),
    unit=_("adultes"),
    citation=PROGRAMMES,
    explanation=_(
        "L’accompagnement jumelle une personne du personnel scolaire et un nombre restreint d’élèves. Sans elle, le "
        "lien que la recension associe à la réussite du programme n’a personne pour le porter."
    ),
    next_steps=(
        NextStep(
            _("Confier le groupe"),
            _("À une personne que les élèves connaissent déjà, si c’est possible."),
            "person-check",
            "group_lead",
        ),
        OPEN_GROUP,
    ),
    needs=_(
        "Des jours de classe avant et après ce jour, au calendrier de l’école; l’absence d’adulte est elle-même un constat."
    ),
    clears=_("Par les faits, quand une personne prend le groupe en charge."),
    clearing=(Clearing.FACTS, Clearing.TIME, Clearing.CORRECTION),
)

GROUP_CONTINUITY = Guideline(
    code="group-continuity",
    subject="group",
    audience=Audience.USUAL,
    concern=Concern.SETUP,
    moved_by=(GroupLead, GroupMember, SchoolDay),
    title=_("Changement d’adulte responsable"),
    checks=_(
        "Les membres actifs dont l’adulte responsable a changé entre leur entrée dans le programme et la fin du "
        "premier cycle, parce que le groupe a changé de responsable ou que l’élève a changé de groupe. Un "
        "remplacement pendant un congé et le retour qui suit ne comptent pas."
    ),
    headline=ngettext_lazy(
        "%(count)s élève a changé d’adulte responsable", "%(count)s élèves ont changé d’adulte responsable", "count"
    ),
    observed=ngettext_lazy(
        "Depuis son entrée dans le programme, %(count)s membre du groupe a changé d’adulte responsable.",
        "Depuis leur entrée dans le programme, %(count)s membres du groupe ont changé d’adulte responsable.",
        "count",
    ),
    measure="group_continuity",
    column="changed",
    thresholds=(
        Threshold(
            Severity.WARNING,
            Breach.ABOVE,
            0,
            _("élèves dont l’adulte a changé en cours d’année\u00a0: plus de %(bound)s"),
            "within_year",
            step_up="prevents_dropout",
            at_zero=_("au moins un élève a changé d’adulte en cours d’année"),
        ),
        Threshold(
            Severity.INFO,
            Breach.ABOVE,
            0,
            _("élèves dont l’adulte a changé entre deux années\u00a0: plus de %(bound)s"),
            "changed",
            step_up="prevents_dropout",
            at_zero=_("au moins un élève a changé d’adulte entre deux années"),
        ),
    ),
    unit=_("élèves"),
    citation=OVER_TIME,
    explanation=_(
        "La stabilité du lien entre la personne-ressource et ses élèves est vue comme une condition essentielle, "
        "surtout quand le programme vise la prévention du décrochage\u00a0: la gravité monte alors d’un degré. "
        "Plusieurs programmes gardent la même personne pendant tout le premier cycle."
    ),
    next_steps=(
        NextStep(
            _("Préparer le relais avec les élèves"),
            _("Une rencontre avec la personne qui part et celle qui arrive aide à garder le lien."),
            "chat-dots",
            "group_log",
        ),
        NextStep(
            _("Corriger un motif de départ"),
            _("Un congé n’est pas un changement\u00a0: inscrivez-le comme motif."),
            "pencil-square",
            "group_lead",
        ),
        OPEN_GROUP,
    ),
    needs=_("Les adultes responsables du groupe et l’entrée des membres, avec leurs dates."),
    clears=_("Par le temps, à la fin du premier cycle des élèves, ou par une correction du motif ou des dates."),
    clearing=(Clearing.TIME, Clearing.CORRECTION),
)
