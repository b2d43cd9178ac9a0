"""What one sending wrote in two records stays together, also when one goes back on a correction."""

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accompagnement.demo.cast import Cast
from mentoring.models import FollowUp, TeacherLiaison
from people.models import User

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("logged", "corrected"),
    [({"work_heard": "on"}, {}), ({}, {"work_heard": "on"}), ({"work_heard": "on"}, {"achievement_heard": "on"})],
)
def test_going_back_on_a_routine_s_correction_says_again_what_was_heard(
    cast: Cast, client_of: Callable[[User], Client], logged: dict[str, Any], corrected: dict[str, Any]
) -> None:
    marc, form = client_of(cast.marc), {"entry_uuid": str(uuid.uuid4()), "day": "2026-11-23", "recognised": "on"}

    def heard() -> list[tuple[bool, bool]]:
        return list(TeacherLiaison.objects.kept().values_list("achievement_heard", "work_heard"))

    marc.post(f"/dyades/{cast.ines_marc.pk}/routine/", form | logged)
    before = heard()
    edit = f"/entrees/routine/{FollowUp.objects.get().pk}/modifier/"
    change = corrected | {"lates_reviewed": "on", "saved_at": marc.get(edit).context["saved_at"]}
    banner = marc.post(edit, form | change, follow=True).content.decode()
    assert heard() != before
    undo = re.search(r'action="(/suivis/[^"]+/annuler/[^"]*)"', banner)
    assert undo
    for _press in range(2):
        assert marc.post(undo[1].replace("&amp;", "&")).status_code == 302
    assert not FollowUp.objects.get().lates_reviewed
    assert heard() == before
