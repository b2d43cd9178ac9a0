"""What a student who waits and a mentor say of themselves, in the same words: interests, languages, times."""

from collections.abc import Iterable

from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from people.names import plain

LONGEST_WORDS = 200


class Interest(models.TextChoices):
    SPORT = "sport", _("sports")
    MUSIC = "music", _("musique")
    ARTS = "arts", _("arts et dessin")
    READING = "reading", _("lecture et écriture")
    CINEMA = "cinema", _("films et séries")
    GAMES = "games", _("jeux et jeux vidéo")
    TECHNOLOGY = "technology", _("informatique")
    SCIENCE = "science", _("sciences")
    TRADES = "trades", _("métiers et bricolage")
    COOKING = "cooking", _("cuisine")
    NATURE = "nature", _("nature et animaux")
    HELPING = "helping", _("entraide et bénévolat")


class Language(models.TextChoices):
    FRENCH = "french", _("français")
    ENGLISH = "english", _("anglais")
    ARABIC = "arabic", _("arabe")
    SPANISH = "spanish", _("espagnol")
    HAITIAN = "haitian", _("créole haïtien")
    MANDARIN = "mandarin", _("mandarin")
    PORTUGUESE = "portuguese", _("portugais")
    UKRAINIAN = "ukrainian", _("ukrainien")
    INDIGENOUS = "indigenous", _("langue autochtone")


class Moment(models.TextChoices):
    BEFORE = "before", _("avant les cours")
    MIDDAY = "midday", _("midi")
    AFTER = "after", _("après les cours")


WEEKDAYS: dict[int, Promise] = {1: _("lundi"), 2: _("mardi"), 3: _("mercredi"), 4: _("jeudi"), 5: _("vendredi")}
TIMES = tuple(f"{day}-{moment}" for day in WEEKDAYS for moment in Moment.values)
"""The moments of a school week, as they are stored: « 1-midday »."""


def time_in_words(time: str) -> str:
    """« lundi midi », « mardi après les cours »."""
    day, _dash, moment = time.partition("-")
    return _t("%(day)s %(moment)s") % {"day": WEEKDAYS[int(day)], "moment": Moment(moment).label}


class Wishes(models.Model):
    """Nothing said is nothing known: it never stands in the way, and never speaks for a match either."""

    interests = models.JSONField(_("intérêts"), default=list, blank=True)
    other_interests = models.CharField(_("autres intérêts"), max_length=LONGEST_WORDS, blank=True)
    languages = models.JSONField(_("langues"), default=list, blank=True)
    other_languages = models.CharField(_("autres langues"), max_length=LONGEST_WORDS, blank=True)
    times = models.JSONField(_("moments possibles"), default=list, blank=True)

    class Meta:
        abstract = True

    def all_interests(self) -> dict[str, str]:
        """By what is compared, how it is said: those chosen, in the order of the list, then those written."""
        return _chosen(Interest, self.interests) | _written(self.other_interests)

    def all_languages(self) -> dict[str, str]:
        return _chosen(Language, self.languages) | _written(self.other_languages)

    def all_times(self) -> dict[str, str]:
        said = {*self.times}
        return {time: time_in_words(time) for time in TIMES if time in said}

    @property
    def says_something(self) -> bool:
        return bool(self.all_interests() or self.all_languages() or self.all_times())

    @property
    def interests_in_words(self) -> str:
        return capfirst(", ".join(self.all_interests().values()))

    @property
    def languages_in_words(self) -> str:
        return ", ".join(self.all_languages().values())

    @property
    def times_in_words(self) -> str:
        return capfirst(", ".join(self.all_times().values()))


def _chosen(kinds: type[models.TextChoices], said: Iterable[str]) -> dict[str, str]:
    codes = {*said}
    return {kind.value: str(kind.label) for kind in kinds if kind.value in codes}


def _written(words: str) -> dict[str, str]:
    found = (word.strip() for word in words.replace(";", ",").split(","))
    return {plain(word): word for word in found if plain(word)}
