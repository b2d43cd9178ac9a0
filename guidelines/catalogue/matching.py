"""Who is matched with whom, and how mentors are prepared."""

from django.utils.translation import gettext_lazy as _

from guidelines.catalogue.duration import TAKE_TIME
from guidelines.catalogue.entry import Breach, Citation, Guideline, NextStep, Parameter, Threshold
from guidelines.catalogue.steps import OPEN_DYAD
from guidelines.models import Severity

GUIDELINES = (
    Guideline(
        code="student-rematch",
        subject="dyad",
        title=_("Nouveau jumelage après une fin hâtive"),
        checks=_(
            "Une dyade en cours depuis moins de six mois, d’une ou d’un élève dont une relation avec une autre personne a "
            "pris fin avant six mois ou avant la fin de l’engagement. Un relais planifié n’est pas une fin hâtive."
        ),
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
        clears=_("Par le temps, six mois après le début de la nouvelle dyade."),
        parameters=(
            Parameter("rematch_months", 6, _("Mois pendant lesquels un jumelage est récent")),
            Parameter("early_months", 6, _("Mois avant lesquels une fin est hâtive")),
        ),
    ),
    Guideline(
        code="mentor-training",
        subject="mentor",
        title=_("Formation initiale à compléter"),
        checks=_("Les minutes de formation initiale d’une personne qui a au moins une dyade en cours."),
        measure="initial_training",
        column="minutes",
        thresholds=(
            Threshold(Severity.CRITICAL, Breach.AT_MOST, 0, _("aucune formation initiale"), "minutes"),
            Threshold(Severity.WARNING, Breach.BELOW, 120, _("moins de 120 minutes"), "minutes"),
        ),
        unit=_("minutes"),
        citation=Citation("3.3", "La formation des mentors"),
        explanation=_(
            "Une formation de moins de deux heures est associée à des mentores et mentors moins à l’aise, à moins de temps "
            "passé avec l’élève et à des relations moins durables. La formation initiale est associée à la qualité et à la "
            "durée de la relation."
        ),
        next_steps=(
            NextStep(
                _("Offrir une formation initiale"),
                _("Deux heures au total, en une ou plusieurs séances."),
                "mortarboard",
            ),
            NextStep(
                _("Inscrire une formation déjà suivie"),
                _("Si elle a eu lieu, l’inscrire règle le point de vigilance."),
                "clipboard-check",
            ),
        ),
        clears=_("Par les faits, quand 120 minutes de formation initiale sont inscrites."),
    ),
)
