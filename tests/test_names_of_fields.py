"""No field is called like what a form has of its own in a browser: ``form.elements`` would be that field."""

import re
from collections.abc import Iterator

from django import forms
from django.urls import get_resolver

from accompagnement import auth_forms
from tests.test_layers import OURS
from tools.sources import ROOT

OF_A_FORM = frozenset(
    [
        "action", "attributes", "autocomplete", "children", "classList", "dataset", "elements", "encoding", "enctype",
        "hidden", "id", "isConnected", "length", "matches", "method", "name", "noValidate", "querySelector",
        "querySelectorAll", "requestSubmit", "reset", "submit", "target",
    ]
)  # fmt: skip
"""Members of ``HTMLFormElement`` that a page's script reads or calls: a field of that name hides them."""

ALLOWED = frozenset({"name"})
"""What a group or a programme is called: a form's own name is of no use to a script, and none asks it (tested)."""

CONTROL = re.compile(r'<(?:input|select|textarea|button)\b[^>]*?\sname="([A-Za-z]+)"')


def declared(kind: type[forms.BaseForm] = forms.BaseForm) -> Iterator[type[forms.BaseForm]]:
    for one in kind.__subclasses__():
        if one.__module__.partition(".")[0] in OURS:
            yield one
        yield from declared(one)


def test_no_declared_field_hides_what_a_form_has() -> None:
    assert get_resolver().url_patterns  # loads every view, and so every form
    assert auth_forms
    ours = list(declared())
    assert len(ours) > 50
    hiding = {one.__qualname__: set(getattr(one, "base_fields", {})) & (OF_A_FORM - ALLOWED) for one in ours}
    assert not {form: names for form, names in hiding.items() if names}


def test_no_written_control_hides_what_a_form_has() -> None:
    written = {path: set(CONTROL.findall(path.read_text())) for path in (ROOT / "templates").rglob("*.html")}
    assert any(written.values())
    assert not {path.name: names for path, names in written.items() if names & (OF_A_FORM - ALLOWED)}


def test_no_script_asks_a_form_for_a_name_that_a_field_may_have() -> None:
    asked = re.compile(rf"\bform\.({'|'.join(ALLOWED)})\b")
    assert not [path.name for path in (ROOT / "static").rglob("*.js") if asked.search(path.read_text())]
