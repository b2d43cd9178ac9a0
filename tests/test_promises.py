"""What the documents promise names tests that exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NAMED = re.compile(r"`((?:[a-z_]+/)+[a-z_]+\.py)(?:::(test_\w+))?`")
FEWEST = 20


@pytest.mark.parametrize("document", ["security.md", "privacy.md"])
def test_each_promise_names_a_test_that_exists(document: str) -> None:
    named = NAMED.findall((ROOT / "docs" / document).read_text())
    assert len(named) >= FEWEST
    gone = []
    for file, test in named:
        path = ROOT / file
        if not path.exists() or (test and f"def {test}(" not in path.read_text()):
            gone.append(f"{file}::{test}")
    assert not gone
