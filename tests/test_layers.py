"""The contract that import-linter reads leaves no room of the house out."""

import ast
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
CONFIGURATION = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
OURS = sorted(app.name for app in apps.get_app_configs() if Path(app.path).parent == ROOT)
# They stand beside the product: it must run without them.
BESIDE = {"tools", "tests", "bench", "faults", "conftest"}


def test_every_app_has_its_layer() -> None:
    [contract] = CONFIGURATION["contracts"]
    layers = [[name.strip() for name in layer.split("|")] for layer in contract["layers"]]
    assert sorted(name for layer in layers for name in layer) == OURS
    assert sorted(CONFIGURATION["root_packages"]) == OURS
    assert layers == [
        ["accompagnement"],
        ["reports", "exchange"],
        ["guidelines"],
        ["mentoring"],
        ["programs"],
        ["people"],
    ]
    assert contract["ignore_imports"] == ["*.tests.** -> accompagnement.demo.cast"]


@pytest.mark.parametrize("app", OURS)
def test_the_product_does_not_lean_on_its_tools(app: str) -> None:
    leaning = []
    for path in (ROOT / app).rglob("*.py"):
        if "tests" in path.relative_to(ROOT).parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            leaning += [f"{path.relative_to(ROOT)}: {name}" for name in names if name.split(".")[0] in BESIDE]
    assert not leaning


def test_no_room_is_called_utils_or_services() -> None:
    named = [path for app in OURS for word in ("utils", "services") for path in (ROOT / app).rglob(f"{word}*")]
    assert not named
