"""The English of the screens is whole, and French counts as French does."""

import gettext
import re
from datetime import UTC, date, datetime, time

import pytest
from django.conf import settings
from django.template import Context, Template
from django.test import Client
from django.utils import timezone, translation

from accompagnement.demo.cast import Cast
from tools.french_plurals import GATHERED, WRITTEN, entries

FRAME = {
    "Ma semaine",
    "Consigner",
    "Rapports",
    "Balises",
    "Calendrier",
    "Personnes",
    "Se déconnecter",
    "Aller au contenu",
}
SIGN_IN = {"Se connecter", "Courriel", "Mot de passe", "Chaque semaine compte", "poste partagé"}


def test_every_sentence_has_its_english() -> None:
    for entry in entries(GATHERED):
        assert "fuzzy" not in entry["flags"], entry["msgid"]
        assert all(text for keyword, text in entry.items() if keyword.startswith("msgstr")), entry["msgid"]


def test_no_placeholder_is_lost_or_invented() -> None:
    for entry in entries(GATHERED):
        named = {
            keyword: set(re.findall(r"%\(\w+\)[a-z]", text)) for keyword, text in entry.items() if keyword != "flags"
        }
        known = named["msgid"] | named.get("msgid_plural", set())
        last = named["msgstr[1]" if "msgid_plural" in entry else "msgstr"]
        assert last == known, entry["msgid"]
        assert set().union(*named.values()) == known, entry["msgid"]


@pytest.mark.parametrize("source", [GATHERED, WRITTEN], ids=["en", "fr"])
def test_what_is_compiled_is_what_is_written(source) -> None:
    with source.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for entry in entries(source):
        if "msgctxt" in entry:
            continue
        words = {
            key: text.replace("\\n", "\n").replace('\\"', '"').replace("\\\\", "\\") for key, text in entry.items()
        }
        if "msgid_plural" in words:
            for number, form in ((1, "msgstr[0]"), (2, "msgstr[1]")):
                assert compiled.ngettext(words["msgid"], words["msgid_plural"], number) == words[form], "make words"
        else:
            assert compiled.gettext(words["msgid"]) == words["msgstr"], "make words"


@pytest.mark.parametrize(
    ("language", "numbers"),
    [("fr-ca", ["0 point", "1 point", "2 points"]), ("en", ["0 points", "1 point", "2 points"])],
)
def test_nothing_is_singular_in_french_and_plural_in_english(language: str, numbers: list[str]) -> None:
    counted = Template(
        "{% load i18n %}{% blocktranslate count n=n %}{{ n }} point{% plural %}{{ n }} points{% endblocktranslate %}"
    )
    with translation.override(language):
        said = [counted.render(Context({"n": n})) for n in range(3)]
        assert said == numbers


def test_dates_and_hours_are_english_in_english() -> None:
    page = Template("{% load ui %}{{ day|long_date }}, {{ day|weekday_date }}, {{ day|day_month }}, {{ hour|clock }}")
    with translation.override("en"):
        said = page.render(Context({"day": date(2026, 11, 2), "hour": time(14, 30)}))
    assert said == "Monday, November 2, 2026, Monday, November 2, November 2, 2:30 p.m."


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("long_date", "le lundi 2 novembre 2026"),
        ("spoken_date", "2 novembre 2026"),
        ("weekday_date", "lundi 2 novembre"),
        ("full_date", "lundi 2 novembre 2026"),
        ("day_month", "2 novembre"),
        ("short_date", "2 nov."),
        ("clock", "21\u00a0h\u00a030"),
    ],
)
def test_an_instant_is_told_by_the_reader_s_clock(pattern: str, said: str) -> None:
    evening = datetime(2026, 11, 3, 2, 30, tzinfo=UTC)
    page = Template("{% load ui %}{{ instant|" + pattern + " }}")
    with translation.override("fr-ca"), timezone.override("America/Toronto"):
        assert page.render(Context({"instant": evening})) == said


def test_the_sign_in_is_french_until_the_visitor_chooses(client: Client, db: None) -> None:
    # The machine's installer chose the browser's language; the school did not.
    assert "Se connecter" in client.get("/comptes/login/", headers={"accept-language": "en-CA"}).content.decode()
    client.post("/langue/", {"language": "en", "next": "/comptes/login/"})
    english = client.get("/comptes/login/").content.decode()
    assert "Sign in" in english
    assert [words for words in SIGN_IN if words in english] == []


def test_an_english_board_reads_english(client: Client, cast: Cast, today) -> None:
    cast.board.language = "en"
    cast.board.save()
    client.force_login(cast.nadia)
    assert "My week" in client.get("/semaine/", headers={"accept-language": "fr-CA"}).content.decode()


def test_the_frame_follows_the_language_chosen(client: Client, cast: Cast, today) -> None:
    client.force_login(cast.nadia)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = client.get("/semaine/").content.decode()
    assert "My week" in page
    assert "Monday, November 23" in page
    assert [words for words in FRAME if words in page] == []
