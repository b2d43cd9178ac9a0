"""The house rules as functions from a source text to its faults, so that each can be shown a fault."""

import ast
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from itertools import pairwise

CEILING_OF_A_FILE = 400
CEILING_OF_A_VIEW = 45
COLUMNS_OF_A_TEMPLATE = 160

MANAGERS = {"objects", "_default_manager", "_base_manager", "history"}
# visible_to(user), loggable_by(user), led_by(user)…: the querysets that are named for their reader.
SCOPES = re.compile(r"^(?!order_by$)\w+_(to|by|for)$")
SHORTCUTS = {"get_object_or_404", "get_list_or_404", "aget_object_or_404"}
CLOCKS = {"today", "localdate", "local_date", "utcnow"}


def chain(node: ast.AST) -> list[str]:
    """The words of ``Model.objects.filter(…).first`` from its root; empty when the root isn't a name."""
    words: list[str] = []
    while True:
        if isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, ast.Subscript):
            node = node.value
        elif isinstance(node, ast.Attribute):
            words.append(node.attr)
            node = node.value
        elif isinstance(node, ast.Name):
            return [node.id, *reversed(words)]
        else:
            return []


def outermost_chains(tree: ast.AST) -> Iterator[tuple[ast.AST, list[str]]]:
    """Every dotted expression, whole: the parts of one that was given are not given again."""
    inner: set[int] = set()
    for node in ast.walk(tree):
        if not isinstance(node, (ast.Call, ast.Attribute, ast.Subscript)) or id(node) in inner:
            continue
        step: ast.AST = node
        while isinstance(step, (ast.Call, ast.Attribute, ast.Subscript)):
            inner.add(id(step))
            step = step.func if isinstance(step, ast.Call) else step.value
        if words := chain(node):
            yield node, words


def names_a_reader(node: ast.AST) -> bool:
    """Whether it scopes a query, or ties it to the row of another one, which is judged on its own."""
    if not isinstance(node, ast.Call):
        return False
    name = chain(node)[-1:] or [node.func.attr if isinstance(node.func, ast.Attribute) else ""]
    return name[0] == "OuterRef" or bool(SCOPES.match(name[0]))


def rows_of_scoped_rows(tree: ast.AST) -> set[int]:
    """The queries handed to Prefetch, under their own name or through a local one: they follow other rows."""
    handed = [
        argument
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and chain(node)[-1:] == ["Prefetch"]
        for argument in (*node.args, *(keyword.value for keyword in node.keywords))
    ]
    names = {argument.id for argument in handed if isinstance(argument, ast.Name)}
    named = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and {t.id for t in node.targets if isinstance(t, ast.Name)} & names
    ]
    return {id(node) for node in (*handed, *named)}


def is_model(name: str) -> bool:
    return bool(re.match(r"[A-Z][a-z]", name))


def bare_queries(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Rows reached from a model without saying for whom."""
    scoped = rows_of_scoped_rows(tree)
    for node, words in outermost_chains(tree):
        starts = any(word in MANAGERS and is_model(before) for before, word in pairwise(words))
        if starts and id(node) not in scoped and not any(names_a_reader(part) for part in ast.walk(node)):
            yield getattr(node, "lineno", 0), ".".join(words)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and chain(node)[-1:] and chain(node)[-1] in SHORTCUTS:
            first = chain(node.args[0])
            if len(first) == 1 and is_model(first[0]):
                yield node.lineno, f"{chain(node)[-1]}({first[0]})"


def long_functions(tree: ast.AST, ceiling: int = CEILING_OF_A_VIEW) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > ceiling:
                yield node.lineno, f"{node.name}: {lines} lines"


def clocks_read(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The day asked of the machine rather than of the caller; what a ``user`` may see is always asked of today."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, (ast.Attribute, ast.Name)):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            of_an_instant = name == "local_date" and node.args
            if name in CLOCKS and not of_an_instant and chain(node) != ["user", "local_date"]:
                yield node.lineno, f"{name}()"


def declared_verbs(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The names given to the verbs of the journal: a constant, or a part of one."""
    for node in ast.walk(tree):
        named = (
            [(target, node.value) for target in node.targets if isinstance(target, ast.Name)]
            if isinstance(node, ast.Assign)
            else [(keyword, keyword.value) for keyword in node.keywords]
            if isinstance(node, ast.Call)
            else []
        )
        for name, value in named:
            if isinstance(value, ast.Call) and chain(value) == ["declare"]:
                yield value.lineno, (name.id if isinstance(name, ast.Name) else name.arg) or ""


def names_read(tree: ast.AST) -> set[str]:
    """Every name and attribute that the source reads."""
    reads = [node for node in ast.walk(tree) if isinstance(getattr(node, "ctx", None), ast.Load)]
    return {node.id if isinstance(node, ast.Name) else getattr(node, "attr", "") for node in reads}


def verbs_made(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """A verb of the journal made on the spot, where neither its sentence nor its grammar is looked at."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "people.audit_registry":
            yield from ((node.lineno, alias.name) for alias in node.names if alias.name in {"declare", "DECLARED"})
        elif isinstance(node, ast.Call) and chain(node)[-1:] == ["Verb"]:
            yield node.lineno, "Verb()"


def silent_updates(tree: ast.AST, tracked: Iterable[str], relations: Iterable[str]) -> Iterator[tuple[int, str]]:
    """``update`` on rows whose history is kept: it would leave no trace.

    ``tracked`` names the models, ``relations`` the attributes that lead to their rows. A local name that was given
    such rows counts as they do.
    """
    tracked, relations = set(tracked), set(relations)

    def leads_there(words: list[str], locals_: set[str]) -> bool:
        root, rest = words[0], words[1:]
        of_model = root in tracked and bool(MANAGERS & set(rest[:1]))
        return of_model or root in locals_ or bool(relations & set(rest[:-1]))

    scopes = [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    for scope in scopes:
        locals_ = {
            target.id
            for node in ast.walk(scope)
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
            for target in node.targets
            if isinstance(target, ast.Name) and chain(node.value) and chain(node.value)[0] in tracked
            if MANAGERS & set(chain(node.value)[1:2])
            if chain(node.value)[-1] in {"all", "filter", "exclude", "order_by", "active_on", "select_related"}
            or SCOPES.match(chain(node.value)[-1])
        }
        for node in ast.walk(scope):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                words = chain(node)
                if words and words[-1] in {"update", "bulk_update"} and leads_there(words, locals_):
                    yield node.lineno, ".".join(words)
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and any(
            isinstance(part, (ast.Name, ast.Constant)) and (getattr(part, "id", None) or part.value) in tracked
            for base in node.bases
            if isinstance(base, ast.Subscript)
            for part in ast.walk(base.slice)
        ):
            for call in ast.walk(node):
                if isinstance(call, ast.Call) and chain(call)[:1] == ["self"] and chain(call)[-1] == "update":
                    yield call.lineno, f"{node.name}: {'.'.join(chain(call))}"


def codes_written(tree: ast.AST, codes: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The code of a guideline as a literal, alone or in a statement: renamed, it would change rights unseen."""
    words = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, codes))})(?![\w-])")
    prose = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield from ((node.lineno, match[1]) for match in words.finditer(node.value))


def codes_in_template(template: str, codes: Iterable[str]) -> list[tuple[int, str]]:
    """The same, in quotes inside a tag or a variable."""
    quoted = re.compile(rf"""["']({"|".join(map(re.escape, codes))})["']""")
    return [
        (template.count("\n", 0, tag.start() + match.start()) + 1, match[1])
        for tag in re.finditer(r"\{%.*?%\}|\{\{.*?\}\}", template, flags=re.DOTALL)
        for match in quoted.finditer(tag[0])
    ]


def wide_lines(text: str, columns: int = COLUMNS_OF_A_TEMPLATE) -> list[tuple[int, str]]:
    """Lines that an editor would fold. Where a sentence is too long, ``blocktranslate trimmed`` holds several lines."""
    return [(number, f"{len(line)} columns") for number, line in enumerate(text.splitlines(), 1) if len(line) > columns]


class InlineCode(HTMLParser):
    """What the security policy would refuse: inline style, script and handlers."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        line = self.getpos()[0]
        if tag == "style" or "style" in names:
            self.found.append((line, f"<{tag}> inline style"))
        if tag == "script" and "src" not in names and ("type", "application/json") not in attrs:
            self.found.append((line, "inline script"))
        for name, value in attrs:
            if (
                re.match(r"on[a-z]+$", name)
                or name.startswith("hx-on")
                or (value or "").lstrip().startswith("javascript:")
            ):
                self.found.append((line, f"<{tag} {name}>"))


def inline_code(template: str) -> list[tuple[int, str]]:
    def hollow(match: re.Match[str]) -> str:
        return "\n" * match[0].count("\n")

    parser = InlineCode()
    parser.feed(re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", hollow, template, flags=re.DOTALL))
    parser.close()
    return parser.found


def marks_of_one_language(template: str) -> list[tuple[int, str]]:
    """A colon or quotation marks spaced as French does, outside what is translated: they would stand in English too."""
    said = re.compile(r"\{%\s*(blocktranslate|comment).*?end\1\s*%\}|\{[#%{].*?[#%}]\}", flags=re.DOTALL)
    left = said.sub(lambda match: "\n" * match[0].count("\n"), template)
    lines = enumerate(left.splitlines(), 1)
    return [(number, line.strip()) for number, line in lines if re.search("(\u00a0|&nbsp;):|[«»]", line)]


def small_hints(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Hints of fields that begin with a small letter: a hint is a sentence, on every form alike."""
    for node in ast.walk(tree):
        said: ast.AST | None = None
        if isinstance(node, ast.keyword) and node.arg == "help_text":
            said = node.value
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Attribute):
            said = node.value if node.targets[0].attr == "help_text" else None
        if isinstance(said, ast.Call) and said.args and isinstance(said.args[0], ast.Constant):
            words = str(said.args[0].value)
            if words[:1].islower():
                yield said.lineno, words


def frozen_words(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """``str`` of a lazy sentence in the body of a module or of a class: it would stay in the language of the start."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "str" and node.args:
            said = ast.unparse(node.args[0])
            if re.search(r"label|words|title|verbose_name", said):
                yield node.lineno, said
        yield from frozen_words(node)
