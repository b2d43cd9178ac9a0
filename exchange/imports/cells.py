"""Cells to values, as the lists of schools write them: each says what it can't read."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from exchange.days import NoDay, read_day
from exchange.imports import remarks
from exchange.imports.declaration import Unreadable, Words
from exchange.imports.guess import spelled

NAME = 120
#: Words that begin a family name of several: « De La Durantaye », « Ben Salah », « St-Pierre » written apart.
PARTICLE_WORDS = "de du des la le les d l van von der den ben bel el al st ste saint sainte mac mc abou bou"
PARTICLES = frozenset(PARTICLE_WORDS.split())
#: A long number as a spreadsheet shows it in a narrow column: its last digits are lost.
SHORTENED = re.compile(r"\d[.,]?\d*E\+\d+", re.IGNORECASE)
PERMANENT_CODE = re.compile(r"[A-Z]{4}\d{0,8}")
YEARS = {"premiere": 1, "deuxieme": 2, "troisieme": 3, "quatrieme": 4, "cinquieme": 5}


def text(most: int) -> Callable[[str], str]:
    """A text of at most so many characters."""

    def read(cell: str) -> str:
        if len(cell) > most:
            raise Unreadable(remarks.TOO_LONG, max=most)
        return cell

    return read


def number(cell: str) -> str:
    """A number that names somebody, one however it came: ``12345.0``, ``0012345``, « 12 345 »."""
    bare = re.sub(r"[\s\u00a0\u202f']", "", unicodedata.normalize("NFKC", cell))
    if SHORTENED.fullmatch(bare):
        raise Unreadable(remarks.SHORTENED, value=cell)
    if found := re.fullmatch(r"0*(\d+)(?:[.,]0*)?", bare):
        return found[1]
    return text(NAME)(cell.strip())


def permanent_code(cell: str) -> str:
    """Four letters and eight digits, sometimes fewer."""
    return text(NAME)(re.sub(r"[\s.\-]", "", cell).upper())


def day(cell: str) -> date:
    try:
        found, _manner = read_day(cell)
    except NoDay:
        raise Unreadable(remarks.NO_DAY, value=cell) from None
    if not 1900 <= found.year <= 2100:
        raise Unreadable(remarks.FAR_DAY, value=cell)
    return found


def whole(cell: str) -> int:
    """A whole number; of minutes too: « 45 min », « 1 h 30 », « 01:30 »."""
    bare = cell.lower().replace("\u00a0", " ").strip()
    if found := re.fullmatch(r"(\d{1,3})\s*(?:h|:|heures?)\s*(\d{1,2})?(?:\s*min(?:utes)?)?", bare):
        return int(found[1]) * 60 + int(found[2] or 0)
    if found := re.fullmatch(r"(\d{1,6})(?:[.,]0+)?\s*(?:m|min|mins|minutes?)?\.?", bare):
        return int(found[1])
    raise Unreadable(remarks.NO_NUMBER, value=cell)


def email(cell: str) -> str:
    bare = cell.strip().strip("<>").lower()
    try:
        validate_email(bare)
    except ValidationError:
        raise Unreadable(remarks.NO_EMAIL, value=cell) from None
    if len(bare) > 254:
        raise Unreadable(remarks.TOO_LONG, max=254)
    return bare


def by_words(said: Mapping[str, str]) -> dict[str, str]:
    """A value by each of the words that say it, given by value with commas between them."""
    return {word.strip(): value for value, words in said.items() for word in words.split(",")}


def one_of(words: Mapping[str, str], labels: Mapping[str, Words]) -> Callable[[str], str]:
    """A choice by any of its words, spelled as headers are; ``labels`` says which are known."""

    def read(cell: str) -> str:
        word = spelled(cell)
        if word in words:
            return words[word]
        raise Unreadable(remarks.NO_CHOICE, value=cell, known=", ".join(str(label) for label in labels.values()))

    return read


def grade(cell: str) -> int | None:
    """1 to 5 of secondary school: « 3 », « 9 », « sec. 3 », « 3e secondaire », « Troisième »; None for any other."""
    word = spelled(cell)
    if found := re.search(r"\d+", word):
        year = int(found[0]) if len(found[0]) < 3 else 0
        return year if 1 <= year <= 5 else year - 6 if 7 <= year <= 11 else None
    return next((year for name, year in YEARS.items() if name in word.split()), None)


def grade_of_group(cell: str) -> int | None:
    """The year that a homeroom's number begins with: 302 is of the third year; 9xx is of none."""
    found = re.fullmatch(r"0?([1-5])\d{2}[a-z]?", spelled(cell).replace(" ", ""))
    return int(found[1]) if found else None


def names_of(cell: str) -> tuple[str, str, bool]:
    """Family and given name out of one cell, and whether another reading is as good.

    What stands before a comma is the family name; without one it comes first. One word alone is a family name.
    """
    if "," in cell:
        family, _comma, given = cell.partition(",")
        return family.strip(), given.strip(), False
    words = cell.split()
    if len(words) <= 1:
        return cell.strip(), "", False
    first = 0
    while first < len(words) - 2 and spelled(words[first]) in PARTICLES:
        first += 1
    if first == len(words) - 2:
        return " ".join(words[:-1]), words[-1], False
    return " ".join(words[: first + 1]), " ".join(words[first + 1 :]), True


def clean_name(name: str) -> str:
    """A name as it is written: « TREMBLAY » becomes « Tremblay », mixed case stays."""
    if len(name) > 2 and name == name.upper() and name != name.lower():
        return re.sub(r"[^\W\d_]+", lambda found: found[0].capitalize(), name)
    return name
