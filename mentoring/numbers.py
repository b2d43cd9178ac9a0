"""The numbers of guidelines that the pages of mentoring speak of (``programs.numbers``)."""

from collections.abc import Collection

from django.utils.translation import gettext, ngettext

from programs.numbers import Number

TRAINING_MINUTES = Number("the minutes of initial training that a mentor is asked for")
CRITICAL_MONTHS = Number("the months from the start during which silence is at its most serious")
SHORT_MONTHS = Number("the months under which a relationship that ended was short")
EARLY_MONTHS = Number("the months under which a relationship has ended early")
REMATCH_DAYS = Number("the days after an end during which a student is not matched anew without a reason")
MENTOR_DYADS = Number("the dyads that a mentor keeps at once at most")
COMMITMENT_MONTHS = Number("the months that a commitment lasts at least")


def commitment_advice(months: Collection[int]) -> str:
    """What to choose as the end of a commitment, from the months that the programmes at hand ask for."""
    least, most = min(months), max(months)
    if least < most:
        return gettext(
            "%(least)s à %(most)s mois au moins, selon le programme; de préférence jusqu’à la fin de l’année scolaire."
        ) % {"least": least, "most": most}
    return ngettext(
        "%(months)s mois au moins, de préférence jusqu’à la fin de l’année scolaire.",
        "%(months)s mois au moins, de préférence jusqu’à la fin de l’année scolaire.",
        most,
    ) % {"months": most}
