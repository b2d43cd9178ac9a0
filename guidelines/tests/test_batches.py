"""Bulk work on Vigilance, from outside: what each may do to many, what is said first, what « Annuler » gives back."""

import html
import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accompagnement.demo.cast import Cast
from guidelines import actions, listing, tasks
from guidelines.badges import to_reach_count
from guidelines.evaluation import evaluate_board
from guidelines.models import Flag, FlagEvent
from mentoring.models import Dyad
from people.models import AuditEntry, Message, User

pytestmark = pytest.mark.on_postgresql

ClientOf = Callable[[User], Client]
LATER = timedelta(days=14)
CHOOSE = "/vigilance/lot/"


@pytest.fixture
def evaluated(cast: Cast) -> Cast:
    for board in (cast.board, cast.other_board):
        evaluate_board(board, on=cast.on)
    return cast


def text(response: object) -> str:
    return re.sub(r"\s+", " ", html.unescape(response.content.decode()))  # type: ignore[attr-defined]


def choose(client: Client, deed: str, *flags: Flag, **said: str) -> str:
    """The address of the summary."""
    response = client.post(CHOOSE, {"geste": deed, "point": [flag.pk for flag in flags], **said})
    assert response.status_code == 302
    return str(response["Location"])


def state(flag: Flag) -> tuple[str, User | None, date | None]:
    flag.refresh_from_db()
    return flag.state, flag.taken_by, flag.until


def of(guideline: str, **subject: object) -> Flag:
    return Flag.objects.get(guideline=guideline, **subject)


def why(cast: Cast) -> dict[str, str]:
    review_on = (cast.on + LATER).isoformat()
    return {"reason": "Absence annoncée à toute l’équipe", "reason_code": "known", "review_on": review_on}


def test_many_are_set_aside_with_one_reason_the_number_falls_and_undo_gives_all_back(
    evaluated: Cast, client_of: ClientOf
) -> None:
    julie, silence = client_of(evaluated.julie), of("dyad-critical-period", dyad=evaluated.ines_marc)
    large, before = of("group-too-large", group=evaluated.elan), to_reach_count(evaluated.julie)
    actions.take_in_charge(flag=large, person=evaluated.julie, on=evaluated.on, until=evaluated.on + LATER)
    was = {flag.pk: state(flag) for flag in Flag.objects.live()}
    events = FlagEvent.objects.exclude(kind="seen").count()

    summary = choose(julie, "dismiss", silence, large)
    said = text(julie.get(summary))
    assert "Vous allez écarter 5 points de vigilance de 1 relation et 1 groupe." in said
    assert "Inès Benali" in said
    assert state(silence)[0] == Flag.State.OPEN, "nothing is done before it is confirmed"
    assert julie.post(summary, {"reason": "vu", "review_on": ""}).status_code == 422

    done = julie.post(summary, why(evaluated), follow=True)
    assert "5 points sont écartés." in text(done)
    rhythm = Flag.objects.filter(dyad=evaluated.ines_marc, guideline__in=["dyad-gap", "dyad-frequency"])
    assert {state(flag)[0] for flag in (silence, large, *rhythm)} == {"dismissed"}
    assert to_reach_count(evaluated.julie) == before - 2
    told = FlagEvent.objects.filter(flag=large).last()
    assert (told.person, told.reason_code, told.until) == (evaluated.julie, "known", evaluated.on + LATER)
    assert AuditEntry.objects.filter(verb="flag.dismissed", person=evaluated.julie).count() == 2
    julie.post(summary, why(evaluated))
    assert AuditEntry.objects.filter(verb="flag.dismissed").count() == 2, "sent twice, it is done once"

    assert "5 points de vigilance sont revenus où ils en étaient" in text(julie.post(f"{summary}annuler/", follow=True))
    assert {flag.pk: state(flag) for flag in Flag.objects.live()} == was
    assert FlagEvent.objects.exclude(kind="seen").count() == events
    assert to_reach_count(evaluated.julie) == before - 1
    assert "plus rien à annuler" in text(julie.post(f"{summary}annuler/", follow=True))


def test_what_others_decide_meanwhile_is_left_before_and_after(evaluated: Cast, client_of: ClientOf) -> None:
    julie, alain = client_of(evaluated.julie), client_of(evaluated.alain)
    elan, passerelle = (of("group-too-large", group=group) for group in (evaluated.elan, evaluated.passerelle))
    silence = of("dyad-gap", dyad=evaluated.ines_marc)
    summary = choose(julie, "snooze", elan, passerelle, silence)
    alain.post(f"/vigilance/{elan.pk}/prendre-en-charge/")
    assert "en charge de quelqu’un d’autre" in text(julie.get(summary))
    Flag.objects.filter(pk=passerelle.pk).update(state="cleared", cleared_on=evaluated.on)

    done = text(julie.post(summary, {"until": (evaluated.on + LATER).isoformat(), "reason": ""}, follow=True))
    assert "4 points sont reportés." in done
    assert "2 points ont été laissés tels quels" in done
    assert state(elan)[:2] == ("taken", evaluated.alain)
    assert state(passerelle)[0] == "cleared"

    alain.post(f"/vigilance/{silence.pk}/rouvrir/")
    alain.post(f"/vigilance/{silence.pk}/prendre-en-charge/")
    undone = text(julie.post(f"{summary}annuler/", follow=True))
    assert "plus rien à annuler" in undone
    assert "4 points ont été laissés tels quels" in undone
    assert state(silence)[:2] == ("taken", evaluated.alain)


def test_an_undo_is_of_the_day_and_of_the_person(evaluated: Cast, client_of: ClientOf) -> None:
    silence = of("dyad-gap", dyad=evaluated.ines_marc)
    summary = choose(client_of(evaluated.julie), "take", silence)
    until = {"until": (evaluated.on + LATER).isoformat()}
    assert client_of(evaluated.alain).post(summary, until, follow=True).status_code == 200
    assert state(silence)[0] == "open", "somebody else's choice is nobody's"
    client_of(evaluated.julie).post(summary, until)
    client_of(evaluated.alain).post(f"{summary}annuler/")
    assert state(silence)[:2] == ("taken", evaluated.julie)
    FlagEvent.objects.filter(batch__isnull=False).update(on=evaluated.on - timedelta(days=1))
    client_of(evaluated.julie).post(f"{summary}annuler/")
    assert state(silence)[0] == "taken"


def test_ids_of_others_are_nothing_and_what_one_may_not_decide_is_left(evaluated: Cast, client_of: ClientOf) -> None:
    foreign = Flag.objects.filter(dyad=evaluated.other_dyad)[0]
    large = of("group-too-large", group=evaluated.elan)
    julie, karim = client_of(evaluated.julie), client_of(evaluated.karim)
    assert choose(julie, "dismiss", foreign) == "/vigilance/"
    mixed = choose(julie, "dismiss", foreign, large)
    assert "1 point de vigilance" in text(julie.get(mixed))
    assert str(evaluated.other_dyad.student) not in text(julie.get(mixed))

    refused = choose(karim, "dismiss", large)
    assert "ce n’est pas à vous d’en décider" in text(karim.get(refused))
    karim.post(refused, why(evaluated))
    assert (state(large)[0], state(foreign)[0]) == ("open", "open")
    taken = choose(karim, "take", large)
    karim.post(taken, {"until": (evaluated.on + LATER).isoformat()})
    assert state(large)[:2] == ("taken", evaluated.karim)
    for person in (evaluated.marc, evaluated.chantal, evaluated.robert):
        assert client_of(person).post(CHOOSE, {"geste": "take", "point": [large.pk]}).status_code == 403


def test_the_whole_filter_is_more_than_the_page_and_nothing_else(
    evaluated: Cast, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PER_PAGE", 1)
    julie, filtered = client_of(evaluated.julie), {"balise": "group-too-large"}
    page = text(julie.get("/vigilance/", filtered))
    assert "Les 2 du filtre" in page
    assert "Cette page (1)" in page
    whole = choose(julie, "take", etendue="filtre", page="1", **filtered)
    assert "2 points de vigilance de 2 groupes" in text(julie.get(whole))
    second = text(julie.get(choose(julie, "take", etendue="page", page="2", **filtered)))
    assert "1 point de vigilance de 1 groupe" in second
    assert "Groupe Passerelle" in second
    named = choose(julie, "take", etendue="filtre", q="benali")
    assert "de 1 relation." in text(julie.get(named))
    assert "benali" not in named


def test_one_reminder_a_mentor_a_week_whoever_is_ticked(
    evaluated: Cast, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "ring", lambda pk: None)
    Dyad.objects.filter(pk=evaluated.maika_nadia.pk).update(mentor=evaluated.marc_mentor)
    flags = [of("dyad-frequency", dyad=dyad) for dyad in (evaluated.ines_marc, evaluated.maika_nadia)]
    julie, large = client_of(evaluated.julie), of("group-too-large", group=evaluated.elan)
    summary = choose(julie, "remind", *flags, large)
    said = text(julie.get(summary))
    assert "envoyer un rappel au sujet de 1 relation." in said
    assert "reçoit déjà ce rappel pour une autre dyade" in said
    assert "n’appelle pas de rappel" in said
    assert "1 rappel part dans la minute." in text(julie.post(summary, follow=True))
    assert "Aucun rappel" in text(julie.post(summary, follow=True))
    [message] = Message.objects.reminders()
    assert (message.person, message.target) == (evaluated.marc, flags[0].pk)
    assert list(message.copy_to.all()) == [evaluated.julie]
    assert AuditEntry.objects.filter(verb="flag.reminder_sent").count() == 1


def test_a_set_costs_what_one_costs(evaluated: Cast, client_of: ClientOf) -> None:
    def cost(*flags: Flag) -> tuple[int, int]:
        julie = client_of(evaluated.julie)
        summary = choose(julie, "dismiss", *flags)
        julie.get(summary)
        with CaptureQueriesContext(connection) as decided:
            julie.post(summary, why(evaluated))
        with CaptureQueriesContext(connection) as undone:
            julie.post(f"{summary}annuler/")
        return len(decided), len(undone)

    some = list(Flag.objects.live().filter(group__program=evaluated.groups_program))
    assert len(some) > 2
    assert cost(some[0]) == cost(*some)
