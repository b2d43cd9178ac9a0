"""Every form of every page, found by walking, and what each of its fields answers to an odd word.

A form is read from its page as a browser reads it (``page_forms``); nothing here names a page, a form or a field.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any, NamedTuple
from urllib.parse import quote_from_bytes

from django import forms
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accompagnement.demo.cast import Cast
from people.models import User
from tests.addresses import named
from tests.answers import answer
from tests.journeys.test_every_page import FORMS
from tests.journeys.test_every_page import ROLES as TOURS
from tests.odd_words import BROKEN, MARK, NAMES_OF_FILES, RAW, WORDS, words_for
from tests.offers import context_forms
from tests.page_forms import PageForm, Sent, forms_of
from tests.targets import target
from tests.test_access_matrix import ROWS
from tests.test_typed_forms import SAID_AS_WELL

ClientOf = Callable[[User], Client]
Opened = tuple[User | None, str, Any]
"""Who opens it, its address, and the answer."""
WHO = {"teacher": "nadia", "lead": "julie", "manager": "alain", "admin": "robert", "privacy": "line", "mentor": "marc"}
BY_VISITORS = ("account_login", "account_reset_password")
ANSWERS = {200, 302, 303, 400, 403, 404, 405, 409, 410, 413, 422, 429}
BOUNDARY = "a9f27c"
SAID = re.compile(r'id="error-summary"|class="errorlist|invalid-feedback|role="alert"')


@dataclass(frozen=True)
class Place:
    """A form of a page that somebody opens, and what it would send."""

    person: User | None
    page: str
    form: PageForm
    said: Sent
    counted: frozenset[str] = frozenset()
    """Fields that are no free text: an hour, a number."""

    @property
    def action(self) -> str:
        return self.form.action or self.page

    @property
    def kinds(self) -> dict[str, str]:
        """The type of each of its fields, of those that a reader changes by the way that takes the most."""
        kinds: dict[str, str] = {}
        for control in self.form.controls:
            if control.name not in kinds or control.kind != "hidden":
                kinds[control.name] = control.kind
        return kinds

    def __str__(self) -> str:
        return f"{self.person or 'visitor'} {self.form.method} {self.action} on {self.page}"


def opened(cast: Cast, client_of: ClientOf) -> Iterator[Opened]:
    """Each page of the tours, then whatever the map of addresses has beside them, as the first who is let in."""
    seen = set[str]()
    for who, paths in [*TOURS, *FORMS]:
        person, client = getattr(cast, who), client_of(getattr(cast, who))
        for path in paths(cast):
            if path not in seen:
                seen.add(path)
                yield person, path, client.get(path)
    known = {named(path) for path in seen}
    for name in BY_VISITORS:
        yield None, reverse(name), Client().get(reverse(name))
    for name in [name for name, method, _ in ROWS if method == "get" and name not in known]:
        for own, who in WHO.items():
            path = reverse(name, kwargs=target(name, cast, own))
            reply = client_of(getattr(cast, who)).get(path)
            if reply.status_code == 200:
                yield getattr(cast, who), path, reply
                break


def opened_few(cast: Cast, client_of: ClientOf, chance: Random, most: int) -> Iterator[Opened]:
    """Pages of two tours, drawn by chance."""
    for who, paths in chance.sample(TOURS, 2):
        known = list(paths(cast))
        for path in chance.sample(known, min(most // 2, len(known))):
            yield getattr(cast, who), path, client_of(getattr(cast, who)).get(path)


def places(pages: Iterable[Opened], cast: Cast) -> list[Place]:
    """Each form once: the same address with the same fields is the same form, whoever opens it.

    The last that was opened: the code that another names may have been replaced since.
    """
    found: dict[tuple[Any, ...], Place] = {}
    for person, path, reply in pages:
        if reply.status_code != 200 or not reply.get("Content-Type", "").startswith("text/html"):
            continue
        for form in forms_of(reply.content.decode()):
            where = named(form.action) if form.action.startswith("/") else named(path)
            names = frozenset(re.sub(r"\d+", "#", control.name) for control in form.controls)
            key = (where, form.method, names)
            if names and not form.action.startswith("http"):
                counted = {
                    field.html_name
                    for one in context_forms(reply)
                    for field in one
                    if type(field.field) is not forms.CharField
                }
                found[key] = Place(person, path, form, likely(form, reply, cast), frozenset(counted))
    return list(found.values())


def likely(form: PageForm, reply: Any, cast: Cast) -> Sent:
    """What the page sends as it stands, and what anybody would answer where it says nothing yet."""
    said = form.sent()
    for one in context_forms(reply):
        for field in one:
            if said.get(field.html_name) in (None, [""]) and any(c.name == field.html_name for c in form.controls):
                given = answer(field, cast)
                if given is not None and not isinstance(field.field, forms.FileField):
                    said[field.html_name] = [str(v) for v in given] if isinstance(given, list) else [str(given)]
    for name, given in SAID_AS_WELL.get(named(form.action or reply.request["PATH_INFO"]), {}).items():
        said[name] = [str(v) for v in given] if isinstance(given, list) else [str(given)]
    return said


def encoded(said: Sent) -> str:
    def quoted(word: str) -> str:
        return quote_from_bytes(word.encode("utf-8", "surrogatepass"))

    return "&".join(f"{quoted(name)}={quoted(value)}" for name, values in said.items() for value in values)


def in_parts(said: Sent, field: str, called: str) -> bytes:
    """A body of several parts with a file of that name, which no library makes safe on its way."""
    heads = [(f'name="{name}"', value) for name, values in said.items() for value in values]
    heads.append((f'name="{field}"; filename="{called}"\r\nContent-Type: text/csv', f"Fiche;Nom\n9005;{MARK}"))
    parts = [f"--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n{value}\r\n" for head, value in heads]
    return f"{''.join(parts)}--{BOUNDARY}--\r\n".encode()


def send(client: Client, place: Place, said: Sent, file: tuple[str, str] | None = None) -> Any:
    """As a browser would; a file makes it a body of several parts."""
    if place.form.method == "get":
        return client.get(f"{place.action.partition('?')[0]}?{encoded(said)}")
    if file:
        return client.post(
            place.action, in_parts(said, *file), content_type=f"multipart/form-data; boundary={BOUNDARY}"
        )
    return client.post(place.action, encoded(said), content_type="application/x-www-form-urlencoded")


class Trial(NamedTuple):
    """What is sent in a form in the place of what the page has; ``file``: the name of a file, if one is."""

    place: Place
    said: dict[str, str]
    called: str
    file: str = ""

    def __str__(self) -> str:
        said = {name: word[:60] for name, word in self.said.items()}
        return f"{self.place}: {self.called}{self.file!r} {said}"


NEVER_KEPT = {BROKEN[name] for name in ("nul", "lone surrogate", "nothing to see")}
KEPT_AT_ONCE = 5
"""Rounds in which every field of free text has words, and all else is as anybody would have it."""
FREE = {"text", "textarea"}


def trials(place: Place, chance: Random) -> Iterator[Trial]:
    """Every word of every field: a few requests where all fields are odd at once, and each field alone once.

    Where all are odd, each is refused for itself; words that may be kept are sent among what is well said.
    """
    words = {name: list(words_for(kind).values()) for name, kind in place.kinds.items() if kind != "file"}
    words.pop("csrfmiddlewaretoken", None)
    for turn in range(max(map(len, words.values()), default=0)):
        odd = [(name, given[(turn + at) % len(given)]) for at, (name, given) in enumerate(words.items())]
        said = {name: word for name, word in odd if turn < len(words[name])}
        yield Trial(place, said, f"all odd, turn {turn}")
    free = [name for name in words if place.kinds[name] in FREE and name not in place.counted]
    for turn in range(KEPT_AT_ONCE if free else 0):
        kept = [word for word in WORDS.values() if word not in NEVER_KEPT]
        first = chance.randrange(len(kept))
        said = {name: kept[(first + turn + at) % len(kept)] for at, name in enumerate(free)}
        yield Trial(place, said, f"kept, turn {turn}")
    for name, given in words.items():
        yield Trial(place, {name: chance.choice(given)}, name)
    for name, kind in place.kinds.items():
        if kind == "file":
            yield from (Trial(place, {}, name, given) for given in NAMES_OF_FILES)


def faults(trial: Trial, client: Client, answered: Counter[tuple[str, int]]) -> Iterator[str]:
    """What goes wrong when it is sent: an error of ours, a refusal without a sentence, words that a page obeys.

    ``answered`` counts the answers, by the first word of the trial, so that nothing passes for want of trying.
    """
    place = trial.place
    said = place.said | {name: [word] for name, word in trial.said.items()}
    with transaction.atomic():
        try:
            reply = send(client, place, said, (trial.called, trial.file) if trial.file else None)
            answered[trial.called.partition(",")[0], reply.status_code] += 1
            yield from wrong(reply)
            if trial.called.startswith("kept") and reply.status_code in {302, 303}:
                yield from wrong(client.get(reply["Location"]))
        except Exception as error:  # whatever it is, it would be a 500
            yield f"{type(error).__name__}: {str(error)[:300]}"
        transaction.set_rollback(True)


def wrong(reply: Any) -> Iterator[str]:
    if reply.status_code not in ANSWERS:
        yield f"answers {reply.status_code}"
    if reply.streaming or not reply.get("Content-Type", "").startswith("text/html"):
        return
    html = reply.content.decode()
    if reply.status_code == 422 and not SAID.search(html):
        yield "refuses without a sentence"
    yield from (f"holds {raw} as it was sent" for raw in RAW if raw in html)
