"""« Rencontre d’équipe »: the week's agenda, what is decided, what the next meeting begins with."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guidelines.attention import attention
from guidelines.evaluation import evaluate_board
from guidelines.models import AgendaItem, TeamMeeting
from people.models import AuditEntry, User
from tests.cast import Cast
from tests.page_forms import forms_of
from tests.printed import faults_of

pytestmark = pytest.mark.on_postgresql

ClientOf = Callable[[User], Client]
SECRET = "Je crains pour cet élève"


def told(reply: object) -> str:
    return reply.content.decode().replace("\u00a0", " ")  # type: ignore[attr-defined]


@pytest.fixture
def at(cast: Cast) -> str:
    evaluate_board(cast.board, on=cast.on)
    said = {"board": cast.board, "raised_by": cast.sylvie, "raised_on": cast.on, "words": SECRET}
    cast.noah_sylvie.doubts.create(**said)
    pupil = cast.tremplin.members.all()[0].student
    pupil.referrals.create(program=cast.mentoring, referred_on=cast.on, needs=SECRET)
    return f"/programmes/{cast.mentoring.pk}/rencontre-equipe/"


def point(cast: Cast, at: str) -> str:
    return f"{at}dyad/{cast.ines_marc.pk}/"


def decided(cast: Cast, client: Client, at: str) -> AgendaItem:
    said = {
        "decision": "Appeler Marc-Olivier",
        "who": cast.julie.pk,
        "by_on": (cast.on + timedelta(days=4)).isoformat(),
    }
    assert client.post(point(cast, at), said).status_code == 302
    return AgendaItem.objects.get()


def test_the_agenda_is_what_attention_counts_and_what_waits_for_a_person(
    cast: Cast, client_of: ClientOf, at: str
) -> None:
    page = told(client_of(cast.julie).get(at))
    found = attention(cast.julie, on=cast.on, programs=[cast.mentoring])
    assert found.to_reach
    for row in found.to_reach:
        assert f"{at}{row.kind}/{row.pk}/" in page
    assert "attend d’être entendu" in page
    assert "Attend une mentore ou un mentor depuis le" in page
    assert SECRET not in page, "nothing confidential, nor the words of a doubt"


def test_a_decision_says_what_who_and_by_when_and_next_week_begins_with_it(
    cast: Cast, client_of: ClientOf, at: str
) -> None:
    julie = client_of(cast.julie)
    assert julie.post(point(cast, at), {"decision": ""}).status_code == 422
    stranger = {"decision": "Appeler", "who": cast.other_lead.pk}
    assert julie.post(point(cast, at), stranger).status_code == 422
    item = decided(cast, julie, at)
    decided(cast, julie, at)
    assert item.known
    assert AuditEntry.objects.filter(verb="agenda.decided").count() == 1
    assert "Appeler Marc-Olivier" in told(julie.get(at))
    TeamMeeting.objects.update(on=cast.on - timedelta(days=7))
    page = told(julie.get(at))
    assert page.index("Depuis les dernières rencontres") < page.index("Appeler Marc-Olivier")
    assert page.count(f'action="/decisions-equipe/{item.pk}/"') == 1
    done = {"state": "done", "seen": "open"}
    assert "fait" in told(julie.post(f"/decisions-equipe/{item.pk}/", done, follow=True))
    stale = {"state": "dropped", "seen": "open"}
    late = told(client_of(cast.alain).post(f"/decisions-equipe/{item.pk}/", stale, follow=True))
    assert "Quelqu’un a dit entre-temps : fait" in late
    item.refresh_from_db()
    assert (item.state, item.settled_on) == ("done", cast.on)
    undo = f"/decisions-equipe/{item.pk}/?state=open&seen=done"
    assert julie.post(undo).status_code == 302
    item.refresh_from_db()
    assert (item.state, item.settled_on) == ("open", None)


def test_what_was_postponed_comes_back_and_what_is_done_does_not(cast: Cast, client_of: ClientOf, at: str) -> None:
    julie = client_of(cast.julie)
    item = decided(cast, julie, at)
    for state, comes_back in (("postponed", True), ("done", False), ("dropped", False)):
        AgendaItem.objects.update(state=state, settled_on=cast.on - timedelta(days=3))
        TeamMeeting.objects.update(on=cast.on - timedelta(days=7))
        assert (item.decision in told(julie.get(at))) == comes_back, state
    past = told(julie.get(f"{at}?jour={cast.on - timedelta(days=7)}"))
    assert item.decision in past
    assert item.known in past
    assert julie.get(f"{at}?jour=2026-01-05").status_code == 404


def test_no_second_save_undoes_the_first_unseen(cast: Cast, client_of: ClientOf, at: str) -> None:
    for path, field in ((point(cast, at), "decision"), (at, "present")):
        clients = [client_of(cast.julie), client_of(cast.alain)]
        forms = [
            next(form for form in forms_of(client.get(path).content.decode()) if field in form.sent()).sent()
            for client in clients
        ]
        assert clients[0].post(path, forms[0] | {field: ["La première"]}).status_code == 302
        stale = clients[1].post(path, forms[1] | {field: ["La seconde"]})
        assert (stale.status_code, "Deux versions" in told(stale)) == (422, True)


def test_teachers_read_what_they_may_and_write_nothing(cast: Cast, client_of: ClientOf, at: str) -> None:
    decided(cast, client_of(cast.julie), at)
    nadia = client_of(cast.nadia)
    page = told(nadia.get(at))
    assert "Appeler Marc-Olivier" not in page, "the relation of somebody else"
    assert "attend d’être entendu" not in page
    AgendaItem.objects.update(dyad=cast.thomas_nadia, known="Un doute exprimé")
    page = told(nadia.get(at))
    assert "Appeler Marc-Olivier" in page
    assert "Un doute exprimé" not in page, "what is known may be a doubt, or for leads only"
    TeamMeeting.objects.update(on=cast.on - timedelta(days=7))
    past = f"{at}?jour={cast.on - timedelta(days=7)}"
    assert "Un doute exprimé" in told(client_of(cast.julie).get(past))
    page = told(nadia.get(past))
    assert ("Appeler Marc-Olivier" in page, "Un doute exprimé" in page) == (True, False)
    assert nadia.post(f"/decisions-equipe/{AgendaItem.objects.get().pk}/", {"state": "done"}).status_code == 403
    assert nadia.post(point(cast, at), {"decision": "Non"}).status_code in {403, 404}
    assert client_of(cast.marc).get(at).status_code == 403


def test_it_prints_for_everybody(cast: Cast, client_of: ClientOf, at: str) -> None:
    julie = client_of(cast.julie)
    decided(cast, julie, at)
    reply = julie.get(f"{at}pdf/")
    assert faults_of(reply.content) == []
    assert AuditEntry.objects.filter(verb="team_meeting.downloaded").count() == 1


def test_its_queries_do_not_grow(cast: Cast, client_of: ClientOf, at: str) -> None:
    julie = client_of(cast.julie)
    item = decided(cast, julie, at)
    earlier = TeamMeeting.objects.create(board=cast.board, program=cast.mentoring, on=cast.on - timedelta(days=7))
    earlier.items.create(dyad=cast.noah_sylvie, decision="Écrire")
    counts = []
    for _time in range(2):
        julie.get(at)
        with CaptureQueriesContext(connection) as asked:
            julie.get(at)
        counts.append(len(asked))
        for dyad in (cast.thomas_nadia, cast.maika_nadia, cast.loic_sylvie):
            dyad.doubts.create(board=cast.board, raised_by=cast.sylvie, raised_on=cast.on)
            item.meeting.items.create(dyad=dyad, decision="Appeler", who=cast.alain)
            earlier.items.create(dyad=dyad, decision="Écrire", who=cast.julie)
        for member in cast.tremplin.members.all()[1:]:
            member.student.referrals.create(program=cast.mentoring, referred_on=cast.on)
    assert counts[0] == counts[1]
