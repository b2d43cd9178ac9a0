"""What the house asks of every file, read from the syntax tree; each rule is shown a fault and what resembles one."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from guidelines.catalogue import CATALOGUE
from tests import house
from tools.french_lint import faults_of_python, faults_of_template
from tools.sources import ROOT, sources

# The right to a page without a sign-in comes with no person whose rows these would be.
WITHOUT_A_PERSON = {("accompagnement/views.py", "SchoolBoard.objects.exists")}
# Where a person or a machine stands, and says which day it is there; and the two models that know their time zone.
MAY_READ_THE_CLOCK = re.compile(
    r"(^|/)(views|tasks|commands|templatetags|tests|demo)(/|\.py)|^people/models/(users|organisations)\.py|^(tools|tests|bench|faults)/"
)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def faults(paths: Iterable[Path], rule: Callable[[ast.AST], Iterable[tuple[int, str]]]) -> list[str]:
    return [
        f"{name(path)}:{line}: {what}"
        for path in paths
        for line, what in rule(ast.parse(path.read_text()))
        if (name(path), what) not in WITHOUT_A_PERSON
    ]


def views() -> list[Path]:
    found = [
        p for p in sources(suffixes=[".py"], outside=["tests", "tools"]) if p.name == "views.py" or "views" in p.parts
    ]
    assert found
    return found


def tracked_models() -> list[type[models.Model]]:
    found = [model for model in apps.get_models() if hasattr(model._meta, "simple_history_manager_attribute")]
    assert found
    return found


def test_views_reach_rows_for_somebody() -> None:
    assert not faults(views(), house.bare_queries)


def test_views_are_short() -> None:
    assert not faults(views(), house.long_functions)


def test_hints_begin_as_sentences() -> None:
    assert not faults(sources(suffixes=[".py"], outside=["tests"]), house.small_hints)
    shown = 'a = Field(help_text=_("six"))\nb.help_text = _("six")\nc = Field(help_text=_("Six"), label=_("six"))'
    assert sorted(line for line, _words in house.small_hints(ast.parse(shown))) == [1, 2]


def test_a_sentence_waits_for_its_reader_s_language() -> None:
    assert not faults(sources(suffixes=[".py"], outside=["tests"]), house.frozen_words)
    shown = (
        "A = {k: f(str(k.label)) for k in X}\nclass B:\n    c = str(words)\ndef d(): return str(words)\nE = f(k.label)"
    )
    assert sorted(line for line, _words in house.frozen_words(ast.parse(shown))) == [1, 3]


def test_files_are_short() -> None:
    long = [
        f"{name(path)}: {lines}"
        for path in sources(suffixes=[".py", ".html", ".css", ".js"], outside=["migrations"])
        if (lines := len(path.read_text().splitlines())) > house.CEILING_OF_A_FILE
    ]
    assert not long


def test_time_is_an_argument() -> None:
    below = [
        path for path in sources(suffixes=[".py"], outside=["migrations"]) if not MAY_READ_THE_CLOCK.search(name(path))
    ]
    assert not faults(below, house.clocks_read)


def test_what_has_a_history_is_not_updated_behind_its_back() -> None:
    """The demonstration writes its past in one go, before anybody has a history."""
    tracked = tracked_models()
    names = {model.__name__ for model in tracked}
    relations = {relation.get_accessor_name() for model in tracked for relation in relations_to(model)}
    every = sources(suffixes=[".py"], outside=["migrations", "tests", "tools", "bench", "faults", "demo"])
    paths = [path for path in every if "update(" in path.read_text()]
    assert not faults(paths, lambda tree: house.silent_updates(tree, names, relations))


def relations_to(model: type[models.Model]) -> Iterator[models.ForeignObjectRel]:
    """The ways from other rows to many rows of this model."""
    for field in model._meta.fields:
        if isinstance(field, models.ForeignKey) and not field.remote_field.hidden:
            yield field.remote_field


def test_templates_hold_no_code() -> None:
    found = [
        f"{name(path)}:{line}: {what}"
        for path in sources(suffixes=[".html"], outside=["tests"])
        for line, what in house.inline_code(path.read_text())
    ]
    assert not found


def test_marks_of_a_language_are_translated() -> None:
    """But on the page that says both languages, since nothing works."""
    found = [
        f"{name(path)}:{line}: {what}"
        for path in sources(ROOT / "templates", suffixes=[".html"])
        for line, what in house.marks_of_one_language(path.read_text())
        if path.name != "500.html"
    ]
    assert not found


def test_guidelines_are_named_by_their_entry() -> None:
    """``DYAD_GAP``, or a field of the entry, never its code: that stands in the catalogue alone."""
    outside = ["catalogue", "migrations", "tests"]
    assert not faults(sources(suffixes=[".py"], outside=outside), lambda tree: house.codes_written(tree, CATALOGUE))
    found = [
        f"{name(path)}:{line}: {code}"
        for path in sources(suffixes=[".html", ".txt"], outside=outside)
        for line, code in house.codes_in_template(path.read_text(), CATALOGUE)
    ]
    assert not found


def test_lines_of_templates_are_narrow() -> None:
    wide = [
        f"{name(path)}:{line}: {what}"
        for path in sources(ROOT / "templates", suffixes=[".html"])
        for line, what in house.wide_lines(path.read_text())
    ]
    assert not wide


def test_migrations_are_named() -> None:
    unnamed = [
        name(path) for path in sources(suffixes=[".py"]) if path.parent.name == "migrations" and "_auto_" in path.name
    ]
    assert not unnamed


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt", "requirements-uv.txt"])
def test_lock_files_pin_and_name_no_index(lock: str) -> None:
    text = (ROOT / lock).read_text()
    pins = re.findall(r"^[A-Za-z0-9](?:[^\n]*\\\n)*[^\n]*", text, re.MULTILINE)
    assert pins
    assert all("==" in pin and "--hash=sha256:" in pin for pin in pins)
    assert not re.findall(r"^\s*(?:-i|-f|--[a-z-]*(?:index|find-links)\S*)|://", text, re.MULTILINE)


VIEW_FAULTS = [
    "Dyad.objects.get(pk=pk)",
    "Dyad.objects.filter(board=board).order_by('pk')",
    "rows = Dyad.objects",
    "models.Dyad.objects.count()",
    "Dyad._default_manager.all()",
    "get_object_or_404(Dyad, pk=pk)",
    "render(request, 'x.html', {'n': Dyad.objects.filter(a=1).count()})",
    "rows = Lead.objects.active_on(on)\nrender(request, {'rows': rows})",
]
VIEW_FITS = [
    "Dyad.objects.visible_to(user).get(pk=pk)",
    "get_object_or_404(Dyad.objects.select_related('x').loggable_by(request.user), pk=pk)",
    "request.user.dyads.all()",
    "get_object_or_404(Meeting.objects.filter(dyad__in=Dyad.objects.visible_to(user)), pk=pk)",
    "Dyad.objects.visible_to(user).annotate(due=Exists(Meeting.objects.kept().filter(dyad=OuterRef('pk'))))",
    "rows = Lead.objects.active_on(on)\nGroup.objects.visible_to(user).prefetch_related(Prefetch('leads', rows))",
    "render(request, 'x.html', {'n': Dyad.objects.visible_to(user).filter(a=1)[:5]})",
]


@pytest.mark.parametrize("source", VIEW_FAULTS)
def test_a_bare_query_is_seen(source: str) -> None:
    assert list(house.bare_queries(ast.parse(source)))


@pytest.mark.parametrize("source", VIEW_FITS)
def test_a_scoped_query_is_let_through(source: str) -> None:
    assert not list(house.bare_queries(ast.parse(source)))


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("def f():\n  Dyad.objects.filter(a=1).update(b=2)", 1),
        ("def f():\n  rows = Dyad.objects.filter(a=1)\n  rows.update(b=2)", 1),
        ("def f(mentor):\n  mentor.dyads.filter(a=1).update(b=2)", 1),
        ("class S(models.QuerySet['Dyad']):\n  def g(self):\n    self.filter(a=1).update(b=2)", 1),
        ("def f(context):\n  context.update(b=2)", 0),
        ("def f():\n  Flag.objects.filter(a=1).update(b=2)", 0),
        ("def f():\n  values = Dyad.objects.get(a=1)\n  values.update(b=2)", 0),
    ],
)
def test_an_update_without_history_is_seen(source: str, count: int) -> None:
    assert len(list(house.silent_updates(ast.parse(source), {"Dyad"}, {"dyads"}))) == count


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ('<p style="color: red">', 1),
        ("<script>go()</script>", 1),
        ('<a href="javascript:go()">', 1),
        ('<button onclick="go()">', 1),
        ("<script src=\"{% static 'a.js' %}\" defer></script>", 0),
        ('<p class="online" data-on="x">', 0),
    ],
)
def test_inline_code_is_seen(source: str, count: int) -> None:
    assert len(house.inline_code(source)) == count


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("{{ name }}\u00a0: {{ words }}", 1),
        ("<p>\n«&nbsp;{{ words }}&nbsp;»</p>", 1),
        ('{{ name }}{% translate "\u00a0:" %} {{ words }}', 0),
        ("{% blocktranslate %}\n«\u00a0{{ words }}\u00a0»{% endblocktranslate %}", 0),
        ("{% comment %}kind: ok{% endcomment %}", 0),
    ],
)
def test_a_mark_of_one_language_is_seen(source: str, count: int) -> None:
    assert len(house.marks_of_one_language(source)) == count


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ('SILENCES = frozenset({"dyad-gap", "dyad-frequency"})', 2),
        ('Flag.objects.filter(guideline="dyad-gap")', 1),
        ("rows(f\"SELECT 1 FROM guidelines_flag WHERE guideline = 'dyad-gap' AND {x}\")", 1),
        ("Flag.objects.filter(guideline=DYAD_GAP.code)", 0),
        ('"""As for ``dyad-gap``."""', 0),
        ('path("vigilance/dyad-gaps/", page, name="my-dyad-gap")', 0),
    ],
)
def test_a_written_code_is_seen(source: str, count: int) -> None:
    assert len(list(house.codes_written(ast.parse(source), ["dyad-gap", "dyad-frequency"]))) == count


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("<p>\n{% if flag.guideline == 'dyad-gap' %}x{% endif %}", [2]),
        ('{{ flag.guideline|default:"dyad-gap" }}', [1]),
        ('<p class="dyad-gap" id="{{ dyad.pk }}">dyad-gap</p>', []),
    ],
)
def test_a_code_in_a_template_is_seen(source: str, lines: list[int]) -> None:
    assert [line for line, _code in house.codes_in_template(source, ["dyad-gap"])] == lines


def test_a_wide_line_is_seen() -> None:
    assert house.wide_lines("é" * 160 + "\n" + "é" * 161 + "\n") == [(2, "161 columns")]


FRENCH_FAULTS = [
    "<p>l'élève</p>",
    "<p>Dyade : ouverte</p>",
    "<dt>Dyade:</dt>",
    "<p>{{ name }} : absent</p>",
    "<p>Vraiment ?</p>",
    "<p>Un mois\u00a0; une étape</p>",
    "<p>« mot »</p>",
    "<p>Suite...</p>",
    "<p>un signalement</p>",
    '<a aria-label="l\'élève">x</a>',
    '{% translate "l\'élève" %}',
    "{% blocktranslate %}Le {{ day }} : rien{% endblocktranslate %}",
    "<strong>Dyade</strong> : ouverte",
    "<p>82 %</p>",
]
FRENCH_FITS = [
    "<p>l’élève, c’est «\u00a0ici\u00a0»\u00a0: 82\u00a0%, à 14\u00a0h\u00a030!</p>",
    "<p>?\u00a0: à consigner</p>",
    "<p>L&rsquo;élève&nbsp;: ici; là.</p>",
    '<a href="https://exemple.example/?a=1" data-x="a : b" class="l\'x">Lien</a>',
    "{# l'élève : ... #}{% comment %}l'élève{% endcomment %}<!-- l'élève -->",
    "{% if a == 'b' %}x{% endif %}<code>a : b</code>",
    "{% url 'x' y=\"z\" %}{{ a|default:'b' }}",
    "<p>De 8:30 à 9:15, 3:3:4</p>",
]


@pytest.mark.parametrize("source", FRENCH_FAULTS)
def test_a_fault_of_typography_is_seen(source: str, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(source)
    assert list(faults_of_template(path))


@pytest.mark.parametrize("source", FRENCH_FITS)
def test_right_typography_is_let_through(source: str, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(source)
    assert not [str(fault) for fault in faults_of_template(path)]


def test_only_what_gettext_is_given_is_french(tmp_path: Path) -> None:
    path = tmp_path / "page.py"
    path.write_text(
        'from django.utils.translation import gettext as _\nx = "don\'t"\ny = _("l\'élève")\nz = _(f"{x}")\n'
    )
    assert [fault.line for fault in faults_of_python(path)] == [3, 4]
