"""Between two school years a kept dyad owes nothing: what June comes to say of it rests until September can speak."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from accompagnement.demo.cast import Cast
from guidelines.evaluation import evaluate_board
from guidelines.models import Flag
from mentoring.models import Dyad, DyadMeeting
from people.models import User
from programs.models import Gesture, SchoolDay
from tests.test_turn_of_a_year import (
    DAY,
    JUNE,
    NEXT,
    RESUMES,
    WEEK,
    address,
    do,
    last_class_day,
    look,
    noon,
    open_next,
    shown,
    undo,
)

pytestmark = pytest.mark.once

ClientOf = Callable[[User], Client]


def test_what_june_comes_to_say_later_of_a_kept_dyad_rests_until_the_new_weeks_speak(
    cast: Cast, client_of: ClientOf
) -> None:
    """Its last weeks, still within their days to log when the year is turned, are missed in July."""
    open_next(cast)
    dyad, last = cast.thomas_nadia, last_class_day(cast.school)
    dyad.meetings.filter(status="planned").delete()
    dyad.timetables.all().delete()
    days = SchoolDay.objects.class_days().filter(school=cast.school, date__gte=cast.on, date__lt=last - WEEK)
    DyadMeeting.objects.bulk_create(
        DyadMeeting(board=cast.board, dyad=dyad, on=one.date, status="held", channel="in_person") for one in days
    )
    Dyad.objects.filter(pk=dyad.pk).update(committed_until=NEXT.ends_on - WEEK)

    def watched(day: date, *, write: bool = True) -> bool:
        with noon(day):
            if write:
                evaluate_board(cast.board, on=day)
            return Flag.objects.to_watch(day).filter(dyad=dyad).exists()

    assert not watched(last), "nothing yet"
    with noon(last):
        client, path = client_of(cast.julie), address(cast.mentoring)
        said = shown(client, path)
        assert "dyad-no-contact" not in {
            one.guideline.code for one in look(client, path, said).context["foresight"].appear
        }
        do(client, path, said)
    for day in (JUNE, RESUMES + 4 * DAY, RESUMES + 3 * WEEK - DAY):
        assert not watched(day), day
    assert Flag.objects.live().filter(dyad=dyad, guideline="dyad-gap").exists(), "the evaluation says it"
    with noon(RESUMES + 3 * WEEK - DAY):
        page = client_of(cast.julie).get(f"/dyades/{dyad.pk}/").content.decode()
        for flag in Flag.objects.live().filter(dyad=dyad, guideline="dyad-gap"):
            assert f"/vigilance/{flag.pk}/" not in page
    assert watched(RESUMES + 3 * WEEK), "silent in September too"
    with noon(JUNE):
        undo(client_of(cast.julie), Gesture.objects.get(kind="annee-suivante"))
    assert watched(RESUMES, write=False), "without the turn, nothing rests"
