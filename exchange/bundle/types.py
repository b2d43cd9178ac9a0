"""The types of a bundle's cells: from text, to text, and as a Table Schema says them."""

import re
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from functools import lru_cache
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from exchange.days import NoDay, read_day

SHOWN = 60
CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)
WHOLE = re.compile(r"\d{1,18}", re.ASCII)
DECIMAL = re.compile(r"\d{1,12}(\.\d{1,12})?", re.ASCII)
#: A spreadsheet in French writes the last two for the first two.
BOOLEANS = {"true": True, "false": False, "vrai": True, "faux": False}


class CellProblem(Exception):
    """Why a text is not of the cell's type: a sentence that names it."""


def problem(text: str, sentence: str, **values: object) -> CellProblem:
    shown = text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
    return CellProblem(_("«\u00a0%(value)s\u00a0» %(why)s") % {"value": shown, "why": sentence % values})


@dataclass(frozen=True)
class CellType:
    """``parse`` gets a text that is not empty and raises ``CellProblem``; ``format`` gets what the database holds.

    A type is ``lenient`` when it also takes what a spreadsheet of Québec writes; ``tolerated`` then gives, of a text
    that was parsed, the kind and the sentence of what is to be said, or nothing.
    """

    lenient: ClassVar[bool] = False

    def tolerated(self, text: str) -> tuple[str, str] | None:
        return None

    def parse(self, text: str) -> object:
        raise NotImplementedError

    def format(self, value: Any) -> str:
        return "" if value is None else str(value)

    def schema(self) -> dict[str, Any]:
        return {"type": "string"}


@dataclass(frozen=True)
class Text(CellType):
    """Text as it is, spaces included."""

    length: int | None = None

    def parse(self, text: str) -> str:
        if self.length and len(text) > self.length:
            raise problem(text, _("a %(n)s caractères; %(max)s au plus."), n=len(text), max=self.length)
        return text

    def schema(self) -> dict[str, Any]:
        return {"type": "string", **({"constraints": {"maxLength": self.length}} if self.length else {})}


@dataclass(frozen=True)
class Reference(Text):
    """The key of a row of another file."""

    file: str = ""


@dataclass(frozen=True)
class Email(Text):
    lower: bool = False

    def parse(self, text: str) -> str:
        text = super().parse(text.strip())
        try:
            validate_email(text)
        except ValidationError:
            raise problem(text, _("n’est pas une adresse de courriel.")) from None
        return text.lower() if self.lower else text

    def format(self, value: Any) -> str:
        text = super().format(value)
        return text.lower() if self.lower else text

    def schema(self) -> dict[str, Any]:
        return {**super().schema(), "format": "email"}


@dataclass(frozen=True)
class TimeZone(Text):
    def parse(self, text: str) -> str:
        text = super().parse(text.strip())
        try:
            ZoneInfo(text)
        except (KeyError, ValueError, OSError):  # a name that is unknown, leaves the folder, or is a folder
            raise problem(text, _("n’est pas un fuseau horaire\u00a0: écrivez par exemple America/Toronto.")) from None
        return text


@dataclass(frozen=True)
class Choice(CellType):
    values: tuple[str, ...] = ()

    def parse(self, text: str) -> str:
        text = text.strip()
        if text not in self.values:
            raise problem(text, _("n’est pas une des valeurs possibles\u00a0: %(values)s."), values=self._listed())
        return text

    def _listed(self) -> str:
        return ", ".join(self.values)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "constraints": {"enum": list(self.values)}}


@dataclass(frozen=True)
class Items(CellType):
    """A list joined by ``|``, of free text or of some values; a ``|`` typed in an item goes out as ``/``."""

    values: tuple[str, ...] = ()

    def parse(self, text: str) -> list[str]:
        items = [item.strip() for item in text.split("|") if item.strip()]
        for item in items if self.values else []:
            if item not in self.values:
                listed = ", ".join(self.values)
                raise problem(item, _("n’est pas une des valeurs possibles\u00a0: %(values)s."), values=listed)
        return items

    def format(self, value: Any) -> str:
        items = (str(item).replace("|", "/").strip() for item in value or ())
        return "|".join(item for item in items if item)

    def schema(self) -> dict[str, Any]:
        either = "|".join(self.values)
        pattern = {"constraints": {"pattern": rf"(({either})(\|({either}))*)?"}} if self.values else {}
        return {"type": "string", "description": "list joined by |", **pattern}


@dataclass(frozen=True)
class Boolean(CellType):
    lenient = True

    def tolerated(self, text: str) -> tuple[str, str] | None:
        if text.strip().lower() in ("true", "false"):
            return None
        return "spreadsheet_boolean", as_read(text, self.format(self.parse(text)))

    def parse(self, text: str) -> bool:
        value = BOOLEANS.get(text.strip().lower())
        if value is None:
            raise problem(text, _("n’est ni true ni false."))
        return value

    def format(self, value: Any) -> str:
        return "" if value is None else "true" if value else "false"

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean", "trueValues": ["true"], "falseValues": ["false"]}


@dataclass(frozen=True)
class Whole(CellType):
    minimum: int = 0
    maximum: int = 32767

    def parse(self, text: str) -> int:
        if not WHOLE.fullmatch(text.strip()):
            raise problem(text, _("n’est pas un nombre entier."))
        value = int(text)
        if not self.minimum <= value <= self.maximum:
            raise problem(text, _("n’est pas entre %(min)s et %(max)s."), min=self.minimum, max=self.maximum)
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "constraints": {"minimum": self.minimum, "maximum": self.maximum}}


@dataclass(frozen=True)
class Percent(CellType):
    """0 to 100 with two decimals at most; written without trailing zeros. ``comma``: read with a decimal comma too."""

    lenient = True
    comma: bool = False

    def tolerated(self, text: str) -> tuple[str, str] | None:
        return ("decimal_comma", as_read(text, self.format(self.parse(text)))) if "," in text else None

    def parse(self, text: str) -> Decimal:
        written = text.strip().replace(",", ".") if self.comma else text.strip()
        if not DECIMAL.fullmatch(written):
            raise problem(text, _("n’est pas un nombre\u00a0: écrivez par exemple 25 ou 12.5."))
        value = Decimal(written)
        if value > 100:
            raise problem(text, _("n’est pas entre 0 et 100."))
        if value != value.quantize(Decimal("0.01")):
            raise problem(text, _("a plus de deux décimales."))
        return value

    def format(self, value: Any) -> str:
        return f"{Decimal(value).normalize():f}"

    def schema(self) -> dict[str, Any]:
        return {"type": "number", "constraints": {"minimum": 0, "maximum": 100}}


def as_read(text: str, value: str) -> str:
    return _("«\u00a0%(text)s\u00a0» est lu «\u00a0%(value)s\u00a0».") % {"text": text.strip(), "value": value}


@lru_cache(maxsize=20_000)
def day(text: str) -> tuple[date, str]:
    """The date of a text and the kind of what was tolerated; raises ``CellProblem`` with what is wrong in it."""
    try:
        return read_day(text)
    except NoDay as wrong:
        raise problem(text, str(wrong)) from None


@dataclass(frozen=True)
class Day(CellType):
    lenient = True

    def tolerated(self, text: str) -> tuple[str, str] | None:
        found, kind = day(text)
        if not kind:
            return None
        words = _("«\u00a0%(value)s\u00a0» est lu le jour d’abord\u00a0: %(date)s.")
        return kind, words % {"value": text.strip(), "date": found.isoformat()}

    def parse(self, text: str) -> date:
        return day(text)[0]

    def format(self, value: Any) -> str:
        return value.isoformat() if value else ""

    def schema(self) -> dict[str, Any]:
        return {"type": "date"}


@dataclass(frozen=True)
class Clock(CellType):
    """``HH:MM``; seconds are kept when there are some."""

    def parse(self, text: str) -> time:
        match = CLOCK.fullmatch(text.strip())
        try:
            hour, minute, second = (int(part or 0) for part in match.groups()) if match else (24, 0, 0)
            return time(hour, minute, second)
        except ValueError:
            raise problem(text, _("n’est pas une heure\u00a0: écrivez par exemple 14:30.")) from None

    def format(self, value: Any) -> str:
        return "" if value is None else value.isoformat("seconds" if value.second else "minutes")

    def schema(self) -> dict[str, Any]:
        return {"type": "time", "format": "%H:%M"}
