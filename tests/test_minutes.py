"""The minute: once a month, by a code that serves once, counted without anybody; and whom a student chooses."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accompagnement.demo.cast import Cast
from mentoring.actions.minutes import answer_own_minute, open_minutes
from mentoring.minutes.closing import close_months, middle, told_levels
from mentoring.models import Dyad, Mentor, Minute, MinuteItem, MinuteTally, TalkRequest
from people.models import AuditEntry, Notification, Student, User
from programs.models import Program

ClientOf = Callable[[User], Client]
DECEMBER = date(2026, 12, 1)
WELL = {"heard": 4, "chose": 3, "enjoyed": 4, "would_go_on": 4}
BADLY = {"heard": 1, "chose": 1, "enjoyed": 2, "would_go_on": 1}
pytestmark = pytest.mark.on_postgresql


@pytest.fixture
def dyad(cast: Cast) -> Iterator[Dyad]:
    cache.clear()
    open_minutes(program=cast.mentoring, since=cast.on, person=cast.julie)
    yield Dyad.objects.get(pk=cast.ines_marc.pk)
    cache.clear()


def html(answer: object) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())  # type: ignore[attr-defined]


def code_of(client: Client, dyad: Dyad) -> str:
    """The address that the mentor hands over, on the same phone."""
    sent = client.post(f"/dyades/{dyad.pk}/minute/", {"ici": "1"})
    assert sent.status_code == 302
    return str(sent["Location"])


def filled(client: Client, dyad: Dyad, levels: dict[str, int]) -> str:
    """Offered by who is signed in, answered by a visitor."""
    address = code_of(client, dyad)
    assert Client().post(address, levels).status_code == 302
    return address


def more_dyads(cast: Cast, count: int) -> list[Dyad]:
    """Other dyads of the programme, with a student and a mentor of their own."""
    made = []
    for number in range(count):
        of = {"board": cast.board, "school": cast.school}
        student = Student.objects.create(key=f"minute-{number}", given_name=f"É{number}", family_name="Roy", **of)
        person = User.objects.create(key=f"minute-{number}", given_name=f"M{number}", family_name="Roy", **of)
        mentor = Mentor.objects.create(person=person, kind="community_volunteer")
        said = {"board": cast.board, "program": cast.mentoring, "starts_on": cast.on}
        made.append(Dyad.objects.create(student=student, mentor=mentor, **said))
    return made


def november(cast: Cast, client_of: ClientOf, dyad: Dyad, *answers: dict[str, int]) -> None:
    """The answers of as many dyads, and the night after the month."""
    julie = client_of(cast.julie)
    for one, levels in zip([dyad, *more_dyads(cast, len(answers) - 1)], answers, strict=True):
        filled(julie, one, levels)
    close_months(board=cast.board, on=DECEMBER)


def in_december() -> time_machine.travel:
    return time_machine.travel(datetime(2026, 12, 1, 9, tzinfo=ZoneInfo("America/Toronto")), tick=True)


def test_it_is_closed_until_a_programme_opens_it(cast: Cast, client_of: ClientOf) -> None:
    marc, page = client_of(cast.marc), f"/dyades/{cast.ines_marc.pk}/"
    assert f"{page}minute/" not in html(marc.get(page))
    assert marc.post(f"{page}minute/", {"ici": "1"})["Location"] == f"{page}minute/"
    assert marc.get(f"{page}ma-minute/").status_code == 403
    julie, settings = client_of(cast.julie), f"/programmes/{cast.mentoring.pk}/minute/"
    assert [julie.post(settings, {"etat": "ouverte"}).status_code for _twice in range(2)] == [302, 302]
    assert Program.objects.get(pk=cast.mentoring.pk).minutes_from == cast.on
    assert AuditEntry.objects.filter(verb="program.minutes_opened").count() == 1
    shown = html(marc.get(page))
    assert f"{page}minute/" in shown
    assert f"{page}ma-minute/" in shown


def test_a_student_answers_without_account_nor_name(cast: Cast, dyad: Dyad, client_of: ClientOf) -> None:
    visitor = Client(enforce_csrf_checks=True)
    address = code_of(client_of(cast.marc), dyad)
    page = visitor.get(address)
    shown = html(page)
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    for name in (dyad.student.given_name, dyad.student.family_name, cast.marc.family_name, dyad.program.name):
        assert name not in shown
    assert shown.count('type="radio"') == 16
    assert visitor.post(address, WELL).status_code == 403
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', shown)[0]
    assert visitor.post(address, WELL | {"csrfmiddlewaretoken": token}).status_code == 302
    assert sorted(MinuteTally.objects.values_list("item", "level_3", "level_4")) == [
        ("chose", 1, 0), ("enjoyed", 0, 1), ("heard", 0, 1), ("would_go_on", 0, 1),
    ]  # fmt: skip


def test_what_is_refused_is_said_and_counts_nobody(cast: Cast, dyad: Dyad, client_of: ClientOf) -> None:
    address = code_of(client_of(cast.marc), dyad)
    empty = Client().post(address, {})
    assert (empty.status_code, "Il faut répondre à au moins une question." in html(empty)) == (422, True)
    wrong = Client().post(address, {"heard": "9", "chose": "3"})
    assert wrong.status_code == 422
    assert 'value="3" id="id_chose_2" checked' in html(wrong)
    assert not MinuteTally.objects.exists()


def test_a_code_serves_once_and_a_student_answers_once_a_month(cast: Cast, dyad: Dyad, client_of: ClientOf) -> None:
    marc, julie = client_of(cast.marc), client_of(cast.julie)
    first = code_of(marc, dyad)
    address = code_of(marc, dyad)
    assert Client().get(first).status_code == 410, "a new code replaces the one before"
    twice = [Client().post(address, WELL).status_code for _twice in range(2)]
    assert twice == [302, 200], "the second press reads the thanks"
    assert set(MinuteTally.objects.values_list("item", "level_4")) >= {("heard", 1)}
    Client().post(address, {"talk": "personne"})
    over = Client().get(address)
    assert (over.status_code, "Ce code ne sert plus" in html(over)) == (410, True)
    assert "C’est fait pour novembre 2026." in html(marc.get(f"/dyades/{dyad.pk}/minute/"))
    assert julie.post(f"/dyades/{dyad.pk}/minute/", {"ici": "1"})["Location"] == f"/dyades/{dyad.pk}/minute/"
    other = more_dyads(cast, 1)[0]
    Dyad.objects.filter(pk=other.pk).update(student=dyad.student)
    julie.post(f"/dyades/{other.pk}/minute/", {"ici": "1"})
    assert Minute.objects.filter(is_answered=True).count() == Minute.objects.count() == 1


def test_a_code_lasts_a_day_and_never_past_its_month(cast: Cast, dyad: Dyad, client_of: ClientOf) -> None:
    zone, marc = ZoneInfo("America/Toronto"), client_of(cast.marc)
    address = code_of(marc, dyad)
    with time_machine.travel(datetime(2026, 11, 24, 9, 30, tzinfo=zone)):
        assert Client().get(address).status_code == 410
    with time_machine.travel(datetime(2026, 11, 30, 23, 50, tzinfo=zone)):
        last = code_of(client_of(cast.marc), dyad)
        assert Client().get(last).status_code == 200
    with time_machine.travel(datetime(2026, 12, 1, 0, 5, tzinfo=zone)):
        assert Client().post(last, WELL).status_code == 410
    assert not MinuteTally.objects.exists()


def test_codes_are_not_guessed(cast: Cast, dyad: Dyad, client_of: ClientOf) -> None:
    address = code_of(client_of(cast.marc), dyad)
    code = address.split("/")[2]
    assert Minute.objects.get().code != code
    typed = f"{code[:5].lower()}-{code[5:].lower()}"
    assert Client().get("/minute/", {"code": typed})["Location"] == address
    tried = [Client().get(f"/minute/ABCDE{number:05}/").status_code for number in range(21)]
    assert tried == [410] * 20 + [429]
    assert Client().get(address).status_code == 429, "nor is the good one said, after as many"


def test_the_page_speaks_the_boards_language_and_another(cast: Cast, dyad: Dyad, client_of: ClientOf) -> None:
    address = code_of(client_of(cast.marc), dyad)
    assert 'lang="fr-ca"' in html(Client().get(address))
    type(cast.board).objects.filter(pk=cast.board.pk).update(language="en")
    assert 'lang="en"' in html(Client().get(address))
    french = html(Client().get(f"{address}?langue=fr"))
    assert "J’aime nos rencontres." in french
    assert "langue=fr" in Client().post(f"{address}?langue=fr", WELL)["Location"]


def test_the_thanks_are_the_same_whatever_was_answered(cast: Cast, dyad: Dyad, client_of: ClientOf) -> None:
    other = more_dyads(cast, 1)[0]
    julie, pages = client_of(cast.julie), []
    for one, levels in ((dyad, WELL), (other, BADLY)):
        shown = html(Client().get(filled(julie, one, levels)))
        pages.append(re.sub(r'value="[^"]{40,}"', "", shown))
    own = re.compile(r"<label class=\"chip\">.*?</label>")
    assert "Veux-tu parler à quelqu’un?" in pages[1]
    assert own.sub("", pages[0]) == own.sub("", pages[1])


def test_only_the_adult_that_was_chosen_is_told(cast: Cast, dyad: Dyad, client_of: ClientOf) -> None:
    before = set(Notification.objects.values_list("pk", flat=True))
    address = filled(client_of(cast.marc), dyad, BADLY)
    offered = html(Client().get(address))
    assert f'value="{cast.julie.pk}"' in offered
    assert f'value="{cast.nadia.pk}"' in offered
    assert f'value="{cast.marc.pk}"' not in offered
    theirs = html(Client().get(filled(client_of(cast.nadia), Dyad.objects.get(pk=cast.thomas_nadia.pk), WELL)))
    assert f'value="{cast.karim.pk}"' in theirs
    assert f'value="{cast.nadia.pk}"' not in theirs, "a teacher, and their mentor"
    assert Client().post(address, {"talk": str(cast.marc.pk)}).status_code == 422
    assert Client().post(address, {"talk": str(cast.nadia.pk)}).status_code == 200
    assert Client().post(address, {"talk": str(cast.julie.pk)}).status_code == 410
    told = Notification.objects.exclude(pk__in=before)
    assert [(row.person_id, row.kind) for row in told] == [(cast.nadia.pk, "talk")]
    nadia, talk = client_of(cast.nadia), TalkRequest.objects.get()
    assert "/demandes-de-parler/" in html(nadia.get("/notifications/"))
    assert str(dyad.student) in html(nadia.get("/demandes-de-parler/"))
    assert nadia.post(f"/demandes-de-parler/{talk.pk}/").status_code == 302
    for other in (cast.marc, cast.julie, cast.alain, cast.robert, cast.line):
        assert str(dyad.student) not in html(client_of(other).get("/demandes-de-parler/"))
        assert client_of(other).post(f"/demandes-de-parler/{talk.pk}/").status_code == 404


def test_nothing_links_a_child_to_an_answer(cast: Cast, dyad: Dyad, client_of: ClientOf) -> None:
    """No row but the counts knows a level, and a count knows nobody; closed, it has none of one to four."""
    filled(client_of(cast.marc), dyad, BADLY)
    knows = {
        model.__name__
        for model in apps.get_app_config("mentoring").get_models()
        if any(field.name.startswith("level_") for field in model._meta.get_fields())
    }
    assert knows == {"MinuteTally"}
    pointed = {field.name for field in MinuteTally._meta.get_fields() if field.is_relation}
    assert pointed == {"board", "program"}
    assert not MinuteTally.objects.visible_to(cast.julie).exists()
    close_months(board=cast.board, on=DECEMBER)
    assert not MinuteTally.objects.exists()
    assert not Minute.objects.exists()


def test_a_month_is_told_once_over_and_of_five_people(cast: Cast, dyad: Dyad, client_of: ClientOf) -> None:
    page = f"/programmes/{cast.mentoring.pk}/minute/"
    julie = client_of(cast.julie)
    november(cast, client_of, dyad, BADLY, WELL, WELL, WELL)
    with in_december():
        assert "Rien à dire pour l’instant" in html(client_of(cast.julie).get(page))
    MinuteTally.objects.all().delete()
    for one in Dyad.objects.filter(program=cast.mentoring, student__key__startswith="minute-"):
        filled(julie, one, WELL)
    filled(julie, dyad, BADLY)
    assert "réponse du milieu :" not in html(julie.get(page)), "not while it lasts"
    extra = Dyad.objects.filter(program=cast.mentoring).exclude(student__key__startswith="minute-")
    filled(julie, extra.exclude(pk=dyad.pk).open_on(cast.on)[0], WELL)
    close_months(board=cast.board, on=DECEMBER)
    with in_december():
        shown = html(client_of(cast.julie).get(page))
        assert "5 élèves · réponse du milieu : tout à fait" in shown
        assert "Pas du tout" not in shown, "no level of one child"
        assert client_of(cast.marc).get(page).status_code == 403
        assert "5 élèves" in html(client_of(cast.robert).get("/organisme/minute/"))


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((1, 0, 3, 2), (None, None, None, None)),
        ((0, 0, 0, 9), (None, None, None, None)),
        ((0, 2, 3, 20), (None, None, None, None)),
        ((0, 5, 0, 6), (0, 5, 0, 6)),
        ((1, 3, 8, 20), (None, None, None, 20)),
    ],
)
def test_levels_give_nobody_away(counts: tuple[int, ...], told: tuple[int | None, ...]) -> None:
    assert tuple(told_levels(counts)) == told


@pytest.mark.parametrize(
    ("counts", "level"), [((5, 0, 0, 0), 1), ((1, 1, 1, 2), 3), ((3, 0, 0, 3), 1), ((0, 0, 1, 9), 4)]
)
def test_the_middle_answer(counts: tuple[int, ...], level: int) -> None:
    assert middle(counts) == level


def test_a_mentor_answers_once_a_month_and_is_offered_a_call(cast: Cast, dyad: Dyad, client_of: ClientOf) -> None:
    Program.objects.filter(pk=cast.mentoring.pk).update(support_calls_from=cast.on)
    marc, address = client_of(cast.marc), f"/dyades/{dyad.pk}/ma-minute/"
    low = marc.post(address, {"at_ease": "1", "supported": "4"})
    assert f'href="/dyades/{dyad.pk}/doute/"' in html(low)
    assert marc.post(address, {"at_ease": "1"}).status_code == 422
    assert "C’est fait pour novembre 2026." in html(marc.get(address))
    assert MinuteTally.objects.get(item="at_ease").level_1 == 1
    assert client_of(cast.julie).get(address).status_code == 403
    with in_december():
        fine = client_of(cast.marc).post(address, {"at_ease": "4"})
        assert fine["Location"] == f"/dyades/{dyad.pk}/"


def test_a_mentor_of_two_dyads_is_one_person(cast: Cast, dyad: Dyad) -> None:
    other = more_dyads(cast, 1)[0]
    Dyad.objects.filter(pk=other.pk).update(mentor=dyad.mentor)
    answer_own_minute(dyad=dyad, levels={"at_ease": 4}, on=cast.on)
    with pytest.raises(Exception, match="déjà été remplie"):
        answer_own_minute(dyad=Dyad.objects.get(pk=other.pk), levels={"at_ease": 4}, on=cast.on)


def test_a_board_has_its_own_questions(cast: Cast, dyad: Dyad, client_of: ClientOf) -> None:
    robert, page = client_of(cast.robert), "/organisme/minute/"
    sent = {"audience": "student", "french": "Je ris.", "english": "I laugh.", "entry_uuid": "6" * 32}
    assert [robert.post(page, sent).status_code for _twice in range(2)] == [302, 302]
    item = MinuteItem.objects.get()
    robert.post(f"{page}heard/", {"etat": "retiree"})
    shown = html(Client().get(code_of(client_of(cast.marc), dyad)))
    assert "Je ris." in shown
    assert "m’écoute vraiment" not in shown
    robert.post(f"{page}{item.key}/", {"etat": "retiree"})
    robert.post(f"{page}heard/", {"etat": "posee"})
    again = html(Client().get(code_of(client_of(cast.marc), dyad)))
    assert "Je ris." not in again
    assert "m’écoute vraiment" in again
    for number in (7, 8):
        robert.post(page, sent | {"entry_uuid": str(number) * 32})
    over = robert.post(page, sent | {"entry_uuid": "9" * 32})
    assert (over.status_code, "questions à la fois au plus" in html(over)) == (422, True)
    assert robert.post(page, {"audience": "mentor", "entry_uuid": "a" * 32}).status_code == 422
    verbs = AuditEntry.objects.filter(verb__startswith="minute_item.").values_list("verb", flat=True)
    assert set(verbs) == {"minute_item.added", "minute_item.removed", "minute_item.restored"}


def test_talks_are_forgotten_a_month_after_they_were_held(cast: Cast, dyad: Dyad) -> None:
    of = {"board": cast.board, "student": dyad.student, "program": dyad.program, "adult": cast.nadia}
    waiting = TalkRequest.objects.create(asked_on=date(2026, 9, 1), **of)
    TalkRequest.objects.create(asked_on=date(2026, 9, 1), heard_on=date(2026, 10, 1), **of)
    close_months(board=cast.board, on=cast.on)
    assert list(TalkRequest.objects.all()) == [waiting]
    assert timezone.localdate() == cast.on


def test_pages_cost_the_same_for_one_row_and_for_many(cast: Cast, dyad: Dyad, client_of: ClientOf) -> None:
    julie, pages = client_of(cast.julie), ("/demandes-de-parler/", f"/programmes/{cast.mentoring.pk}/minute/")
    costs = []
    for many in (1, 4):
        for number in range(many):
            month = date(2026, 1 + 2 * many - number, 1)
            said = {"audience": "student", "item": "heard", "answers": 7, "middle": 3, "is_closed": True}
            MinuteTally.objects.create(board=cast.board, program=cast.mentoring, month=month, **said)
        for one in more_dyads(cast, many) if many > 1 else [dyad]:
            of = {"board": cast.board, "student": one.student, "program": one.program, "adult": cast.julie}
            TalkRequest.objects.create(asked_on=cast.on, **of)
        for page in pages:
            with CaptureQueriesContext(connection) as asked:
                assert julie.get(page).status_code == 200
            costs.append(len(asked))
    assert costs[:2] == costs[2:]
