"""Dates in words, as Québec's French writes them (OQLF), other languages keep Django's own; and words to compare."""

import unicodedata
from datetime import date

from django.utils import dateformat
from django.utils.translation import get_language
from django.utils.translation import gettext as _

#: Letters that Unicode does not take apart, and how a Québec school files them.
APART = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "’": "'"})
MONTHS = ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc."]


def written(day: date, pattern: str) -> str:
    """A day by one of Django's date patterns; in French, « 1er » for the first, and the office's short months."""
    if (get_language() or "").startswith("fr"):
        if day.day == 1:
            pattern = pattern.replace("j", _literal("1er"))
        pattern = pattern.replace("N", _literal(MONTHS[day.month - 1]))
    return dateformat.format(day, pattern)


def spoken(day: date) -> str:
    """« 2 novembre 2026 », inside a sentence."""
    return written(day, _("j F Y"))


def _literal(words: str) -> str:
    """Words that a pattern passes on as they are."""
    return "".join(f"\\{letter}" for letter in words)


def plain(text: str) -> str:
    """Words as two people may type them: lower case, without accents, ligatures apart. Names go further, in
    ``people.names``."""
    letters = unicodedata.normalize("NFKD", text.casefold().translate(APART))
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold().translate(APART)
