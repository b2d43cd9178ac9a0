"""The ties of a group outside its meetings: each student, each family, and the look back at both."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from guidelines.catalogue.entry import Audience, Breach, Clearing, Guideline, NextStep, Parameter, Threshold
from guidelines.catalogue.groups import OVER_TIME, PROGRAMMES
from guidelines.catalogue.steps import OPEN_GROUP
from guidelines.concerns import Concern
from guidelines.severity import Severity
from programs.models import Attendance, FamilyContact, GroupMeeting, GroupMember, GroupReview, StudentContact, Term

PRESENCE = Parameter("presence_days", 28, _("Jours de présence dans l’étape, au moins"))
A_TERM = _("Une étape terminée au calendrier de l’organisme.")
BY_TERM = (Clearing.CORRECTION, Clearing.TIME)

GROUP_INDIVIDUAL_CONTACT = Guideline(
    code="group-individual-contact",
    subject="group",
    audience=Audience.USUAL,
    concern=Concern.RECORD,
    moved_by=(StudentContact, GroupMember, Term),
    title=_("Élèves sans moment individuel pendant l’étape"),
    checks=_(
        "Les membres présents depuis assez longtemps (28 jours, par défaut) à la fin de la dernière étape, et qui n’y "
        "ont eu aucun moment individuel consigné. Seuls des nombres sont montrés, sauf à l’adulte responsable."
    ),
    headline=ngettext_lazy(
        "%(count)s élève sans moment individuel consigné", "%(count)s élèves sans moment individuel consigné", "count"
    ),
    observed=ngettext_lazy(
        "Pendant la dernière étape terminée, aucun moment individuel n’est consigné pour %(count)s élève.",
        "Pendant la dernière étape terminée, aucun moment individuel n’est consigné pour %(count)s élèves.",
        "count",
    ),
    measure="group_ties",
    column="without_contact",
    thresholds=(
        Threshold(
            Severity.INFO,
            Breach.ABOVE,
            0,
            _("élèves sans moment individuel\u00a0: plus de %(bound)s"),
            "without_contact",
            at_zero=_("au moins un élève sans moment individuel"),
        ),
    ),
    unit=_("élèves"),
    citation=PROGRAMMES,
    explanation=_(
        "L’accompagnement vise aussi à conseiller et à soutenir chaque élève individuellement. Ce soutien personnel "
        "est associé à la qualité de la relation; quelques minutes suffisent."
    ),
    next_steps=(
        NextStep(
            _("Consigner un moment individuel"),
            _("Avec chaque élève du groupe, même bref."),
            "chat-dots",
            "group_contact",
        ),
        OPEN_GROUP,
    ),
    clears=_("Par une correction, si un moment de l’étape n’était pas consigné, ou par le temps, à l’étape suivante."),
    clearing=BY_TERM,
    needs=A_TERM,
    lacking="no_term",
    parameters=(PRESENCE,),
)

GROUP_FAMILY_CONTACT = Guideline(
    code="group-family-contact",
    subject="group",
    audience=Audience.USUAL,
    concern=Concern.RECORD,
    moved_by=(FamilyContact, GroupMember, Term),
    title=_("Familles sans contact pendant l’étape"),
    checks=_(
        "Les membres présents depuis assez longtemps (28 jours, par défaut) à la fin de la dernière étape, et dont la "
        "famille n’y a eu ni échange ni message consigné. Seuls des nombres sont montrés, sauf à l’adulte responsable."
    ),
    headline=ngettext_lazy(
        "%(count)s famille sans contact consigné", "%(count)s familles sans contact consigné", "count"
    ),
    observed=ngettext_lazy(
        "Pendant la dernière étape terminée, aucun contact n’est consigné avec %(count)s famille.",
        "Pendant la dernière étape terminée, aucun contact n’est consigné avec %(count)s familles.",
        "count",
    ),
    measure="group_ties",
    column="without_family",
    thresholds=(
        Threshold(
            Severity.WARNING,
            Breach.ABOVE,
            0,
            _("familles sans contact\u00a0: plus de %(bound)s"),
            "without_family",
            at_zero=_("au moins une famille sans contact"),
        ),
    ),
    unit=_("familles"),
    citation=PROGRAMMES,
    explanation=_(
        "L’accompagnement doit permettre de tisser des liens étroits entre les familles et l’école. Une nouvelle, "
        "bonne ou simple, est associée à ces liens autant qu’une rencontre."
    ),
    next_steps=(
        NextStep(
            _("Consigner un contact avec une famille"),
            _("Un appel, un courriel ou un message laissé."),
            "telephone",
            "group_family",
        ),
        OPEN_GROUP,
    ),
    clears=_("Par une correction, si un contact de l’étape n’était pas consigné, ou par le temps, à l’étape suivante."),
    clearing=BY_TERM,
    needs=A_TERM,
    lacking="no_term",
    parameters=(PRESENCE,),
)

GROUP_REVIEW = Guideline(
    code="group-review",
    subject="group",
    audience=Audience.USUAL,
    concern=Concern.RECORD,
    moved_by=(GroupReview, GroupMember, Term),
    title=_("Bilans du groupe à faire"),
    checks=_(
        "Pour la dernière étape, un bilan du groupe dans son ensemble, et un par membre présent depuis au moins 28 "
        "jours à la fin de l’étape\u00a0: nature et intensité du lien, fonctions, évolution, réponses aux besoins."
    ),
    headline=ngettext_lazy("%(count)s bilan à faire", "%(count)s bilans à faire", "count"),
    observed=ngettext_lazy(
        "Pour la dernière étape terminée, %(count)s bilan n’est pas consigné, du groupe ou d’un lien.",
        "Pour la dernière étape terminée, %(count)s bilans ne sont pas consignés, du groupe ou d’un lien.",
        "count",
    ),
    measure="group_ties",
    column="unreviewed",
    thresholds=(
        Threshold(
            Severity.INFO,
            Breach.ABOVE,
            0,
            _("bilans à faire\u00a0: plus de %(bound)s"),
            "unreviewed",
            at_zero=_("au moins un bilan à faire"),
        ),
    ),
    unit=_("bilans"),
    citation=OVER_TIME,
    explanation=_(
        "La nature de la relation, son intensité et les fonctions de chaque personne se revoient selon l’évolution de "
        "l’élève et selon que le programme répond à ses besoins. Ce regard régulier est associé à la stabilité du lien."
    ),
    next_steps=(
        NextStep(
            _("Faire un bilan"),
            _("Du groupe dans son ensemble, puis du lien avec chaque élève."),
            "file-earmark-text",
            "group_review",
        ),
        OPEN_GROUP,
    ),
    clears=_("Par une correction, si un bilan de l’étape n’était pas consigné, ou par le temps, à l’étape suivante."),
    clearing=BY_TERM,
    needs=A_TERM,
    lacking="no_term",
    parameters=(PRESENCE,),
)

GROUP_ATTENDANCE = Guideline(
    code="group-attendance",
    subject="group",
    audience=Audience.LEADS,
    concern=Concern.RECORD,
    moved_by=(GroupMeeting, Attendance, GroupMember),
    title=_("Quatre absences de suite"),
    checks=_(
        "Les membres qui ont une absence à chacune des quatre dernières rencontres tenues, parmi celles dont les "
        "présences sont prises. Une absence motivée et un retard ne comptent pas. Seules les personnes responsables voient ce point."
    ),
    headline=ngettext_lazy(
        "%(count)s élève avec quatre absences de suite", "%(count)s élèves avec quatre absences de suite", "count"
    ),
    observed=ngettext_lazy(
        "Pour %(count)s élève, une absence sans motif est notée à chacune des quatre dernières rencontres tenues.",
        "Pour %(count)s élèves, une absence sans motif est notée à chacune des quatre dernières rencontres tenues.",
        "count",
    ),
    measure="group_absences",
    column="absent",
    thresholds=(
        Threshold(
            Severity.INFO,
            Breach.ABOVE,
            0,
            _("élèves avec quatre absences de suite\u00a0: plus de %(bound)s"),
            "absent",
            at_zero=_("au moins un élève avec quatre absences de suite"),
        ),
    ),
    unit=_("élèves"),
    citation=OVER_TIME,
    explanation=_(
        "La stabilité du lien est associée à la réussite des programmes. Une absence qui se répète n’est pas un "
        "jugement sur l’élève\u00a0: c’est l’occasion de prendre de ses nouvelles."
    ),
    next_steps=(
        NextStep(
            _("Prendre des nouvelles de l’élève"),
            _("Un moment individuel, hors du groupe."),
            "chat-dots",
            "group_contact",
        ),
        NextStep(
            _("Joindre la famille"),
            _("Un appel ou un message, sans reproche."),
            "telephone",
            "group_family",
        ),
        OPEN_GROUP,
    ),
    clears=_("Par les faits, à la première présence, ou par une correction des présences."),
    clearing=(Clearing.FACTS, Clearing.CORRECTION),
    needs=_("Les présences de quatre rencontres tenues."),
    lacking="too_few",
)
