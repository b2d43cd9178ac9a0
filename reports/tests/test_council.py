"""« Bilan pour le conseil d’établissement »: two pages, two figures, the numbers of the other reports, and no name."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from people.access import Role
from people.models import Membership, Student
from people.suppression import FEWEST
from programs.fixed_periods import Named, Period
from programs.models import GroupMember, SupportGroup
from reports.asking import Ask
from reports.audiences import TOTALS
from reports.document import Document
from reports.formats import FORMATS, silent
from reports.registry import REPORTS
from reports.summary.meetings import Held, Meetings
from tests.cast import Cast
from tests.printed import faults_of, pages_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def asked(today: date) -> Ask:
    """By the principal of a generated school of 110 dyads, of October."""
    call_command("generate", "--size", "school", "--on", today.isoformat(), verbosity=0)
    held = Membership.objects.filter(role=Role.SCHOOL_MANAGER).select_related("person__board").first()
    assert held is not None
    assert held.person.board is not None
    named = Named("Octobre 2026", Period(date(2026, 10, 1), date(2026, 11, 1)))
    return Ask(held.person, held.person.board, TOTALS, named, on=today, read_at=timezone.now())


def built(name: str, ask: Ask) -> Document:
    edition = REPORTS[name].edition_for(TOTALS)
    assert edition is not None
    return edition.build(ask)


def test_two_pages_in_plain_words_with_the_numbers_of_the_other_reports_and_no_name(asked: Ask) -> None:
    found, out = built("council", asked), BytesIO()
    FORMATS["pdf"].write(found, out, silent)

    assert pages_of(out.getvalue()) == 2
    assert faults_of(out.getvalue()) == []
    assert len(found.pictures) == 2
    said = " ".join([*map(str, found.words), *(picture.svg for picture in found.pictures)])
    assert not [one for one in Student.objects.all() if one.family_name and f" {one.family_name}" in said]

    words = " ".join(map(str, found.words))
    summary = {str(line.what): line.number for line in built("summary", asked).sheets[0].rows}  # type: ignore[attr-defined]
    for measure in ("Élèves accompagnés le dernier jour", "Dyades en cours", "Groupes", "Rencontres tenues"):
        assert f"{summary[measure]} " in words, measure
    assert found.pictures[0].title in words
    assert re.findall(r"\d+\u00a0%", str(found.words[-1])) == re.findall(r"\d+\u00a0%", found.pictures[0].title)


def words_of(cast: Cast, period: Period) -> list[str]:
    asked = Ask(cast.julie, cast.board, TOTALS, Named("la période", period), on=cast.on, read_at=timezone.now())
    return [str(words) for words in built("council", asked).words]


def test_a_number_that_would_give_a_small_one_back_is_not_said_to_be_small(cast: Cast) -> None:
    """One dyad beside a group of thirteen: the number of students is none of a few."""
    cast.mentoring.dyads.exclude(pk=cast.ines_marc.pk).update(ends_on=cast.on)
    [words] = [one for one in words_of(cast, Period(cast.on, cast.on + timedelta(days=1))) if "se dit pas" in one]
    assert words.endswith("il est petit, ou il ferait retrouver un petit nombre.")


def test_nobody_and_nothing_are_said_in_words(cast: Cast) -> None:
    assert words_of(cast, Period(date(2019, 1, 7), date(2019, 2, 1))) == [
        "Le dernier jour de la période, personne n’était accompagné.",
        "Aucune rencontre n’a eu lieu, en dyade ou en groupe.",
    ]


def test_thousands_are_grouped_in_words(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Meetings, "at", lambda _self, _place: Held(held=2390))
    words = words_of(cast, Period(cast.on.replace(day=1), cast.on + timedelta(days=1)))
    assert "2\u00a0390 rencontres ont eu lieu, en dyade ou en groupe." in words


def test_the_sizes_of_groups_are_drawn_of_all_or_of_none(cast: Cast) -> None:
    """Beside how many students there are in all, the sizes of the other groups would give that of a small one."""
    period = Period(cast.on.replace(day=1), cast.on + timedelta(days=1))
    asked = Ask(cast.julie, cast.board, TOTALS, Named("Novembre", period), on=cast.on, read_at=timezone.now())
    groups = SupportGroup.objects.filter(program=cast.groups_program).active_on(cast.on)
    of_group = {group: GroupMember.objects.filter(group=group).active_on(cast.on) for group in groups}
    assert {len(members) >= FEWEST for members in of_group.values()} == {True}
    [picture] = built("council", asked).pictures
    assert all(group.name in picture.svg for group in of_group)

    last = [one.pk for one in list(of_group.values())[-1]]
    GroupMember.objects.filter(pk__in=last[FEWEST - 1 :]).update(ends_on=cast.on)
    found = built("council", asked)
    assert not found.pictures
    assert any("taille des groupes" in str(words) for words in found.words)
