"""French typography of the source strings: templates, and what Python hands to gettext.

The rules are those of the Office québécois de la langue française: a no-break space before a colon and inside « »;
none before ; ! ? (a no-break one is let through before ! ?); the curly apostrophe; the ellipsis in one character.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from tools.sources import ROOT, sources

# Where nothing is written for the screen.
SILENT = {"migrations", "tests", "tools", "bench"}
NO_BREAK = "\u00a0\u202f"
# What stands for a value that only the running page knows: it reads as a word.
VALUE = "\ufffc"

RULES = (
    (re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_" + VALUE + "«])"), "straight apostrophe: ’"),
    (re.compile(rf"(?<![{NO_BREAK}]):(?=\s|$)"), "no-break space before the colon"),
    (re.compile(rf"\S(?:[ \t\n]+[;!?]|[{NO_BREAK}]+;)(?=[ \t\n]|$)"), "no space before ; ! ?"),
    (re.compile(rf"«(?![{NO_BREAK}])"), "no-break space after «"),
    (re.compile(rf"(?<![{NO_BREAK}])»"), "no-break space before »"),
    (re.compile(r"\d (?:%(?![(\w])|h \d\d)"), "no-break space before % and around h"),
    (re.compile(r"\.\.\."), "ellipsis: …"),
    (re.compile(r"\b(signalements?|drapeaux?)\b", re.IGNORECASE), "not our word: point de vigilance"),
)

GETTEXT = {"gettext": (0,), "gettext_lazy": (0,), "gettext_noop": (0,), "ngettext": (0, 1), "ngettext_lazy": (0, 1)}
GETTEXT |= {"pgettext": (1,), "pgettext_lazy": (1,), "npgettext": (1, 2), "npgettext_lazy": (1, 2)}

COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment\b.*?%\}.*?\{%\s*endcomment\s*%\}|<!--.*?-->", re.DOTALL)
TRANSLATE = re.compile(r"""\{%\s*trans(?:late)?\s+(?:"([^"]*)"|'([^']*)').*?%\}""", re.DOTALL)
MARKED = re.compile(r"""\b_\((?:"([^"]*)"|'([^']*)')\)""")
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
READ_ALOUD = {"alt", "aria-label", "aria-description", "label", "placeholder", "title"}
NOT_PROSE = {"script", "style", "code", "pre", "kbd", "samp"}
INLINE = {"a", "abbr", "b", "em", "i", "small", "span", "strong", "time", "u"}


@dataclass(frozen=True)
class Fault:
    path: Path
    line: int
    rule: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.text}"


def faults_of_text(text: str) -> Iterator[tuple[int, str, str]]:
    """Offset, rule and surroundings of each fault of a French text."""
    for pattern, rule in RULES:
        for match in pattern.finditer(text):
            around = text[max(0, match.start() - 25) : match.end() + 15].replace(VALUE, "…")
            yield match.start(), rule, " ".join(around.split())


class Prose(HTMLParser):
    """Collects what a page says, with the line where each part starts; inline elements don't cut a sentence."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[tuple[int, str]] = []
        self.silent = 0
        self.joined = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in NOT_PROSE
        for name, value in attrs:
            if name in READ_ALOUD and value:
                self.parts.append((self.getpos()[0], value))
                self.joined = False
        self.joined = self.joined and tag in INLINE

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in NOT_PROSE and self.silent > 0
        self.joined = self.joined and tag in INLINE

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        if self.joined:
            line, before = self.parts.pop()
            self.parts.append((line, before + data))
        else:
            self.parts.append((self.getpos()[0], data))
        self.joined = True


def blank(match: re.Match[str]) -> str:
    """As many lines, and nothing on them."""
    return "\n" * match[0].count("\n")


def stand_in(match: re.Match[str]) -> str:
    """What a tag leaves in the text: its own words, a value, or nothing for logic; lines are kept."""
    tag, lines = match[0], "\n" * match[0].count("\n")
    said = TRANSLATE.fullmatch(tag)
    if said:
        return (said[1] or said[2] or "") + lines
    if tag.startswith("{{"):
        return VALUE + lines
    word = tag[2:-2].split(maxsplit=1)[0] if tag[2:-2].strip() else ""
    return ("" if word in LOGIC or word.startswith("end") else VALUE) + lines


LOGIC = {
    "if",
    "elif",
    "else",
    "for",
    "empty",
    "with",
    "block",
    "extends",
    "load",
    "blocktranslate",
    "blocktrans",
    "plural",
}
LOGIC |= {"autoescape", "spaceless", "csrf_token", "cycle", "comment", "filter", "ifchanged", "language", "localize"}


def faults_of_template(path: Path) -> Iterator[Fault]:
    source = COMMENT.sub(blank, path.read_text())
    for match in MARKED.finditer(source):
        line = source.count("\n", 0, match.start()) + 1
        for _, rule, around in faults_of_text(match[1] or match[2] or ""):
            yield Fault(path, line, rule, around)
    text = TAG.sub(stand_in, source)
    if path.suffix == ".html":
        prose = Prose()
        prose.feed(text)
        prose.close()
        parts = prose.parts
    else:
        parts = [(1, text)]
    for line, part in parts:
        for offset, rule, around in faults_of_text(part):
            yield Fault(path, line + part.count("\n", 0, offset), rule, around)


def faults_of_python(path: Path) -> Iterator[Fault]:
    tree = ast.parse(path.read_text())
    names = dict(GETTEXT)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            names |= {
                alias.asname: GETTEXT[alias.name] for alias in node.names if alias.asname and alias.name in GETTEXT
            }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
        for position in names.get(name, ()):
            argument = node.args[position] if position < len(node.args) else None
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                for _, rule, around in faults_of_text(argument.value):
                    yield Fault(path, argument.lineno, rule, around)
            elif isinstance(argument, ast.JoinedStr):
                yield Fault(path, argument.lineno, "an f-string can't be translated", ast.unparse(argument)[:60])


def faults(root: Path) -> list[Fault]:
    """Every fault of the sources under ``root``."""
    found: list[Fault] = []
    for path in sources(root, suffixes={".py"}, outside=SILENT):
        found += faults_of_python(path)
    for path in sources(root, suffixes={".html", ".txt"}, outside=SILENT):
        if "templates" in path.relative_to(root).parts:
            found += faults_of_template(path)
    return found


SPACES = (
    (re.compile(r" (?=:(?:[\s\"'<\\]|$))", re.MULTILINE), "\u00a0"),
    (re.compile(r"(?<=«) | (?=»)"), "\u00a0"),
    (re.compile(r"(?<=\d) (?=%(?![(\w])|h \d\d)|(?<=\d h) (?=\d\d)"), "\u00a0"),
    (re.compile(r"(?<=\S) (?=[;!?](?:[ \t\n\"'<\\]|$))", re.MULTILINE), ""),
)


def mend_spaces(path: Path, lines: set[int]) -> None:
    """Put right the spaces, and nothing else, of the lines named (a string's first line stands for all of it)."""
    text = path.read_text().splitlines(keepends=True)
    wanted = set(lines)
    if path.suffix == ".py":
        for node in ast.walk(ast.parse("".join(text))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.lineno in lines:
                wanted |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    for number in wanted:
        for pattern, space in SPACES:
            text[number - 1] = pattern.sub(space, text[number - 1])
    path.write_text("".join(text))


if __name__ == "__main__":
    every = faults(ROOT)
    if "--fix" in sys.argv:
        for path in {fault.path for fault in every}:
            mend_spaces(path, {fault.line for fault in every if fault.path == path})
        every = faults(ROOT)
    for fault in every:
        print(fault)
    sys.exit(1 if every else 0)
