"""Whatever becomes of the finger, the session, the network or the server: one record each time, and no word lost."""

import http.client
import re
import threading
from collections import Counter
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from playwright.sync_api import Page, Route, expect

from accompagnement.demo.cast import PASSWORD, Cast
from mentoring.models import DyadMeeting
from people.models import Draft, User
from tests.browser import session_cookie
from tests.log.page import form_in
from tests.patience import PATIENCE_SECONDS

NOTE_LABEL = re.compile("^Note")
NOTE = "Elle veut apprendre la guitare. On en reparle jeudi."
NewPage = Callable[..., Page]


@pytest.fixture
def address(stage: Cast) -> str:
    return f"/dyades/{stage.ines_marc.pk}/consigner/"


@pytest.fixture
def entry(new_page: NewPage, stage: Cast, address: str) -> Page:
    """A mentor's phone, on the form of a meeting."""
    page = new_page(width=390, user=stage.marc)
    page.goto(address)
    return page


def write(page: Page, words: str = NOTE) -> None:
    if not page.get_by_label(NOTE_LABEL).is_visible():
        page.get_by_text("Ajouter une note").click()
    page.get_by_label(NOTE_LABEL).fill(words)


def save(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer").click()


def sign_in(page: Page, person: User) -> None:
    page.get_by_label("Courriel").fill(person.email or "")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()


def notes(stage: Cast) -> list[str]:
    return [meeting.note for meeting in DyadMeeting.objects.filter(dyad=stage.ines_marc, on=stage.on, status="held")]


def test_what_is_typed_is_kept_aloud_taken_up_and_set_aside(entry: Page, stage: Cast, axe: Callable) -> None:
    sent: list[str] = []
    write(entry)
    kept = entry.get_by_text("Brouillon enregistré à")
    expect(kept).to_be_visible()
    assert kept.evaluate("node => node.closest('[role=status]') !== null")
    entry.get_by_role("radio", name="40", exact=True).click()
    entry.goto("/semaine/")  # at once: what was just chosen leaves with the page
    entry.go_back()
    expect(entry.get_by_text("Nous avons repris votre brouillon")).to_be_visible()
    expect(entry.get_by_label(NOTE_LABEL)).to_have_value(NOTE)
    expect(entry.get_by_role("radio", name="40", exact=True)).to_be_checked()
    axe(entry)
    entry.get_by_role("button", name="Repartir de zéro").click()
    expect(entry.get_by_text("Nous avons repris")).to_have_count(0)
    expect(entry.get_by_label(NOTE_LABEL)).to_have_value("")
    entry.clock.install()
    write(entry)
    save(entry)  # before the pause: no draft may follow the record
    expect(entry.get_by_text("Rencontre enregistrée.")).to_be_visible()
    entry.on("request", lambda request: sent.append(request.url))
    entry.clock.fast_forward(60_000)
    assert not [url for url in sent if url.endswith("/brouillons/")]
    assert not Draft.objects.exists()
    assert notes(stage) == [NOTE]


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "without-script"])
def test_an_ended_session_gives_the_words_back_to_their_author(
    new_page: NewPage, stage: Cast, address: str, javascript: bool
) -> None:
    page = new_page(width=390, javascript=javascript, user=stage.marc)
    page.goto(address)
    write(page)
    Session.objects.all().delete()
    save(page)
    expect(page.get_by_text("Votre saisie est gardée")).to_be_visible()
    sign_in(page, stage.nadia)  # a shared computer
    expect(page.get_by_text("Cette page est introuvable")).to_be_visible()
    assert page.url.endswith(address)
    assert NOTE not in page.content()
    page.context.clear_cookies()
    page.goto(address)
    sign_in(page, stage.marc)
    expect(page.get_by_text("Nous avons repris")).to_be_visible()
    expect(page.get_by_label(NOTE_LABEL)).to_have_value(NOTE)
    save(page)
    expect(page.get_by_text("Rencontre enregistrée.")).to_be_visible()
    assert notes(stage) == [NOTE]
    assert not Draft.objects.exists()


def test_nobody_there_for_a_while_hides_the_page(new_page: NewPage, stage: Cast, address: str) -> None:
    page = new_page(width=390, user=stage.marc)
    page.clock.install()
    page.goto(address)
    write(page)
    expect(page.get_by_text("Brouillon enregistré à")).to_be_visible()
    Session.objects.all().delete()  # the server has waited as long
    page.clock.fast_forward(14 * 60_000)
    expect(page.get_by_label(NOTE_LABEL)).to_be_visible()
    page.clock.fast_forward(2 * 60_000)
    expect(page.get_by_label("Courriel")).to_be_visible()
    assert NOTE not in page.content()


def test_a_form_left_open_is_not_signed_by_the_next_person(
    entry: Page, stage: Cast, address: str, live_server, axe: Callable
) -> None:
    write(entry)
    expect(entry.get_by_text("Brouillon enregistré à")).to_be_visible()
    entry.context.add_cookies([session_cookie(stage.julie, live_server.url)])
    save(entry)
    expect(entry.get_by_role("heading", name="Ce formulaire a été ouvert par une autre personne")).to_be_visible()
    axe(entry)
    entry.goto(address)
    expect(entry.get_by_label(NOTE_LABEL)).to_have_value("")
    assert notes(stage) == []
    assert Draft.objects.get().person == stage.marc


def test_a_cut_network_loses_nothing_not_even_to_a_reload(entry: Page, stage: Cast, axe: Callable) -> None:
    entry.context.set_offline(True)
    write(entry)
    expect(entry.get_by_text("votre saisie est gardée sur cet appareil")).to_be_visible()
    assert "saisie" in (kept := entry.evaluate("JSON.stringify(sessionStorage)"))
    assert "guitare" not in kept
    entry.context.set_offline(False)
    entry.route("**/brouillons/", lambda route: route.abort())
    entry.reload()
    expect(entry.get_by_label(NOTE_LABEL)).to_have_value(NOTE)
    for _cut in range(2):
        entry.context.set_offline(True)
        save(entry)
        expect(entry.locator(".banner.is-cut")).to_contain_text("Le réseau est coupé")
    axe(entry)
    assert notes(stage) == []
    entry.context.set_offline(False)
    expect(entry.get_by_text("Rencontre enregistrée.")).to_be_visible()
    assert notes(stage) == [NOTE]
    assert entry.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('saisie'))") == []


def test_an_answer_lost_on_its_way_is_asked_for_again(entry: Page, stage: Cast, complaints: list[str]) -> None:
    """The server recorded it and the phone never knew; then the server fails for a moment."""
    entry.clock.install()
    tries = Counter[str]()

    def falter(route: Route) -> None:
        if route.request.method != "POST":
            return route.continue_()
        tries["sent"] += 1
        if tries["sent"] == 1:
            route.fetch()
            return route.abort()
        if tries["sent"] == 2:
            return route.fulfill(status=503, body="")
        return route.continue_()

    write(entry)
    entry.route("**/consigner/", falter)
    save(entry)
    expect(entry.locator(".banner.is-cut")).to_contain_text("Le réseau est coupé")
    entry.clock.fast_forward(10_000)
    expect(entry.locator(".banner.is-cut")).to_contain_text("Le serveur ne répond pas")
    entry.clock.fast_forward(10_000)
    expect(entry.get_by_text("Rencontre enregistrée.")).to_be_visible()
    assert tries["sent"] == 3
    assert [words[:3] for words in complaints] == ["503"]
    complaints.clear()
    assert notes(stage) == [NOTE]


def test_one_tap_survives_a_cut_and_an_ended_session(new_page: NewPage, stage: Cast) -> None:
    page = new_page(width=390, user=stage.nadia)
    page.goto("/semaine/")
    page.context.set_offline(True)
    page.get_by_role("button", name="Tenue comme prévu : Thomas Lévesque").click()
    expect(page.locator(".banner.is-cut")).to_be_in_viewport()
    page.context.set_offline(False)
    expect(page.get_by_text("Rencontre enregistrée.")).to_be_visible()
    held = DyadMeeting.objects.filter(on=stage.on, status="held", logged_by=stage.nadia)
    assert held.count() == 1
    Session.objects.all().delete()
    page.get_by_role("button", name="Tenue comme prévu :").first.click()
    expect(page.get_by_text("rien n’a été enregistré")).to_be_visible()
    sign_in(page, stage.nadia)
    page.wait_for_url("**/semaine/")
    assert held.count() == 1


def test_a_double_tap_and_a_way_back_and_forth_are_one_meeting(new_page: NewPage, stage: Cast) -> None:
    page = new_page(width=390, user=stage.nadia)
    page.goto("/semaine/")
    page.get_by_role("button", name="Tenue comme prévu : Thomas Lévesque").dblclick(no_wait_after=True)
    expect(page.get_by_text("Rencontre enregistrée.").first).to_be_visible()
    page.goto("/dyades/")
    page.go_back()
    page.go_forward()
    page.go_back()
    expect(page.get_by_role("button", name="Tenue comme prévu : Thomas Lévesque")).to_have_count(0)
    meeting = DyadMeeting.objects.get(dyad=stage.thomas_nadia, on=stage.on)
    assert meeting.status == "held"
    assert meeting.history.filter(status="held").count() == 1


def test_installed_it_says_that_the_network_is_cut_and_keeps_nobodys_page(new_page: NewPage, stage: Cast) -> None:
    page = new_page(width=390, user=stage.nadia, installed=True)
    page.goto("/semaine/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    kept = page.evaluate(
        "caches.keys().then(async names => (await Promise.all(names.map(async name =>"
        " (await (await caches.open(name)).keys()).map(request => new URL(request.url).pathname)))).flat())"
    )
    assert [path for path in kept if not path.startswith("/static/")] == ["/hors-ligne/"]
    page.context.set_offline(True)
    page.goto("/dyades/")
    expect(page.get_by_role("heading", name="Le réseau est coupé")).to_be_visible()
    assert "Nadia" not in page.content()
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="Dyades")).to_be_visible()


def parallel(url: str, cookies: str, bodies: list[str]) -> list[int]:
    """Send them all at once to the real server; what it answered."""
    host, answers, start = urlsplit(url), list[int](), threading.Barrier(len(bodies))

    def send(body: str) -> None:
        connection = http.client.HTTPConnection(host.hostname or "", host.port, timeout=PATIENCE_SECONDS)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookies}
        start.wait()
        connection.request("POST", host.path, body, headers)
        answers.append(connection.getresponse().status)
        connection.close()

    threads = [threading.Thread(target=send, args=[body]) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_with_one_key_are_one_record(live_server, stage: Cast, address: str) -> None:
    cookie = session_cookie(stage.marc, live_server.url)
    csrf = "c" * 32
    cookies = f"{cookie['name']}={cookie['value']}; {settings.CSRF_COOKIE_NAME}={csrf}"
    host = urlsplit(live_server.url)
    connection = http.client.HTTPConnection(host.hostname or "", host.port)
    connection.request("GET", address, headers={"Cookie": cookies})
    form = form_in(HttpResponse(connection.getresponse().read()))
    body = urlencode(form | {"csrfmiddlewaretoken": csrf, "note": NOTE}, doseq=True)
    assert set(parallel(f"{live_server.url}{address}", cookies, [body] * 8)) == {302}
    assert notes(stage) == [NOTE]

    planned = DyadMeeting.objects.get(dyad=stage.thomas_nadia, on=stage.on)
    cookie = session_cookie(stage.nadia, live_server.url)
    cookies = f"{cookie['name']}={cookie['value']}; {settings.CSRF_COOKIE_NAME}={csrf}"
    tap = urlencode({"csrfmiddlewaretoken": csrf})
    assert set(parallel(f"{live_server.url}/rencontres/{planned.pk}/tenue/", cookies, [tap] * 8)) == {302}
    planned.refresh_from_db()
    assert planned.status == "held"
    assert planned.history.filter(status="held").count() == 1


def test_two_editors_compare_and_nothing_is_overwritten_unseen(
    new_page: NewPage, stage: Cast, axe: Callable[[Page], None]
) -> None:
    meeting = stage.maika_nadia.meetings.filter(status="held").latest("on")
    first, second = (new_page(user=person, width=width) for person, width in ((stage.nadia, 1280), (stage.julie, 390)))
    for page in (first, second):
        page.goto(f"/rencontres/{meeting.pk}/modifier/")
    saved = first.get_by_role("button", name="Annuler")
    compared = second.get_by_role("heading", name="Deux versions de la même entrée")
    for page, minutes, answer in ((first, "60", saved), (second, "10", compared)):
        page.get_by_role("radio", name=minutes, exact=True).check()
        page.get_by_role("button", name="Enregistrer", exact=True).click()
        expect(answer).to_be_visible()
    for width in (1280, 390):
        second.set_viewport_size({"width": width, "height": 844})
        axe(second)
    meeting.refresh_from_db()
    assert meeting.minutes == 60
    second.get_by_role("button", name="Garder ma version").click()
    expect(second.get_by_role("button", name="Annuler")).to_be_visible()
    meeting.refresh_from_db()
    assert meeting.minutes == 10
