"""Break each rule of access in turn: ``make mutations`` (``ONLY=people.models`` for some of them; ``PLACES=1`` to
forget the rule at each place that asks it as well; ``AGAIN=1`` after a change of a test, to trust what reached what).

On SQLite, where nothing but the application's own filters keeps people apart. Exits with 1 when a break is not seen.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

import pytest

TESTS = (
    "tests/test_access_matrix.py::test_each_role_gets_its_due", "tests/test_visible_rows.py",
    "tests/test_api_rights.py", "tests/test_person_data.py", "tests/test_shut_out.py", "tests/test_offered_choices.py",
    "guidelines/tests/test_digest.py", "tests/test_looks.py", "tests/test_narrower_rows.py",
    "tests/log/test_substitutes.py", "tests/log/test_planning.py", "tests/log/test_undone.py",
    "programs/tests/test_groups.py", "programs/tests/test_lead_corrections.py", "tests/test_turn_of_a_year.py",
    "guidelines/tests/test_following.py", "guidelines/tests/test_group_pages.py", "reports/tests/test_jobs.py",
    "exchange/tests/test_api_tokens.py", "exchange/tests/test_api_writing.py", "tests/test_api_board.py",
)  # fmt: skip
"""Of access; a rule that others prove names them here."""


def main() -> int:
    os.environ["DATABASE_URL"] = "sqlite:///var/mutations.sqlite3"
    from tools.mutations.plugin import Mutations

    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder, "told.json")
        breaking = Mutations(
            os.environ.get("ONLY", ""), results, places="PLACES" in os.environ, again="AGAIN" in os.environ
        )
        quiet = ["-q", "-s", "--no-header", "--no-summary", "-p", "no:randomly", "-p", "no:cacheprovider"]
        pytest.main([*quiet, *TESTS], plugins=[breaking])
        if not results.exists():
            return 2
        told = json.loads(results.read_text())
    unseen = {rule: seen["why"] for rule, seen in told.items() if not seen["by"]}
    print(f"\n{len(told)} breaks, {len(told) - len(unseen)} seen, {len(unseen)} NOT SEEN")
    for rule, why in unseen.items():
        print(f"  {rule} ({why})")
    return 1 if unseen else 0


if __name__ == "__main__":
    sys.exit(main())
