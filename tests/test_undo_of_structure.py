"""Whatever an action writes can be undone and corrected, or a line says why not."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model
from django.urls import get_resolver

import tests.test_access_matrix as matrix
from programs.gestures.kinds import KINDS, Made
from programs.models import LoggedRecord
from tests.rehearsal import OURS
from tools.sources import ROOT, sources

pytestmark = pytest.mark.on_postgresql

MAKES = {"create", "get_or_create", "update_or_create", "bulk_create"}
DECIDED = (["actions"], ["following"], ["reviewing"])
"""Where people decide of guidelines; evaluations write the rest."""
WHY_NOT = {
    "Attendance": "said again with its meeting, whose versions keep it",
    "AuditEntry": "the journal is never changed",
    "Consent": "withdrawn, for good, by an address of its own",
    "Doubt": "withdrawn, heard and reopened by addresses of its own",
    "Draft": "what one types, forgotten once it is saved",
    "EndingReview": "said again, with both versions side by side",
    "ExpectedResult": "a line of a text that is corrected whole",
    "FormerGrade": "what a grade was: no one enters it",
    "FlagEvent": "what one decides is decided again, or taken back with its batch",
    "Foundation": "one's own text, corrected whole",
    "Gesture": "what undoes, itself",
    "MailPreference": "a choice, changed by choosing again",
    "Mentor": "a person as mentor: made and corrected on the page of people",
    "MatchingRound": "pending until it is published; then its dyads are taken back together (« matching_cancel »)",
    "Message": "a letter: what has not left is dropped with the matches that it tells of",
    "MentorApproach": "one's own text of a day, said again that day",
    "Parting": "said again, with both versions side by side",
    "Minute": "that one was offered it, replaced by offering it again",
    "MinuteItem": "left out, then asked again, by one press each; its words never change, or what was answered would",
    "MinuteTally": "a count that knows nobody: who could take an answer back would know whose it is",
    "Notification": "what one was told, once",
    "Outcome": "three numbers of a page that is said again whole",
    "ProgramGuideline": "followed or no longer, by one press each",
    "ProgramRole": "a text of a page that is corrected whole",
    "Proposal": "changed, left out and proposed again for as long as its round pends",
    "RoleAcknowledgement": "a reading: it goes with other words",
    "SchoolDay": "a day of the calendar, changed by changing it again",
    "TalkRequest": "said done or to do by the adult who was chosen, by one press each",
    "Term": "the calendar’s own pages",
    "StyleSelfAssessment": "one's own look of a day, said again that day",
}


def written() -> set[type[Model]]:
    """The models that people’s actions make rows of, by class or from the row that they belong to."""
    ours = {model.__name__: model for model in apps.get_models() if model._meta.app_label in OURS}
    paths = [path for path in sources(suffixes=[".py"], outside=["tests", "migrations"]) if is_action(path)]
    assert paths
    return {ours[name] for path in paths for name in made_in(ast.parse(path.read_text()), ours)}


def is_action(path: Path) -> bool:
    app, *parts = path.relative_to(ROOT).with_suffix("").parts
    return (app in {"programs", "mentoring"} and "actions" in parts) or (app == "guidelines" and parts in DECIDED)


def made_in(tree: ast.AST, ours: dict[str, type[Model]]) -> Iterator[str]:
    related = {}
    for model in ours.values():
        for field in model._meta.fields:
            if field.remote_field and not field.remote_field.hidden:
                related[field.remote_field.get_accessor_name()] = model.__name__
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            func = node.func
            if isinstance(func, ast.Name) and func.id in ours:
                yield func.id
            if isinstance(func, ast.Attribute) and func.attr in MAKES:
                names = [one.id for one in ast.walk(func) if isinstance(one, ast.Name)]
                attributes = [one.attr for one in ast.walk(func.value) if isinstance(one, ast.Attribute)]
                yield from (name for name in names if name in ours)
                yield from (related[name] for name in attributes if name in related and not set(names) & set(ours))


def test_what_an_action_writes_is_undone_and_corrected_or_says_why_not() -> None:
    kinds = {kind.model: kind for kind in KINDS.values() if isinstance(kind, Made)}
    silent = []
    for model in written():
        if issubclass(model, LoggedRecord) or model.__name__ in WHY_NOT:
            continue
        kind = kinds.get(model)
        if kind is None or not (kind.edit or kind.why_no_edit):
            silent.append(model.__name__)
    assert not silent


def test_corrections_have_their_address_and_reasons_their_model() -> None:
    names = {str(name) for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert {kind.edit for kind in KINDS.values() if isinstance(kind, Made) and kind.edit} <= names
    assert set(WHY_NOT) <= {model.__name__ for model in apps.get_models()}
    assert {"made_undo", "gesture_undo"} <= {name for name, *_ in matrix.ROWS}


@pytest.mark.parametrize(
    ("source", "made"),
    [
        ("Pause.objects.create(dyad=1)", {"Pause"}),
        ("Dyad(mentor=1)", {"Dyad"}),
        ("of.pauses.create(on=1)", {"Pause"}),
        ("rows.filter(pk=1)", set()),
    ],
)
def test_the_reader_of_actions_sees_what_is_made(source: str, made: set[str]) -> None:
    ours = {model.__name__: model for model in apps.get_models() if model._meta.app_label in OURS}
    assert set(made_in(ast.parse(source), ours)) == made
