"""The forms of a page as a browser reads them: what each would send, whatever in the code wrote it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

TYPED = {"radio", "checkbox"}
Sent = dict[str, list[str]]


@dataclass
class Control:
    """One input, option or button; ``chosen``: sent as the page stands."""

    name: str
    value: str
    kind: str
    chosen: bool


@dataclass
class PageForm:
    action: str
    method: str
    controls: list[Control] = field(default_factory=list)

    def sent(self) -> Sent:
        """What the page sends as it stands; of a list without a choice, its first; no button."""
        said: Sent = {}
        for control in self.controls:
            if control.chosen and control.kind != "button":
                said.setdefault(control.name, []).append(control.value)
        for control in self.controls:
            if control.kind == "option":
                said.setdefault(control.name, [control.value])
        return said


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self.open: PageForm | None = None
        self.select: tuple[str, bool] | None = None
        self.area: Control | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = PageForm(said.get("action", ""), said.get("method", "get").lower())
            self.forms.append(self.open)
        elif tag == "select":
            self.select = said.get("name", ""), "multiple" in said
        elif self.open is None:
            return
        elif tag == "option" and self.select:
            name, many = self.select
            kind = "multiple" if many else "option"
            self.open.controls.append(Control(name, said.get("value", ""), kind, "selected" in said))
        elif tag in {"input", "button"} and said.get("name"):
            kind = "button" if tag == "button" else said.get("type", "text")
            value = said.get("value", "on" if kind == "checkbox" else "")
            self.open.controls.append(Control(said["name"], value, kind, kind not in TYPED or "checked" in said))
        elif tag == "textarea" and said.get("name"):
            self.area = Control(said["name"], "", "textarea", True)
            self.open.controls.append(self.area)

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.area.value += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea" and self.area is not None:
            self.area.value = self.area.value.removeprefix("\n")  # as a browser does
            self.area = None


def forms_of(html: str) -> Iterator[PageForm]:
    reader = Reader()
    reader.feed(html)
    reader.close()
    yield from reader.forms
