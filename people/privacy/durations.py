"""How long everything is kept, in words: one text for the officer's page and for « Confidentialité »."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from people.models import RetentionPlan
from people.privacy.keepings import TECHNICAL
from people.privacy.plan import tables_of
from people.privacy.tables import DECLARED, Clock, Fate, Keeping


@dataclass(frozen=True)
class Duration:
    """Kinds of records that are kept alike."""

    keeping: Keeping
    kinds: list[str]

    @property
    def words(self) -> str:
        """« 3 ans après le départ de l’élève »."""
        if self.keeping.clock is Clock.NONE:
            return capfirst(self.keeping.length)
        return _("%(length)s après %(since)s") % {"length": self.keeping.length, "since": self.keeping.since}

    @property
    def then(self) -> str:
        """What becomes of them."""
        if self.keeping.clock is Clock.NONE:
            return _("Gardés")
        if self.keeping.clock is Clock.NIGHT:
            return _("Détruits la nuit, sans intervention")
        if self.keeping.fate is Fate.EMPTIED:
            return _("Noms et textes détruits; les dates et les nombres restent, sans lien avec quiconque")
        if self.keeping.fate is Fate.STAYS:
            return _("Gardés sans nom, sous un numéro qui ne mène plus à la personne")
        return _("Détruits")


def durations(plan: RetentionPlan | None = None) -> list[Duration]:
    """Every kind of record, those kept alike together, in the order of their declaration; as a board has it.

    What makes the service run comes last, under one name.
    """
    found: dict[Keeping, list[str]] = {}
    for one in tables_of(plan):
        found.setdefault(one.keeping, []).append(str(one.words))
    if found.pop(TECHNICAL, None):
        found[TECHNICAL] = [_("réglages techniques, sans renseignement personnel")]
    return [Duration(keeping, kinds) for keeping, kinds in found.items()]


def words_of(model: str) -> str:
    """What the rows of a table are; its name when it is declared no more."""
    return next((str(one.words) for one in DECLARED if one.model == model), model)
