"""What the database would refuse of one row, said in words: each answers the column and the sentence."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from guidelines.catalogue import CATALOGUE
from guidelines.models import SUBJECTS, AgendaItem
from mentoring.models.minutes import LEVELS
from people.suppression import FEWEST


def range_ordered(values: dict[str, Any], start: str, end: str) -> tuple[str, str] | None:
    """A range may be empty (its end is its start), never upside down."""
    starts, ends = values.get(start), values.get(end)
    if not isinstance(starts, date) or not isinstance(ends, date) or ends >= starts:
        return None
    sentence = _("la fin «\u00a0%(end)s\u00a0» précède le début «\u00a0%(start)s\u00a0».")
    return end, sentence % {"start": starts.isoformat(), "end": ends.isoformat()}


def has_a_name(values: dict[str, Any]) -> tuple[str, str] | None:
    """One name is enough, the given name or the family name."""
    if values.get("given_name") or values.get("family_name"):
        return None
    return "given_name", _("donnez un prénom ou un nom\u00a0: l’un des deux suffit.")


def cadence_has_days(values: dict[str, Any]) -> tuple[str, str] | None:
    """A cycle counts 5 to 10 class days."""
    if values.get("cadence_unit") != "cycle" or values.get("cadence_days") is not None:
        return None
    return "cadence_days", _("une cadence par cycle demande le nombre de jours du cycle, de 5 à 10.")


def one_day_of_the_week_or_cycle(values: dict[str, Any]) -> tuple[str, str] | None:
    if (values.get("weekday") is None) != (values.get("cycle_day") is None):
        return None
    return "weekday", _("donnez un jour de la semaine (weekday) ou un jour du cycle (cycle_day), l’un des deux.")


def of_one_subject(values: dict[str, Any]) -> tuple[str, str] | None:
    """A team's decision is of one relation, one group or one student."""
    if sum(values.get(f"{kind}_id") is not None for kind in AgendaItem.KINDS) == 1:
        return None
    return "dyad", _("donnez une dyade, un groupe ou un élève\u00a0: un seul des trois.")


def of_its_subject(values: dict[str, Any]) -> tuple[str, str] | None:
    """A finding is of one subject, of the kind that its guideline looks at."""
    subject = CATALOGUE[values["guideline"]].subject
    if [kind for kind in SUBJECTS if values.get(f"{kind}_id") is not None] == [subject]:
        return None
    sentence = _("cette balise porte sur «\u00a0%(kind)s\u00a0»\u00a0: remplissez cette colonne, et elle seule.")
    return subject, sentence % {"kind": subject}


def number_of_its_guideline(values: dict[str, Any]) -> tuple[str, str] | None:
    """A setting changes a bound or a parameter that its guideline has."""
    guideline = CATALOGUE.get(values["guideline"])
    if guideline is None or values["name"] in guideline.settable:
        return None
    sentence = _("«\u00a0%(name)s\u00a0» n’est pas une valeur de cette balise; elle a %(known)s.")
    return "name", sentence % {"name": values["name"], "known": ", ".join(guideline.settable) or "–"}


def no_small_count(values: dict[str, Any]) -> tuple[str, str] | None:
    """A level of a minute that one to four people answered is never told."""
    for column in LEVELS:
        if 0 < (values.get(column) or 0) < FEWEST:
            sentence = _("moins de %(fewest)d personnes\u00a0: laissez la case vide.")
            return column, sentence % {"fewest": FEWEST}
    return None
