"""One file into the database, batch by batch: known rows are compared, and only what differs is written."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_update_with_history

from exchange.bundle import checks, references
from exchange.bundle.base_rules import Rules
from exchange.bundle.declaration import BundleFile
from exchange.bundle.drafts import BETWEEN, Draft, RowReader, spelled
from exchange.bundle.identities import moved
from exchange.bundle.index import CHUNK, Index
from exchange.bundle.state import State
from exchange.lines import Row
from exchange.reading import Problem
from exchange.scratch import batches
from exchange.storing import insert
from exchange.tables import Table
from people.witness import tell_changed


class Loader:
    """Takes the rows of one declared file. Writes nothing once the import has a problem, and still checks all."""

    def __init__(
        self, file: BundleFile, table: Table, index: Index, state: State, rules: Rules, *, blind: bool = False
    ) -> None:
        self.file, self.index, self.state, self.rules = file, index, state, rules
        self.reader = RowReader(file, table.header, blind=blind, decimal_comma=table.separator != ",")
        self.seen = state.scratch.shelf()
        self.given = [column.attribute for _position, column, _refers in self.reader.cells if column.attribute]
        fields = {field.attname for field in file.model._meta.concrete_fields}
        stored = {column.attribute for column in file.columns if column.attribute} | set(file.identity)
        derived = {name for name, _compute in file.derived}
        self.attributes = sorted(stored | derived | fields & {"deleted_at"})
        self.tenant = "board_id" in fields
        self.probe = "key" if "key" in file.identity else file.identity[0]
        self.tracked = hasattr(file.model._meta, "simple_history_manager_attribute")
        self.stamps = fields & {"saved_at"}

    def take(self, rows: Sequence[Row]) -> None:
        """Read, check and write one batch: a constant number of queries, whatever the rows."""
        drafts = []
        for number, cells in rows:
            draft, problems = self.reader.read(number, cells)
            self.state.problems += problems
            drafts.append(draft)
        self.state.tolerances += self.reader.tolerances
        self.reader.tolerances.clear()
        self.state.problems += references.resolve(self.file, drafts, self.index)
        self.state.problems += self.rules.resolved([draft for draft in drafts if not draft.faulty])
        for draft in drafts:
            if self.tenant and draft.board:
                draft.values["board_id"] = draft.board
        if self.file.handle == "key":
            self._refuse_repeated_keys(drafts)
        self.state.problems += [
            wrong for draft in drafts if draft.faulty for wrong in self._upside_down(draft.row, draft.values)
        ]
        sound = [draft for draft in drafts if not draft.faulty]
        if self.file.handle != "key":
            sound = self._without_repeated(sound)
        self._match(sound)
        self.state.problems += moved(self.file, sound)
        self.state.problems += [wrong for draft in sound for wrong in self._check(draft)]
        self.state.problems += self.rules.check(sound)
        sound = [draft for draft in sound if not draft.faulty]
        self._write(sound)
        self.rules.written(sound)
        self._remember(drafts)

    def finish(self) -> None:
        self.state.problems += self.rules.finish()

    def _refuse_repeated_keys(self, drafts: list[Draft]) -> None:
        seen = self.seen.get(draft.handle for draft in drafts if draft.handle)
        for draft in drafts:
            if not draft.handle:
                continue
            others = seen.setdefault(draft.handle, {})
            rows = [row for board, row in others.items() if draft.board in (board or draft.board, None)]
            others.setdefault(draft.board or 0, draft.row)
            if rows:
                sentence = _("la clé «\u00a0%(key)s\u00a0» est déjà à la ligne %(row)s.")
                self._problem(draft, "key", sentence % {"key": draft.handle, "row": min(rows)})
        self.seen.put((draft.handle, draft.board or 0, draft.row) for draft in drafts if draft.handle)

    def _without_repeated(self, drafts: list[Draft]) -> list[Draft]:
        """Those that no earlier row says already; one that says otherwise of the same record is a problem."""
        told = [(self._spelled(draft, self.file.identity), self._spelled(draft, self.given), draft) for draft in drafts]
        self.seen.put((identity, 0, (draft.row, said)) for identity, said, draft in told)
        seen = self.seen.get(identity for identity, _said, _draft in told)
        kept = []
        for identity, said, draft in told:
            row, first = seen[identity][0]
            if row == draft.row:
                kept.append(draft)
            elif first != said:
                pairs = zip(self.given, first.split(BETWEEN), said.split(BETWEEN), strict=True)
                differing = next(name for name, one, other in pairs if one != other)
                column = next(c.name for c in self.file.columns if c.attribute == differing)
                sentence = _("les lignes %(first)s et %(second)s décrivent le même élément, et se contredisent.")
                self._problem(draft, column, sentence % {"first": row, "second": draft.row})
        return kept

    @staticmethod
    def _spelled(draft: Draft, names: Sequence[str]) -> str:
        return spelled(*(draft.values[name] for name in names))

    def _problem(self, draft: Draft, column: str, sentence: str) -> None:
        draft.faulty = True
        self.state.problems.append(Problem(self.file.name, draft.row, column, sentence))

    def _match(self, drafts: list[Draft]) -> None:
        """Give each draft the row that it names, when the database has it."""
        known: dict[tuple[Any, ...], dict[str, Any]] = {}
        matched = self.file.model._base_manager.filter(self.file.matched)
        for some in batches({draft.values[self.probe] for draft in drafts}, CHUNK):
            rows = matched.filter(**{f"{self.probe}__in": some}).order_by("pk").values("pk", *self.attributes)
            known.update((tuple(row[name] for name in self.file.identity), row) for row in rows)
        for draft in drafts:
            draft.before = known.get(tuple(draft.values[name] for name in self.file.identity))
            if draft.before is not None:
                draft.pk = draft.before["pk"]
                if draft.before.get("deleted_at"):
                    draft.values["deleted_at"] = None
            else:
                for column in self.file.columns:
                    if column.attribute and column.attribute not in draft.values:
                        draft.values[column.attribute] = column.empty()
            final = {**(draft.before or {}), **draft.values} if self.file.derived else {}
            draft.values.update((name, compute(final)) for name, compute in self.file.derived)

    def _check(self, draft: Draft) -> list[Problem]:
        if not self.file.ranges and not self.file.checks:
            return []
        final = {**(draft.before or {}), **draft.values}
        answers = [check(final) for check in self.file.checks]
        problems = self._upside_down(draft.row, final)
        problems += [Problem(self.file.name, draft.row, *answer) for answer in answers if answer]
        draft.faulty = draft.faulty or bool(problems)
        return problems

    def _upside_down(self, row: int, values: dict[str, Any]) -> list[Problem]:
        names = {column.attribute: column.name for column in self.file.columns}
        answers = [checks.range_ordered(values, *bounds) for bounds in self.file.ranges]
        return [Problem(self.file.name, row, names[answer[0]], answer[1]) for answer in answers if answer]

    def _write(self, drafts: list[Draft]) -> None:
        created = [draft for draft in drafts if draft.before is None]
        updated = [draft for draft in drafts if draft.before is not None and draft.changes()]
        count = self.state.counts[self.file.name]
        count.created += len(created)
        count.updated += len(updated)
        count.unchanged += len(drafts) - len(created) - len(updated)
        self.state.boards |= {draft.board or draft.pk for draft in updated}
        if self.state.problems:
            for draft in created:
                draft.pk = self.state.stand_in()
            return
        for draft, pk in zip(created, insert(self.file.model, [draft.values for draft in created]), strict=True):
            draft.pk = pk
        self._update(updated)
        self.state.boards |= {draft.board or draft.pk for draft in created}

    def _update(self, drafts: list[Draft]) -> None:
        if not drafts:
            return
        model = self.file.model
        rows = model._base_manager.in_bulk([draft.pk for draft in drafts])
        names: set[str] = set(self.stamps)
        now = timezone.now()
        for draft in drafts:
            changed = draft.changes()
            names.update(changed)
            tell_changed(rows[draft.pk], **{name: getattr(rows[draft.pk], name) for name in changed})
            for name in changed:
                setattr(rows[draft.pk], name, draft.values[name])
            for name in self.stamps:
                setattr(rows[draft.pk], name, now)
        self._save(model, list(rows.values()), sorted(names))

    def _save(self, model: type[models.Model], rows: list[models.Model], names: list[str]) -> None:
        if self.tracked:
            bulk_update_with_history(rows, model, names)
        else:
            model._base_manager.bulk_update(rows, names)

    def _remember(self, drafts: list[Draft]) -> None:
        if not self.file.handle:
            return
        for draft in drafts:
            if draft.faulty or not draft.pk:
                self.index.add_faulty(self.file.name, draft.handle)
        sound = (draft for draft in drafts if draft.pk and not draft.faulty)
        self.index.add(self.file.name, ((draft.handle, draft.board or draft.pk, draft.pk) for draft in sound))
