"""Our PDF files: read by a screen reader, the same from the same facts, reaching nothing beside their text."""

from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from people.pdf import pdf_of
from tests.printed import faults_of, pages_of, scopes_of

SHEET = """{% extends "pdf/base.html" %}{% block title %}Fiche{% endblock %}{% block content %}<h1>Fiche</h1>
<h2>Critères</h2><table><caption>Ce qui est consigné</caption>
<thead><tr><th scope="col">Critère</th><th scope="col">Constat</th><th scope="col">Faits</th></tr></thead>
<tbody><tr><th scope="row">Taille</th><td>Atteint</td><td>{{ fact }}</td></tr>
<tr><th scope="row">Fréquence</th><td>Non atteint</td><td>3 sur 4</td></tr>
<tr><th scope="row">Durée</th><td>Atteint</td><td>Six mois</td></tr></tbody></table>
<figure><svg width="100" height="20" viewBox="0 0 100 20" role="img"><title>Une barre à 80 %</title>
<rect width="80" height="20" fill="#246"/></svg><figcaption>Une barre</figcaption></figure>
<p><a href="https://example.org/revue">La revue</a> {{ beside }}</p>{% for n in more %}{% if forloop.first %}<table>
<caption>Une longue liste</caption><thead>
<tr><th scope="col">N</th><th scope="col">A</th><th scope="col">B</th></tr></thead>
<tbody>{% endif %}<tr><th scope="row">{{ n }}</th><td>a</td><td>b</td></tr>
{% if forloop.last %}</tbody></table>{% endif %}
{% endfor %}{% endblock %}"""
DAY = date(2026, 11, 23)


@pytest.fixture
def sheet(tmp_path: Path, settings: Settings) -> str:
    (tmp_path / "sheet.html").write_text(SHEET, encoding="utf-8")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]
    return "sheet.html"


@pytest.mark.once
def test_two_checkers_find_nothing_and_each_header_says_what_it_heads(sheet: str) -> None:
    content = pdf_of(sheet, {"fact": "12 membres"}, read_on=DAY)
    assert faults_of(content) == []
    assert sorted(scopes_of(content)) == ["/Column"] * 3 + ["/Row"] * 3


@pytest.mark.once
def test_the_same_facts_give_the_same_bytes_and_others_other_ones(sheet: str) -> None:
    content = pdf_of(sheet, {"fact": "12 membres"}, read_on=DAY)
    assert pdf_of(sheet, {"fact": "12 membres"}, read_on=DAY) == content
    assert pdf_of(sheet, {"fact": "13 membres"}, read_on=DAY) != content


@pytest.mark.once
def test_a_table_over_several_pages_is_one_table(sheet: str) -> None:
    content = pdf_of(sheet, {"more": range(100)}, read_on=DAY)
    assert pages_of(content) > 2
    assert faults_of(content) == []
    assert scopes_of(content).count("/Column") == 3 + 3


@pytest.mark.once
def test_a_text_that_looks_like_a_page_is_a_text(sheet: str) -> None:
    """What somebody typed neither reads a file of the server nor asks another one."""
    typed = '<img src="file:///etc/passwd" alt="x"><link rel="attachment" href="file:///etc/passwd">'
    assert b"/EmbeddedFile" not in pdf_of(sheet, {"beside": typed}, read_on=DAY)
