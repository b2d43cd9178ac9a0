"""The verbs of the journal: declared in one place, in one grammar, each written somewhere and told in a sentence."""

import ast
from dataclasses import asdict
from pathlib import Path

import pytest
from django.utils.text import format_lazy

from accompagnement.demo.cast import Cast
from mentoring.audit_verbs import DYAD
from people import audit
from people.audit_registry import DECLARED, Verb
from people.checks import faults
from people.models import AuditEntry
from programs.audit_verbs import GROUP
from tests import house
from tools.sources import ROOT, sources

DECLARATIONS = "audit_verbs.py"


def code(*, declarations: bool) -> list[Path]:
    """The files that declare verbs, or all the others of the product."""
    files = sources(suffixes=[".py"], outside=["tests", "tools", "bench", "faults", "migrations"])
    found = [path for path in files if (path.name == DECLARATIONS) is declarations]
    assert found
    return found


def parsed(path: Path) -> ast.AST:
    return ast.parse(path.read_text())


def test_every_verb_declared_is_written_somewhere() -> None:
    declared = {name for path in code(declarations=True) for _line, name in house.declared_verbs(parsed(path))}
    read = set().union(*(house.names_read(parsed(path)) for path in code(declarations=False)))
    assert declared
    assert not declared - read


def test_verbs_are_declared_in_their_place_only() -> None:
    made = [
        (path.relative_to(ROOT).as_posix(), what)
        for path in code(declarations=False)
        for _line, what in house.verbs_made(parsed(path))
    ]
    # The registry makes them, the checks read them all.
    assert made == [("people/audit_registry.py", "Verb()"), ("people/checks.py", "DECLARED")]


def test_the_registry_holds_every_declaration() -> None:
    lines = [name for path in code(declarations=True) for _line, name in house.declared_verbs(parsed(path))]
    assert len(lines) == len(DECLARED)


@pytest.mark.parametrize(
    "source",
    [
        "audit.record(verb=Verb('dyad.started', ''))",
        "audit_registry.Verb('dyad.started', '')",
        "from people.audit_registry import Verb, declare",
    ],
)
def test_a_verb_made_on_the_spot_is_seen(source: str) -> None:
    assert list(house.verbs_made(ast.parse(source)))


def test_a_verb_is_declared_by_its_name_or_by_a_part_of_a_relation() -> None:
    source = "A = declare('a.b', x)\nB = Relation(started=declare('c.d', x), other=find(x))\nC = x.declare(y)"
    assert [name for _line, name in house.declared_verbs(ast.parse(source))] == ["A", "started"]


@pytest.mark.parametrize(
    ("stored", "sentence"),
    [
        ("add_member", "%(person)s a ajouté."),
        ("dyad.start", "%(person)s a commencé."),
        ("school_year_opened", "%(person)s a ouvert."),
        ("dyad.planned_weekly", "%(person)s a planifié."),
        ("Dyad.started", "%(person)s a commencé."),
        (f"dyad.{'o' * 60}_started", "%(person)s a commencé."),
        ("dyad.started", "Une dyade a commencé."),
        ("dyad.started", "%(person)s a commencé %(subject)s."),
        ("dyad.started", "%(person)s a commencé à 100 %."),
    ],
)
def test_a_verb_of_another_grammar_or_without_its_person_is_refused(stored: str, sentence: str) -> None:
    sound = Verb("group.member_added", format_lazy("%(person)s a ajouté un élève."))
    assert [code for code, _fault in faults([sound, Verb(stored, format_lazy(sentence))])] == [stored]


def test_a_verb_declared_twice_is_refused() -> None:
    one = Verb("dyad.started", format_lazy("%(person)s a formé une dyade."))
    other = Verb("dyad.started", format_lazy("%(person)s a commencé une dyade."))
    assert list(faults([one, other])) == [("dyad.started", "is declared 2 times")]


@pytest.mark.parametrize(("kind", "verbs"), [("group", GROUP), ("dyad", DYAD)])
def test_the_same_deed_on_a_group_and_on_a_dyad_has_the_same_name(kind: str, verbs: object) -> None:
    assert all(verb["code"] == f"{kind}.{name}" for name, verb in asdict(verbs).items())  # type: ignore[call-overload]


def test_the_journal_says_who_did_what(cast: Cast) -> None:
    dyad = cast.ines_marc
    for person in (cast.julie, None):
        audit.record(board=dyad.board, person=person, verb=DYAD.started, subject=dyad)
    AuditEntry.objects.create(board=dyad.board, person=cast.julie, verb="dyad.of_old", subject_type="")
    told = [entry.sentence for entry in AuditEntry.objects.order_by("-pk")[:3]]
    assert told == ["dyad.of_old", "Le système a formé une dyade.", "Julie Archambault a formé une dyade."]
