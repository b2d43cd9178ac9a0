"""A review of an ending that comes by a file: its case is closed here too, before or after the first evaluation."""

from pathlib import Path

import pytest
from django.core.management import call_command

from exchange.tests.bundles import write
from guidelines.catalogue.duration import DYAD_DURATION_SHORT
from guidelines.endings import to_review
from guidelines.evaluation import evaluate_board
from guidelines.models import Flag
from tests.cast import Cast


@pytest.mark.parametrize("evaluated_first", [True, False])
def test_a_review_that_comes_by_a_file_closes_its_case(cast: Cast, tmp_path: Path, evaluated_first: bool) -> None:
    if evaluated_first:
        evaluate_board(cast.board, on=cast.on)
    boards = f"key,name,kind,language\n{cast.board.key},{cast.board.name},{cast.board.kind},fr\n"
    row = f"dyad,what_happened,learnt,by,on\n{cast.olivia_sylvie.key},Un départ,Prévenir,{cast.julie.key},2026-11-20\n"
    files = {"boards.csv": boards.encode(), "ending_reviews.csv": row.encode()}
    for _time in range(2):
        call_command("import_bundle", str(write(tmp_path / "b.zip", files)))
    evaluate_board(cast.board, on=cast.on)
    assert Flag.objects.get(dyad=cast.olivia_sylvie, guideline=DYAD_DURATION_SHORT.code).state == "dismissed"
    assert not to_review(cast.julie).filter(dyad=cast.olivia_sylvie).exists()
