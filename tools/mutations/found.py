"""Every way of breaking a rule of access, found in the code itself."""

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.sources import ROOT, sources

APPS = ("people", "programs", "mentoring", "guidelines", "reports", "exchange", "accompagnement")
OUTSIDE = ("tests", "migrations", "demo", "synthetic", "invented", "management")
NARROWING = {"filter", "exclude"}
FORGOTTEN = "forgotten"
OF_ITSELF = ("_by", "_to", "_among")
Function = ast.FunctionDef
Change = Callable[[ast.AST], ast.AST]


@dataclass(frozen=True)
class Mutant:
    """One rule broken: ``place`` numbers the node to change within its outermost function."""

    module: str
    function: str
    line: int
    kind: str
    place: int
    said: str

    @property
    def whole(self) -> tuple[str, str, int]:
        """The function that is swapped."""
        return self.module, self.function, self.line

    @property
    def owner(self) -> str:
        """The class, if any."""
        return self.function.rpartition(".")[0]

    def __str__(self) -> str:
        return f"{self.module}:{self.line} {self.function}: {self.said}"


@dataclass
class Source:
    """A module, read once; ``rules`` name the methods that give the rows that a person may see or act on."""

    module: str
    tree: ast.Module
    rules: frozenset[str] = frozenset()

    def functions(self) -> Iterator[tuple[str, Function]]:
        """The outermost functions, with their names as code objects say them."""
        yield from _functions(self.tree.body, "")

    def mutants(self) -> Iterator[Mutant]:
        for name, function in self.functions():
            for place, node in enumerate(ast.walk(function)):
                for kind, said in kinds(node, function, name, self.rules):
                    yield Mutant(self.module, name, first_line(function), kind, place, said)

    def changed(self, mutant: Mutant) -> ast.Module:
        """The module with this rule broken."""
        tree = copy.deepcopy(self.tree)
        named = (node for name, node in _functions(tree.body, "") if name == mutant.function)
        function = next(node for node in named if first_line(node) == mutant.line)
        target = list(ast.walk(function))[mutant.place]
        CHANGES[mutant.kind](function, target, self.rules)
        return ast.fix_missing_locations(tree)


def read() -> dict[str, Source]:
    """By module, those of the application."""
    found = {}
    for app in APPS:
        for path in sources(ROOT / app, suffixes=[".py"], outside=OUTSIDE):
            parts = path.relative_to(ROOT).with_suffix("").parts
            module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            found[module] = Source(module, ast.parse(Path(path).read_text()))
    rules = frozenset(
        name.rpartition(".")[2]
        for source in found.values()
        for name, function in source.functions()
        if gives_rows(name, function)
    )
    for source in found.values():
        source.rules = rules
    return found


def first_line(function: Function) -> int:
    """As its code object says it: that of its first decorator."""
    return min([function.lineno, *(one.lineno for one in function.decorator_list)])


def gives_rows(name: str, function: Function) -> bool:
    """Whether it is a queryset's own narrowing for a person: ``visible_to`` and its like."""
    owner, _dot, own = name.rpartition(".")
    arguments = [one.arg for one in function.args.args]
    if not owner.endswith("QuerySet") or own.startswith(("_", "with_")) or arguments[1:2] != ["user"]:
        return False
    return any(_is_narrowing(node) for node in ast.walk(function))


def kinds(node: ast.AST, function: Function, name: str, rules: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The ways of breaking one node."""
    own = name.rpartition(".")[2]
    if node is function and own in rules and gives_rows(name, function):
        yield "rows", "gives every row"
    if node is function and says_whether(function):
        yield "yes", "always says yes"
    if isinstance(node, ast.If) and (said := _refusal(node)):
        yield "refusal", f"never raises {said}: {ast.unparse(node.test)}"
    if isinstance(node, ast.Expr) and _called(node.value) == "require_role":
        yield "role", f"no {ast.unparse(node)}"
    if isinstance(node, ast.Call) and _called(node) == "own_board" and len(node.args) > 1:
        yield "any_role", f"whatever the role: {ast.unparse(node)}"
    if isinstance(node, ast.Call) and _called(node) == "get_or_refuse":
        yield "door", f"refuses nobody: {ast.unparse(node.args[1])}"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in rules:
        yield FORGOTTEN, f"forgets {ast.unparse(node)}"
    is_rule = gives_rows(name, function) or own in TERMS
    if is_rule and isinstance(node, ast.Call) and _is_narrowing(node):
        for number, argument in enumerate([*node.args, *node.keywords]):
            if len(node.args) + len(node.keywords) > 1:
                yield f"term{number}", f"without {ast.unparse(argument)}"
    if is_rule and isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd):
        yield "left", f"without « & {ast.unparse(node.right)} »"
        yield "right", f"without « {ast.unparse(node.left)} & »"


TERMS = {"within", "leads_group", "stands_in", "_own", "_entrusted", "_leading", "mentored", "in_charge", "students"}
"""What the rules are put together from."""


def says_whether(function: Function) -> bool:
    """« may_log(user, …) -> bool »."""
    arguments = {one.arg for one in function.args.args}
    returned = function.returns
    is_bool = isinstance(returned, ast.Name) and returned.id == "bool"
    return is_bool and "user" in arguments and (function.name.startswith("may_") or function.name == "granted")


def _refusal(node: ast.If) -> str:
    """What the last line of the branch raises, when it refuses somebody."""
    raised = node.body[-1]
    if not isinstance(raised, ast.Raise) or raised.exc is None or node.orelse:
        return ""
    name = ast.unparse(raised.exc)
    if name.startswith(("PermissionDenied", "Problem(403")):
        return name.partition("(")[0]
    about_person = {"user", "person", "board_id", "board"}
    words = {one.attr for one in ast.walk(node.test) if isinstance(one, ast.Attribute)}
    words |= {one.id for one in ast.walk(node.test) if isinstance(one, ast.Name)}
    return "Http404" if name.startswith("Http404") and words & about_person else ""


def _called(node: ast.AST) -> str:
    return node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""


def _is_narrowing(node: ast.AST) -> bool:
    """``.filter(…)`` and ``.exclude(…)``; what a queryset asks of itself for somebody."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    own: ast.AST = node.func.value
    is_own = isinstance(own, ast.Name) and own.id == "self"
    return node.func.attr in NARROWING or (is_own and node.func.attr.endswith(OF_ITSELF))


def _functions(body: list[Any], inside: str) -> Iterator[tuple[str, Function]]:
    for node in body:
        if isinstance(node, ast.FunctionDef):
            yield inside + node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from _functions(node.body, f"{inside}{node.name}.")


# The changes, in place


class Widened(ast.NodeTransformer):
    """Every narrowing of ``self`` dropped; what is annotated or deferred stays."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if _is_narrowing(node) and isinstance(node.func, ast.Attribute):
            every = ast.Attribute(node.func.value, "all", ast.Load())
            return ast.copy_location(ast.Call(every, [], []), node)
        return node


def _rows(function: Any, target: Any, rules: frozenset[str]) -> None:
    function.body = [Widened().visit(one) for one in function.body]


def _yes(function: Any, target: Any, rules: frozenset[str]) -> None:
    function.body.insert(0, ast.Return(ast.Constant(True)))


def _no_refusal(function: Any, target: Any, rules: frozenset[str]) -> None:
    target.body[-1] = ast.Pass()


def _no_role(function: Any, target: Any, rules: frozenset[str]) -> None:
    target.value = ast.Constant(None)


def _any_role(function: Any, target: Any, rules: frozenset[str]) -> None:
    del target.args[1:]


def _open_door(function: Any, target: Any, rules: frozenset[str]) -> None:
    target.args[1] = copy.deepcopy(target.args[0])


def _forgotten(function: Any, target: Any, rules: frozenset[str]) -> None:
    target.func.attr, target.args, target.keywords = "all", [], []


def _without(number: int) -> Callable[[Any, Any, frozenset[str]], None]:
    def drop(function: Any, target: Any, rules: frozenset[str]) -> None:
        if number < len(target.args):
            del target.args[number]
        else:
            del target.keywords[number - len(target.args)]

    return drop


def _keep(side: str) -> Callable[[Any, Any, frozenset[str]], None]:
    def keep(function: Any, target: Any, rules: frozenset[str]) -> None:
        if side == "left":
            target.right = copy.deepcopy(target.left)
        else:
            target.left = copy.deepcopy(target.right)

    return keep


CHANGES: dict[str, Callable[[Any, Any, frozenset[str]], None]] = {
    "rows": _rows, "yes": _yes, "refusal": _no_refusal, "role": _no_role, "any_role": _any_role,
    "door": _open_door, FORGOTTEN: _forgotten,
    "left": _keep("left"), "right": _keep("right"), **{f"term{number}": _without(number) for number in range(12)},
}  # fmt: skip
