"""« Déclaré et consigné »: a programme's own words beside its log, without a name and without a judgement."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guidelines.tests.group_stage import GroupStage
from guidelines.tests.stage import Stage, week
from mentoring.models import DyadMeeting
from people.models import User
from programs.models import GroupMeeting, Program
from reports.declared import Compared, compared
from tests.cast import Cast

ClientOf = Callable[[User], Client]


def told(program: Program, on) -> dict[str, Compared]:
    return {str(line.what): line for line in compared(Program.objects.get(pk=program.pk), on=on)}


@pytest.mark.django_db
def test_a_group_s_meetings_beside_what_was_declared(long_after: None) -> None:
    stage = GroupStage()
    group, on = stage.new_group(6), week(8)
    Program.objects.update(meetings_per_unit=1, minutes=40)
    assert told(stage.program, on)["Fréquence"].is_few
    stage.program.activities.create(board=stage.board, name="Jeux", content="game", theme="social", format="teams")
    stage.meets(group, week(1), week(2), week(3), minutes=30, activities=["game", "exchange"])
    stage.meets(group, week(4), minutes=45, activities=["Le secret de Zoé"])
    stage.meets(group, week(5), status="not_held")
    stage.meets(group, week(6), status="planned")
    undone = stage.meets(group, week(7), minutes=300, activities=["schoolwork"])
    GroupMeeting.objects.filter(pk=undone[0].pk).update(deleted_at="2026-10-20T12:00:00Z")
    stage.meets(group, on, status="planned")
    lines = told(stage.program, on)
    assert (lines["Fréquence"].declared, lines["Fréquence"].of) == ("1 rencontre par semaine", 6)
    assert lines["Fréquence"].logged == "66\u00a0% des rencontres prévues sont tenues, 1 reste à consigner"
    assert (lines["Durée"].declared, lines["Durée"].logged) == ("40\u00a0min", "médiane\u00a0: 30\u00a0min")
    assert lines["Contenus"].declared == "Jeu"
    assert "Jeu\u00a0: 75\u00a0%" in lines["Contenus"].logged
    assert "Autre\u00a0: 25\u00a0%" in lines["Contenus"].logged
    assert lines["Contenus"].logged.endswith("25\u00a0% des rencontres hors des contenus déclarés")
    assert "Zoé" not in str(lines)
    assert (lines["Thèmes"].declared, lines["Thèmes"].of, lines["Thèmes"].is_few) == ("social", 3, True)
    stage.set_number("program-contents-drift", "least", 3)
    lines = told(stage.program, on)
    assert (lines["Thèmes"].logged, lines["Formats"].logged) == (
        "social\u00a0: 100\u00a0%",
        "en équipes\u00a0: 100\u00a0%",
    )
    stage.set_number("program-contents-drift", "least", 5)
    assert told(stage.program, on)["Contenus"].is_few
    assert "hors des" not in told(stage.program, on)["Contenus"].logged


@pytest.mark.django_db
def test_a_dyad_s_meetings_beside_what_was_declared(long_after: None) -> None:
    stage = Stage()
    Program.objects.update(mentoring_form="individual")
    dyad, on = stage.dyad(week(1)), week(8)
    said = {"setting": "individual", "activity": "discussion", "topic": "school", "minutes": 20, "planned": True}
    stage.meet(dyad, week(1), week(2), week(3), **said)
    stage.meet(dyad, week(4), **said | {"channel": "video", "setting": "group", "topic": ""})
    stage.meet(dyad, week(5), week(6), channel="phone", setting="individual", minutes=300)
    lines = told(stage.program, on)
    assert lines["Fréquence"].declared == lines["Contenus"].declared == "rien de déclaré"
    assert (lines["Forme"].declared, lines["Forme"].of) == ("individuel", 4)
    assert lines["Forme"].logged == "individuel\u00a0: 75\u00a0%, en groupe\u00a0: 25\u00a0%"
    assert lines["Moyen"].logged.endswith("25\u00a0%")
    assert lines["Durée"].logged == "médiane\u00a0: 20\u00a0min"
    assert (lines["Thèmes"].of, lines["Thèmes"].is_few) == (3, True)
    assert lines["Rôles"].declared == "à écrire"


@pytest.mark.once
def test_it_is_for_who_answers_for_the_programme_and_its_queries_do_not_grow(cast: Cast, client_of: ClientOf) -> None:
    for program, reader in ((cast.groups_program, cast.nadia), (cast.mentoring, cast.marc)):
        address = reverse("program", args=[program.pk])
        assert "Déclaré et consigné" not in client_of(reader).get(address).content.decode()
        page = client_of(cast.julie).get(address).content.decode()
        section = page.partition('id="declared"')[2].partition("</section>")[0]
        assert "Consigné" in section
        assert not [name for name in ("Inès", "Benali", "Maïka", "Nadia", "Marc") if name in section]

        def queries(address: str = address) -> int:
            with CaptureQueriesContext(connection) as found:
                client_of(cast.julie).get(address)
            return len(found)

        few = queries()
        for n in range(5):
            DyadMeeting.objects.create(
                board=cast.board, dyad=cast.ines_marc, on=cast.on, status="held", minutes=11 + n, topic="social"
            )
            GroupMeeting.objects.create(
                board=cast.board, group=cast.tremplin, on=cast.on, status="held", minutes=11 + n, activities=[f"{n}"]
            )
            program.activities.create(board=cast.board, name=f"A{n}", content=f"{n}", theme="social")
        assert queries() == few
