"""Who is of a group leaves with it, when the group's end alone says so."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accompagnement.demo.cast import Cast
from mentoring.departures import ties_of
from people.access import Role
from people.models import Membership, Student, User
from programs.actions.arrivals import add_member
from programs.actions.course import close_group
from programs.actions.structure import start_group
from programs.fixed_periods import Named, Period
from programs.models import SupportGroup
from programs.teachers import tenures
from reports.activity import activities
from reports.asking import Ask
from reports.audiences import TOTALS
from reports.choices import adults_of
from reports.dashboard import led_programs
from reports.summary.facts import Facts

pytestmark = [pytest.mark.once, pytest.mark.on_postgresql]

ClientOf = Callable[[User], Client]


@pytest.fixture
def former(cast: Cast) -> User:
    """An adult whose one group, with one student, ended last week: its end was said when it was opened."""
    adult = User.objects.create(board=cast.board, school=cast.school, email="zoe@rive-claire.example",
                                given_name="Zoé", family_name="Zeller")  # fmt: skip
    Membership.objects.create(board=cast.board, school=cast.school, person=adult, role=Role.RESOURCE_TEACHER)
    began, last_on = cast.on - timedelta(days=40), cast.on - timedelta(days=7)
    group = start_group(program=cast.groups_program, name="Ancrage", lead=adult, starts_on=began, last_on=last_on,
                        person=cast.julie, on=began)  # fmt: skip
    student = Student.objects.create(board=cast.board, school=cast.school, given_name="Zia", family_name="Zola")
    add_member(group=group, student=student, starts_on=began, person=cast.julie, on=began)
    return adult


def test_the_adult_and_the_student_of_a_group_that_ended_are_no_longer_counted_with_it(
    cast: Cast, former: User
) -> None:
    assert former.pk not in adults_of(cast.julie, led_programs(cast.julie, on=cast.on), on=cast.on)
    group = SupportGroup.objects.get(name="Ancrage")
    student = group.members.get().student_id
    assert [tenure.ends_on for tenure in tenures(group)] == [group.ends_on]
    assert ties_of([student], cast.on)[student].groups == 0


def test_who_was_to_come_after_the_end_of_a_group_is_counted_in_no_period(cast: Cast) -> None:
    began, last_on, coming = (cast.on - timedelta(days=days) for days in (40, 20, 10))
    group = start_group(program=cast.groups_program, name="Ancrage", lead=cast.karim, starts_on=began,
                        person=cast.julie, on=began)  # fmt: skip
    period, karim = Period(began, cast.on + timedelta(days=1)), User.objects.get_queryset().filter(pk=cast.karim.pk)
    ask = Ask(cast.julie, cast.board, TOTALS, Named("x", period), on=cast.on, read_at=timezone.now())

    def counted() -> tuple[int, int]:
        [line] = activities(cast.julie, karim, cast.board, period)
        return len({stay.person for stay in Facts.read(ask).present}), line.members

    before = counted()
    student = Student.objects.create(board=cast.board, school=cast.school, given_name="Zia", family_name="Zola")
    add_member(group=group, student=student, starts_on=coming, person=cast.julie, on=last_on)
    close_group(group=group, last_on=last_on, person=cast.julie, on=last_on)
    assert counted() == before


def test_a_referral_offers_the_members_of_a_group_whose_end_is_known(cast: Cast, client_of: ClientOf) -> None:
    def offered() -> set[str]:
        page = client_of(cast.julie).get(f"/jumelages/orienter/?groupe={cast.tremplin.pk}").content.decode()
        return {str(one) for one in cast.tremplin.students_on(cast.on) if one.listed_name in page}

    before = offered()
    close_group(group=cast.tremplin, last_on=cast.on + timedelta(days=60), person=cast.julie, on=cast.on)
    assert before
    assert offered() == before
