"""The house rule on numbers: a bound of the catalogue written again elsewhere does not follow what a board sets."""

import ast
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import zip_longest

from guidelines.catalogue import Guideline

KINDS: dict[str, frozenset[str]] = {
    "mois": frozenset({"month", "months", "short", "early"}),
    "semaine": frozenset({"week", "weeks", "gap", "missed"}),
    "minute": frozenset({"minute", "minutes", "training"}),
    "membre": frozenset(["member", "members", "size", "sizes", "large", "largest", "small", "smallest"]),
    "%": frozenset({"percent", "share", "rate"}),
    "dyade": frozenset({"dyads", "load"}),
}
"""What a bound counts, as the catalogue's unit says it, and the words of a name in code that counts the same."""
SAID = {"mois": "mois", "minute": "minutes?", "membre": "membres?|élèves?"}
"""The kinds that a sentence gives away, by the words that follow their number."""
IN_LETTERS = {"trois": 3, "cinq": 5, "six": 6, "dix": 10, "douze": 12, "treize": 13, "quinze": 15}
Numbers = Mapping[str, Collection[int]]


def numbers_of(entries: Iterable[Guideline]) -> dict[str, set[int]]:
    """The numbers of the catalogue by what they count; 0 and 1 are everybody's."""
    found: dict[str, set[int]] = {kind: set() for kind in KINDS}
    for entry in entries:
        counted = [(str(entry.unit), bound.bound or 0) for bound in entry.thresholds]
        counted += [(str(parameter.words), parameter.default) for parameter in entry.parameters]
        for words, number in counted:
            places = {kind: words.lower().find(kind) for kind in KINDS}
            named = min((kind for kind, place in places.items() if place >= 0), key=lambda k: places[k], default=None)
            if named is not None and number > 1:
                found[named].add(number)
    return found


def thresholds_written(tree: ast.AST, numbers: Numbers) -> Iterator[tuple[int, str]]:
    """A number of the catalogue as a constant, a usual value or a term of a comparison, under a name of its kind."""
    for node in ast.walk(tree):
        for named, value in _pairs(node):
            if isinstance(value, ast.Constant) and type(value.value) is int:
                words = _words(named)
                if any(words & KINDS[kind] and value.value in numbers[kind] for kind in KINDS):
                    yield value.lineno, f"{ast.unparse(named)} {value.value}"


def _pairs(node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    """What is named, and what may be its number."""
    if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            names, values = _parts(target), _parts(node.value)
            pairs = (
                zip(names, values, strict=True) if len(names) == len(values) else ((target, value) for value in values)
            )
            yield from ((name, value) for name, value in pairs if ast.unparse(name).isupper())
    elif isinstance(node, ast.Compare):
        terms = [node.left, *node.comparators]
        yield from ((one, other) for one in terms for other in terms if one is not other)
    elif isinstance(node, ast.arguments):
        yield from zip_longest(reversed(node.args), reversed(node.defaults), fillvalue=ast.Pass())
        yield from zip(node.kwonlyargs, (default or ast.Pass() for default in node.kw_defaults), strict=True)


def _parts(node: ast.expr) -> list[ast.expr]:
    return list(node.elts) if isinstance(node, ast.Tuple | ast.List) else [node]


def _words(node: ast.AST) -> set[str]:
    names = [getattr(part, key, None) for part in ast.walk(node) for key in ("id", "attr", "arg")]
    return {word for name in names if isinstance(name, str) for word in name.lower().split("_")}


def sentences(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The texts of a source, without its docstrings."""
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.lineno, node.value


def thresholds_said(text: str, numbers: Numbers) -> Iterator[tuple[int, str]]:
    """A number of the catalogue in a sentence: « 12 élèves », « de 13 à 15 », « au-delà de 15 », « six mois »."""
    number = rf"(\d+|{'|'.join(IN_LETTERS)})"
    followed = "|".join(f"(?P<{kind}>{words})" for kind, words in SAID.items())
    counted = re.compile(rf"(?<![\w.(]){number}(?: à {number})?[ \u00a0](?:{followed})\b", re.IGNORECASE)
    compared = re.compile(r"\b(?:au-delà de|dépasse(?:nt)?|plus de|moins de|zone de \d+ à) (\d+)\b", re.IGNORECASE)
    for match in counted.finditer(text):
        kind = next(kind for kind in SAID if match[kind])
        if any(_value(given) in numbers[kind] for given in match.groups()[:2] if given):
            yield text.count("\n", 0, match.start()) + 1, match[0]
    every = {one for kind in SAID for one in numbers[kind]}
    for match in compared.finditer(text):
        if int(match[1]) in every:
            yield text.count("\n", 0, match.start()) + 1, match[0]


def _value(said: str) -> int:
    return int(said) if said.isdigit() else IN_LETTERS[said.lower()]
