"""The linters are part of the suite."""

import pytest

from tools.lint import STEPS, Step


@pytest.mark.lint
@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_the_sources_pass(step: Step) -> None:
    result = step.run()
    assert result.returncode == 0, result.stdout
