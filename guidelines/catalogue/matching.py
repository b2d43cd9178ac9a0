"""Who is matched anew, and when."""

from django.utils.translation import gettext_lazy as _

from guidelines.catalogue.citations import TAKE_TIME
from guidelines.catalogue.entry import Audience, Breach, Clearing, Guideline, NextStep, Parameter, Threshold
from guidelines.catalogue.steps import OPEN_DYAD
from guidelines.concerns import Concern
from guidelines.severity import Severity
from mentoring.models import Dyad, DyadMeeting

STUDENT_REMATCH = Guideline(
    code="student-rematch",
    subject="dyad",
    audience=Audience.USUAL,
    concern=Concern.SETUP,
    moved_by=(Dyad, DyadMeeting),
    title=_("Nouveau jumelage après une fin hâtive"),
    checks=_(
        "Une dyade récente, d’une ou d’un élève dont une relation avec une autre personne a pris fin tôt (avant six "
        "mois, par défaut) ou avant la fin de l’engagement. Un relais planifié n’est pas une fin hâtive."
    ),
    headline=_("Nouveau jumelage après une relation terminée tôt"),
    observed=_("Une relation précédente de l’élève avec une autre personne a pris fin tôt, ou avant la date convenue."),
    measure="rematches",
    column=None,
    thresholds=(
        Threshold(Severity.WARNING, Breach.HOLDS, None, _("une relation précédente a pris fin tôt"), "rematched"),
    ),
    unit="",
    citation=TAKE_TIME,
    explanation=_(
        "Assigner une nouvelle personne à l’élève après l’interruption précoce d’une relation peut aussi être associé à "
        "des conséquences négatives. Ce n’est jamais interdit\u00a0: la suite demande du soin."
    ),
    next_steps=(
        NextStep(
            _("Préparer l’élève et la nouvelle personne"),
            _("Parlez de la relation précédente, et de ce que chacun attend de celle-ci."),
            "chat-dots",
            "dyad",
        ),
        NextStep(
            _("Rapprocher les premières rencontres"),
            _("Une rencontre chaque semaine pendant les trois premiers mois."),
            "calendar-plus",
            "dyad_plan",
        ),
        OPEN_DYAD,
    ),
    clears=_("Par le temps, quand la nouvelle dyade n’est plus récente, ou par une correction des dates."),
    clearing=(Clearing.TIME, Clearing.CORRECTION),
    needs=_("Les dyades précédentes de l’élève, avec leurs dates."),
    parameters=(
        Parameter("rematch_months", 6, _("Mois pendant lesquels un jumelage est récent"), fewest=1),
        Parameter("early_months", 6, _("Mois avant lesquels une fin est hâtive")),
        Parameter("rematch_days", 21, _("Jours après une fin pendant lesquels jumeler de nouveau demande un motif")),
    ),
)
