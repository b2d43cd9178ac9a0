"""A relation as it is now, for whoever changes it."""

from programs.models.relations import Rel


def locked(relation: Rel) -> Rel:
    """The relation as it is now, held until the transaction ends; rows that only point to it are not held up."""
    rows = type(relation).objects.with_people().select_for_update(of=("self",), no_key=True)
    now: Rel = rows.get(pk=relation.pk)
    return now
