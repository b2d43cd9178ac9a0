"""What a report says of itself, in words: the same lines on its page, its cover and its data package."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guidelines.catalogue import CATALOGUE_VERSION
from guidelines.words import join_words
from people.access import Role
from people.suppression import FEWEST
from people.text import spoken
from reports.asking import Ask
from reports.document import Document
from reports.in_force import LAYOUT as NUMBERS
from reports.in_force import LEFT

FEW = 4
"""So many programmes or guidelines are named; of more, how many."""


@dataclass(frozen=True)
class Fact:
    label: str
    words: str


def facts(document: Document) -> list[Fact]:
    """Of what, over which days, by which rules, with what left out. One query, when the programmes are not read yet."""
    ask = document.ask
    said = [
        (_("Organisme"), str(ask.board)),
        (_("Portée"), _scope(ask)),
        (_("Période"), period_of(ask)),
        (_("Filtres"), ask.narrowed or _("aucun")),
        (_("Nombres en vigueur"), _in_force(document)),
        (_("Taux"), str(document.rates)),
        *((capfirst(str(label)), _number(number)) for label, number in document.counted),
        (_("Masqué"), _hidden(document)),
        (_("Balises non suivies"), _unfollowed(document)),
        (_("Données lues"), read_at(ask)),
        (_("Préparé par"), prepared_by(ask)),
    ]
    return [Fact(label, words) for label, words in said]


def period_of(ask: Ask) -> str:
    """Its name, and its days where the name does not say them."""
    days = _("du %(start)s au %(end)s") % {"start": spoken(ask.period.since), "end": spoken(ask.period.last_day)}
    return days if ask.named.name == days else f"{ask.named.name}, {days}"


def read_at(ask: Ask) -> str:
    """« 30 novembre 2026 à 14 h 30 », by the board's clock."""
    at = ask.read_at.astimezone(ZoneInfo(ask.board.time_zone))
    return _("%(day)s à %(time)s") % {"day": spoken(at.date()), "time": date_format(at, "TIME_FORMAT")}


def prepared_by(ask: Ask) -> str:
    """The roles by which it could be asked; never who asked."""
    held = [role for role in ask.audience.roles if ask.user.access.holds(role)] or ask.audience.roles
    return join_words([str(Role(role).label) for role in held])


def _scope(ask: Ask) -> str:
    programs = ask.programs
    if not programs:
        return _("ce que la personne qui l’a demandé peut lire")
    if len(programs) <= FEW:
        return join_words([f"{one} ({one.school})" for one in programs])
    schools = len({one.school_id for one in programs})
    of = ngettext("%(n)s école", "%(n)s écoles", schools) % {"n": schools}
    return _("%(n)s programmes de %(schools)s") % {"n": len(programs), "schools": of}


def _in_force(document: Document) -> str:
    told = next((sheet.title for sheet in document.sheets if sheet.name == NUMBERS.name), _("Méthodologie"))
    return _("ceux du %(day)s, catalogue des balises, version %(version)s (voir «\u00a0%(where)s\u00a0»)") % {
        "day": spoken(document.ask.last_day),
        "version": CATALOGUE_VERSION,
        "where": told,
    }


def _unfollowed(document: Document) -> str:
    names = document.unfollowed
    if names is None:
        return _("ce rapport n’en donne pas la liste")
    if len(names) <= FEW:
        return join_words(names) or _("aucune")
    words = (
        _("%(count)s, que nomme le rapport «\u00a0Balises suivies\u00a0»")
        if document.template
        else _("%(count)s, que nomme le tableau «\u00a0%(table)s\u00a0»")
    )
    return words % {"count": len(names), "table": LEFT.title}


def _number(number: object) -> str:
    """By thousands, as on a page; what is masked says so."""
    return number_format(number) if isinstance(number, int) else str(number)


def _hidden(document: Document) -> str:
    if document.hidden:
        return ngettext(
            "%(n)s nombre, qui compte moins de %(fewest)s personnes ou qui permettrait d’en retrouver un",
            "%(n)s nombres, qui comptent moins de %(fewest)s personnes ou qui permettraient d’en retrouver un",
            document.hidden,
        ) % {"n": number_format(document.hidden), "fewest": FEWEST}
    return _("aucun nombre")
