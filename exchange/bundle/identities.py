"""A known key names the person, or the pair, that it always named: what says otherwise is refused."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from exchange.bundle.declaration import BundleFile
from exchange.bundle.drafts import Draft
from exchange.bundle.index import CHUNK
from exchange.reading import Problem, Tolerance
from exchange.scratch import batches
from people.identity import (
    Identity,
    is_double,
    known_elsewhere,
    perhaps_the_same,
    refusal,
    refusal_of_double,
    same_person,
)
from people.models import SchoolBoard


def others_refused(file: str, drafts: Iterable[Draft]) -> list[Problem]:
    """The rows that give a person's key to another person; marks them as faulty."""
    problems = []
    for draft in drafts:
        before, after = Identity.in_values(draft.before or {}), told(draft)
        if draft.before and not same_person(before, after):
            draft.faulty = True
            problems.append(Problem(file, draft.row, "key", refusal(before, after)))
    return problems


def told(draft: Draft) -> Identity:
    """Who somebody is once the row is written."""
    return Identity.in_values({**(draft.before or {}), **draft.values})


def exchanged_students(drafts: Iterable[Draft]) -> list[Problem]:
    """The rows by which a known student would take the name and birth date of another: twins whose keys were
    exchanged. One query a board, for those whose name or date changes."""
    renamed: dict[int, dict[str, Draft]] = {}
    for draft in drafts:
        if draft.before and not draft.faulty and not is_double(Identity.in_values(draft.before), told(draft)):
            renamed.setdefault(draft.values["board_id"], {})[draft.handle] = draft
    problems = []
    for board, changed in renamed.items():
        elsewhere = known_elsewhere(SchoolBoard(pk=board), {key: told(draft) for key, draft in changed.items()})
        for key, other in elsewhere.items():
            draft = changed[key]
            draft.faulty = True
            sentence = refusal_of_double(Identity.in_values(draft.before or {}), told(draft), other)
            problems.append(Problem("students.csv", draft.row, "key", sentence))
    return problems


def doubled_students(drafts: Iterable[Draft]) -> list[Tolerance]:
    """The rows that bring a known student, or one of the file, under a second number. One query a board."""
    new: dict[int, dict[str, Draft]] = {}
    for draft in drafts:
        if not draft.before and not draft.faulty:
            new.setdefault(draft.values["board_id"], {})[draft.handle] = draft
    return [
        Tolerance("students.csv", brought[key].row, "key", perhaps_the_same(other), "perhaps_the_same")
        for board, brought in new.items()
        for key, other in known_elsewhere(
            SchoolBoard(pk=board), {key: told(draft) for key, draft in brought.items()}
        ).items()
    ]


def moved(file: BundleFile, drafts: Iterable[Draft]) -> list[Problem]:
    """The rows that give what is known under a key (a dyad, a parent) to other people; marks them as faulty.

    A query for each column, when there are some.
    """
    problems = []
    for column in (column for column in file.columns if column.name in file.tied):
        changed = {draft.pk: draft for draft in drafts if draft.before and column.attribute in draft.changes()}
        for some in batches(changed, CHUNK):
            known = file.model._base_manager.filter(pk__in=some).values_list("pk", column.lookup)
            for pk, key in known:
                changed[pk].faulty = True
                problems.append(Problem(file.name, changed[pk].row, column.name, _tied(changed[pk], key, column.name)))
    return problems


def _tied(draft: Draft, known: str, name: str) -> str:
    words = _(
        "la clé «\u00a0%(key)s\u00a0» est liée à «\u00a0%(known)s\u00a0», et la ligne dit «\u00a0%(told)s\u00a0»"
        "\u00a0: rien n’est changé. Mettez fin à ce qui est connu, et donnez une autre clé."
    )
    return words % {"key": draft.handle, "known": known, "told": draft.texts.get(name, "")}
