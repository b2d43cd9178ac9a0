"""How prepared mentors are: each once, by what they completed before and after their first meeting."""

from datetime import timedelta

import pytest
from django.utils import timezone

from guidelines.models import GuidelineSetting
from guidelines.numbers import SPOKEN_OF
from mentoring.models import Dyad, DyadMeeting, Mentor, Training
from mentoring.numbers import TRAINING_MINUTES
from people.models import User
from programs.fixed_periods import Named, Period
from reports.asking import Ask
from reports.audiences import BOARD, STAFF, Audience
from reports.document import Document
from reports.registry import REPORTS
from reports.tables import Unsaid
from reports.training import Preparation, prepared
from tests.cast import Cast


def ask_of(cast: Cast, person: User, audience: Audience) -> Ask:
    assert person.board is not None
    named = Named("la période", Period(cast.on - timedelta(days=100), cast.on + timedelta(days=1)))
    return Ask(person, person.board, audience, named, on=cast.on, read_at=timezone.now())


def document(cast: Cast, person: User, audience: Audience) -> Document:
    edition = REPORTS["training"].edition_for(audience)
    assert edition is not None
    return edition.build(ask_of(cast, person, audience))


@pytest.fixture
def mentor(cast: Cast) -> Mentor:
    """One who has met, without any training yet."""
    found = cast.ines_marc.mentor
    Training.objects.filter(person=found.person).delete()
    return found


def stands(cast: Cast, mentor: Mentor) -> Preparation:
    rows = prepared(ask_of(cast, cast.julie, STAFF))
    return next(one.preparation for one in rows if one.mentor == mentor)


def test_training_counts_by_the_day_of_the_first_meeting(cast: Cast, mentor: Mentor) -> None:
    held = (
        DyadMeeting.objects.kept().held().meetings().filter(dyad__in=Dyad.objects.filter(mentor=mentor, ends_on=None))
    )
    first = held.order_by("on").first()
    assert first is not None
    assert stands(cast, mentor) == Preparation.NONE

    training = Training.objects.create(
        person=mentor.person, kind="initial", completed_on=first.on + timedelta(days=1), minutes=90
    )
    assert stands(cast, mentor) == Preparation.PARTIAL
    training.minutes = 120
    training.save()
    assert stands(cast, mentor) == Preparation.AFTER
    training.completed_on = first.on
    training.save()
    assert stands(cast, mentor) == Preparation.BEFORE


def test_every_mentor_is_counted_once_and_few_are_masked(cast: Cast, mentor: Mentor) -> None:
    people = list(document(cast, cast.julie, STAFF).sheets[0].table.cells)
    open_dyads = Dyad.objects.visible_to(cast.julie).open_on(cast.on)
    assert len(people) == len(set(open_dyads.values_list("mentor", flat=True)))

    *totals, _numbers, _left = document(cast, cast.robert, BOARD).sheets
    told = [cell for sheet in totals for line in sheet.table.cells for cell in line]
    assert Unsaid.MASKED in told
    assert not {1, 2, 3, 4} & {cell for cell in told if isinstance(cell, int)}
    assert not any(mentor.person.family_name in str(cell) for cell in told)


def test_the_minutes_asked_for_are_in_the_file(cast: Cast) -> None:
    asked = GuidelineSetting.objects.create(
        board=cast.board, guideline="mentor-training", name=SPOKEN_OF[TRAINING_MINUTES][1], value=150,
        starts_on=cast.on - timedelta(days=30), set_at=timezone.now(),
    )  # fmt: skip
    for person, audience in ((cast.julie, STAFF), (cast.robert, BOARD)):
        numbers = document(cast, person, audience).sheets[-2]
        assert numbers.name == "nombres-en-vigueur"
        assert asked.value in [cell for line in numbers.table.cells for cell in line]
