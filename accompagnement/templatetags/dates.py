"""Dates, hours and shares as Québec's French writes them (OQLF); the patterns are translated with the screens."""

from datetime import date, datetime, time, timedelta

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from people.text import spoken, written

NO_BREAK = "\u00a0"
MEGA = 1_000_000


def _written(value: date | None, pattern: str) -> str:
    return written(_here(value), pattern) if value else ""


def _here(value: date) -> date:
    """The day of an instant in the current time zone; a day as it is."""
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def long_date(value: date | None) -> str:
    """« le lundi 2 novembre 2026 »."""
    return _written(value, pgettext("date longue", r"\l\e l j F Y"))


def spoken_date(value: date | None) -> str:
    """« 2 novembre 2026 », inside a sentence."""
    return spoken(_here(value)) if value else ""


def weekday_date(value: date | None) -> str:
    """« lundi 2 novembre »."""
    return _written(value, pgettext("jour de semaine et date", "l j F"))


def full_date(value: date | None) -> str:
    """« lundi 2 novembre 2026 »."""
    return _written(value, pgettext("jour de semaine et date entière", "l j F Y"))


def day_month(value: date | None) -> str:
    """« 2 novembre »."""
    return _written(value, pgettext("jour et mois", "j F"))


def short_date(value: date | None) -> str:
    """« 2 nov. »."""
    return _written(value, pgettext("jour et mois abrégé", "j N"))


def short_month(value: date) -> str:
    """« janv. »: the office's abbreviations, which differ from Django's."""
    return written(value, "N")


def clock(value: time | datetime | str | None) -> str:
    """« 14 h 30 », and « 14 h » on the hour; an instant is read in the current time zone."""
    if value is None or isinstance(value, str):
        return ""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return formats.time_format(value, "TIME_FORMAT").removesuffix(f"{NO_BREAK}00")


def percent(share: float | str | None, digits: int = 0) -> str:
    """« 65 % » for a share of 0.65."""
    if share is None or isinstance(share, str):
        return ""
    number = formats.number_format(round(share * 100, digits), digits, use_l10n=True)
    return pgettext("pourcentage", "%(number)s\u00a0%%") % {"number": number}


def file_size(octets: int | None) -> str:
    """« 60 ko », « 1,4 Mo »."""
    if not octets:
        return ""
    if octets < MEGA:
        return _("%(n)s\u00a0ko") % {"n": formats.number_format(max(1, round(octets / 1000)))}
    return _("%(n)s\u00a0Mo") % {"n": formats.number_format(octets / MEGA, 1)}


def last_day(end: date | None) -> date | None:
    """Of a half-open range, the last day that counts: what pages show."""
    return end - timedelta(days=1) if end else None


FILTERS = (long_date, spoken_date, weekday_date, full_date, day_month, short_date, last_day, clock, percent, file_size)
