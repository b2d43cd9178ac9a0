"""What a person has before their eyes: the form as a browser would send it, the words, the buttons."""

import re
from datetime import date
from html import unescape
from html.parser import HTMLParser
from typing import Any

from django.contrib.messages import get_messages
from django.test import Client

from accompagnement.templatetags.ui import tag_links

Sent = dict[str, Any]
UNSENT = {"csrfmiddlewaretoken"}
TICKED = {"radio", "checkbox"}


class _EntryForm(HTMLParser):
    """The values of the page's entry form, by name, as they stand."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = False
        self.area = self.menu = ""
        self.values: dict[str, list[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.inside = "entry-panel" in (given.get("class") or "")
        if not self.inside:
            return
        name, kind = given.get("name") or "", given.get("type") or "text"
        value = given.get("value", "on" if kind in TICKED else "") or ""
        if tag == "input" and (kind not in TICKED or "checked" in given):
            self.values.setdefault(name, []).append(value)
        elif tag == "textarea":
            self.area, self.values[name] = name, [""]
        elif tag == "select":
            self.menu = name
        elif tag == "option" and (self.menu not in self.values or "selected" in given):
            self.values[self.menu] = [value]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "textarea":
            self.area = ""

    def handle_data(self, data: str) -> None:
        if self.inside and self.area:
            self.values[self.area][0] += data.removeprefix("\n")


def form_in(reply: Any) -> Sent:
    """What the page's entry form sends as it stands."""
    parser = _EntryForm()
    parser.feed(html(reply))
    assert parser.values, "no entry form on this page"
    return {
        name: values[0] if len(values) == 1 else values for name, values in parser.values.items() if name not in UNSENT
    }


def opened(client: Client, address: str) -> Sent:
    return form_in(client.get(address))


def but(form: Sent, **changes: Any) -> Sent:
    """The form with what is changed; None leaves a field out, as a box that is not ticked."""
    sent = {name: value.isoformat() if isinstance(value, date) else value for name, value in changes.items()}
    return {name: value for name, value in (form | sent).items() if value is not None}


def html(reply: Any) -> str:
    return str(reply.content.decode())


def words(reply: Any) -> str:
    """The page's words, without its markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html(reply).split("<main")[1])).split())


def comparison(reply: Any) -> dict[str, tuple[str, str]]:
    """The two versions that the page shows side by side: by field, what is typed and what is saved."""
    table = html(reply).split('class="comparison-table"')[1].split("<tbody>")[1]
    rows = re.findall(r'comparison-field">(.*?)</th>\s*<td.*?>(.*?)</td>\s*<td.*?>(.*?)</td>', table, re.DOTALL)
    clean = [[" ".join(unescape(re.sub(r"<[^>]+>", " ", cell)).split()) for cell in row] for row in rows]
    return {label.removesuffix(" différent"): (yours, theirs) for label, yours, theirs in clean}


def told(reply: Any) -> str:
    """What the next page's banner says."""
    return str(_banner(reply))


def undo_in(reply: Any) -> str:
    """Where the banner's « Annuler » posts."""
    return tag_links(_banner(reply).extra_tags)["undo"]


def edit_in(reply: Any) -> str:
    """Where the banner's « Modifier » leads."""
    return tag_links(_banner(reply).extra_tags)["edit"]


def _banner(reply: Any) -> Any:
    """Read before it is shown: to render a page for each banner would be a third of these tests."""
    return list(get_messages(reply.wsgi_request))[-1]


def versions(reply: Any) -> list[str]:
    """What the page of a record's history says of each version, the newest first."""
    return re.split(r"(?:Modification|Consignation) (?=[A-Z])", words(reply))[1:]


def restorable(reply: Any) -> list[tuple[str, Sent]]:
    """The « Rétablir » of the page: where each posts, and what."""
    found = re.findall(r'action="(/entrees/[^"]+/retablir/)">(.*?)</form>', html(reply), re.DOTALL)
    return [(address, dict(re.findall(r'name="(\w+)"\s+value="(\d+)"', body))) for address, body in found]
