"""What a change of the calendar did, in words."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.text import spoken
from programs.actions.calendar import Changed
from programs.actions.years import FEWEST_CLASS_DAYS, MOST_CLASS_DAYS


def changed_in_words(changed: Changed, first_on: date, last_on: date) -> str:
    """« Le calendrier est à jour… », with the planned meetings that went or returned."""
    if not changed.days:
        return _("Le calendrier disait déjà cela\u00a0: rien n’a changé.")
    if first_on == last_on:
        said = [_("Le calendrier est à jour\u00a0: %(day)s.") % {"day": spoken(first_on)}]
    else:
        words = ngettext(
            "Le calendrier est à jour\u00a0: %(count)d jour change.",
            "Le calendrier est à jour\u00a0: %(count)d jours changent.",
            changed.days,
        )
        said = [words % {"count": changed.days}]
    return " ".join([*said, *plans_in_words(changed)])


def plans_in_words(changed: Changed) -> list[str]:
    """What became of the planned meetings, if anything."""
    said = []
    if changed.taken_away:
        words = ngettext(
            "%(count)d rencontre prévue sans classe est retirée\u00a0: personne n’aura à la confirmer.",
            "%(count)d rencontres prévues sans classe sont retirées\u00a0: personne n’aura à les confirmer.",
            changed.taken_away,
        )
        said.append(words % {"count": changed.taken_away})
    if changed.brought_back:
        words = ngettext(
            "%(count)d rencontre est prévue de nouveau.",
            "%(count)d rencontres sont prévues de nouveau.",
            changed.brought_back,
        )
        said.append(words % {"count": changed.brought_back})
    return said or [_("Aucune rencontre prévue n’est touchée.")]


def class_days_remark(class_days: int) -> str:
    """What the school calendar's bounds say of a number of class days; empty within them."""
    if class_days > MOST_CLASS_DAYS:
        words = _("L’année compte %(days)d jours de classe\u00a0: le régime pédagogique en prévoit au plus 200.")
    elif class_days < FEWEST_CLASS_DAYS:
        words = _("L’année compte %(days)d jours de classe\u00a0: le régime pédagogique en prévoit au moins 180.")
    else:
        return ""
    return words % {"days": class_days}
