"""Puts a function's broken code in place, in this process alone: whoever imported the function meets it."""

import ast
import builtins
import copy
import gc
import importlib
from collections.abc import Callable, Iterable
from types import CodeType, FunctionType

from tools.mutations.found import Mutant, Source, first_line

REACHED = "__rule_reached__"
Whole = tuple[str, str, int]
Bodies = dict[Whole, list[FunctionType]]


def functions(mutants: Iterable[Mutant]) -> Bodies:
    """The living functions that hold a rule, by module, name and line."""
    wanted = {one.whole for one in mutants}
    files = {importlib.import_module(module).__file__: module for module, _name, _line in wanted}
    found: Bodies = {}
    for one in gc.get_objects():
        if type(one) is FunctionType and (module := files.get(one.__code__.co_filename)):
            whole = module, one.__code__.co_qualname, one.__code__.co_firstlineno
            if whole in wanted:
                found.setdefault(whole, []).append(one)
    return found


def put(bodies: Bodies, whole: Whole, tree: ast.Module) -> None:
    """Give each of these functions the code that it has in this tree; LookupError where it has none."""
    for one in bodies[whole]:
        code = _code(compile(tree, one.__code__.co_filename, "exec"), whole)
        one.__code__ = code


def watch(bodies: Bodies, sources: dict[str, Source], note: Callable[[Whole], None]) -> None:
    """Have each function say that it was called, before it does what it does."""
    setattr(builtins, REACHED, note)
    watched: dict[str, set[Whole]] = {}
    for whole in bodies:
        watched.setdefault(whole[0], set()).add(whole)
    for module, wholes in watched.items():
        tree = _watched(sources[module], wholes)
        compiled = compile(tree, importlib.import_module(module).__file__ or "", "exec")
        for whole in wholes:
            for one in bodies[whole]:
                one.__code__ = _code(compiled, whole)


def _watched(source: Source, wholes: set[Whole]) -> ast.Module:
    copied = Source(source.module, copy.deepcopy(source.tree))
    for name, function in copied.functions():
        whole = source.module, name, first_line(function)
        if whole in wholes:
            said = ast.parse(f"{REACHED}({whole!r})").body[0]
            function.body.insert(0, ast.copy_location(said, function.body[0]))
    return ast.fix_missing_locations(copied.tree)


def _code(compiled: CodeType, whole: Whole) -> CodeType:
    _module, name, line = whole
    waiting = [compiled]
    while waiting:
        code = waiting.pop()
        if (code.co_qualname, code.co_firstlineno) == (name, line):
            return code
        waiting += [one for one in code.co_consts if isinstance(one, CodeType)]
    raise LookupError(whole)
