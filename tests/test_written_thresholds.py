"""No number of the catalogue is written again elsewhere: a board or a programme may have changed it."""

import ast
from pathlib import Path

import pytest

from guidelines.catalogue import ENTRIES
from tests import house_numbers as house
from tools.sources import ROOT, sources

NUMBERS = house.numbers_of(ENTRIES)
OUTSIDE = ["catalogue", "migrations", "tests", "tools", "bench", "faults", "demo", "synthetic", "people", "exchange"]
LANDMARKS = "what the review found of lengths, whatever a board asks of its own"
THE_SAME_BY_CHANCE = {
    ("guidelines/evidence.py", "WEEKS 8"): "the weeks of the strip",
    ("guidelines/forms.py", "trois mois"): "how far a finding may be put off",
    ("programs/log/forms.py", "USUAL_MINUTES 10"): "a length offered",
    ("programs/log/forms.py", "USUAL_MINUTES 60"): "a length offered",
    ("programs/templatetags/group_tags.py", "minutes 60"): "an hour",
    ("reports/heatmap.py", "len(missed) 4"): "the fewest weeks that a title speaks of",
    ("reports/lengths.py", "MONTHS 3"): LANDMARKS,
    ("reports/lengths.py", "MONTHS 6"): LANDMARKS,
    ("reports/lengths.py", "six mois"): LANDMARKS,
    ("reports/urgency.py", "WEEKS 8"): "the weeks of the strip",
    ("reports/classes.py", "cinq élèves"): "the fewest people that a count shows",
    ("programs/models/programs.py", "CALL_WEEKS 4"): "the weeks between two support calls",
}
"""By file and fault, what such a number is when it is no bound."""


def found_in(path: Path) -> list[tuple[int, str]]:
    text = path.read_text()
    if path.suffix == ".html":
        return list(house.thresholds_said(text, NUMBERS))
    tree = ast.parse(text)
    said = [(line, what) for line, told in house.sentences(tree) for _n, what in house.thresholds_said(told, NUMBERS)]
    return [*house.thresholds_written(tree, NUMBERS), *said]


def test_the_numbers_of_the_catalogue_stand_there_alone() -> None:
    written = [
        f"{name}:{line}: {what}"
        for path in sources(suffixes=[".py", ".html"], outside=OUTSIDE)
        for line, what in found_in(path)
        if ((name := str(path.relative_to(ROOT))), what) not in THE_SAME_BY_CHANCE
    ]
    assert not written


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("LARGE, TOO_LARGE = 12, 15", 2),
        ("TRAINING_MINUTES: int = 120", 1),
        ("MONTHS = (0, 3, 6, 10)", 2),
        ("over = row.size > 15", 1),
        ("near = 12 < len(members) <= 15", 2),
        ("def early(dyad, months=6): ...", 1),
        ("def early(*, short: int = 6): ...", 1),
        ("PAGE = 12", 0),
        ("SIZE_OF_A_CHUNK = 500", 0),
        ("over = row.size > bounds.most", 0),
        ("later = on + timedelta(weeks=4)", 0),
    ],
)
def test_a_written_threshold_is_seen(source: str, count: int) -> None:
    assert len(list(house.thresholds_written(ast.parse(source), NUMBERS))) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Aucun groupe ne dépasse 12", 1),
        ("de 13 à 15 membres", 1),
        ("zone de 13 à 15", 1),
        ("au-delà de 15, chaque élève", 1),
        ("Six mois au moins", 1),
        ("120\u00a0minutes de formation", 1),
        ("%(most)s membres", 0),
        ("Boyer (2014), §\u00a02.2", 0),
        ("Vingt lignes au plus, de 5 à 10 jours", 0),
        ("la ligne 12", 0),
    ],
)
def test_a_threshold_in_a_sentence_is_seen(text: str, count: int) -> None:
    assert len(list(house.thresholds_said(text, NUMBERS))) == count
