"""What a lead looks at first, beside the weeks of each relation and group."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from guidelines.attention import Attention, Row
from guidelines.models import Flag
from reports.relations import GroupRow, Relation


@dataclass(frozen=True)
class UrgentRow:
    subject: Relation | GroupRow
    row: Row
    on: date

    @property
    def kind(self) -> str:
        return self.row.kind

    @property
    def flag(self) -> Flag:
        return self.row.flag

    @property
    def silence_days(self) -> int:
        """Since the last held meeting, or since the beginning."""
        return (self.on - self.row.silent_since).days


def urgent_rows(found: Attention, dyads: Sequence[Relation], groups: Sequence[GroupRow]) -> list[UrgentRow]:
    """The relations and groups to reach, then to watch, in the order of urgency."""
    subjects: dict[tuple[str, int], Relation | GroupRow] = {("dyad", row.pk): row for row in dyads}
    subjects |= {("group", row.pk): row for row in groups}
    return [UrgentRow(subjects[row.kind, row.pk], row, found.on) for row in found.rows]
