"""Names that rows are sorted by and sought in: kept with the row, the same on both databases."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q, Value
from django.db.models.functions import Concat, Trim

from people import names
from people.bulk import PAGE, overwrite
from people.names import plain

M = TypeVar("M", bound=models.Model)
T = TypeVar("T")
BATCH = 500
#: Nobody looks for somebody with more words.
MOST_WORDS = 8


class NameKey(models.TextField):
    """``plain`` of some of the row's own fields, a space between: ``save``, ``bulk_create`` and imports write it.

    It is compared letter by letter, whatever the language of the database.
    """

    def __init__(self, *, of: Sequence[str] = (), **kwargs: Any) -> None:
        self.of = tuple(of)
        super().__init__(**{"editable": False, "blank": True, "default": "", "db_default": "", **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        told = super().db_parameters(connection)
        return {**told, "collation": "C"} if connection.vendor == "postgresql" else told

    def derive(self, values: Mapping[str, Any]) -> str:
        """What it is worth for these values of the row."""
        return " ".join(plain(str(values[name] or "")) for name in self.of)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = self.derive({name: getattr(model_instance, name) for name in self.of})
        setattr(model_instance, self.attname, key)
        return key


def keys_of(model: type[models.Model], changed: Collection[str]) -> list[NameKey]:
    """The keys that these fields make up."""
    fields = (field for field in model._meta.concrete_fields if isinstance(field, NameKey))
    return [field for field in fields if not set(field.of).isdisjoint(changed)]


class NamedQuerySet(models.QuerySet[M]):
    """Rows with a name: their keys follow whatever changes it."""

    def bulk_update(self, objs: Iterable[M], fields: Iterable[str], batch_size: int | None = None) -> int:
        rows, said = list(objs), list(fields)
        keys = [key for key in keys_of(self.model, said) if key.name not in said]
        for row in rows if keys else ():
            for key in keys:
                key.pre_save(row, add=False)
        return super().bulk_update(rows, [*said, *(key.name for key in keys)], batch_size)

    def update(self, **values: Any) -> int:
        keys = [key for key in keys_of(self.model, values) if key.name not in values]
        if not keys:
            return super().update(**values)
        with transaction.atomic():
            pks = list(self.values_list("pk", flat=True))
            count = super().update(**values)
            for first in range(0, len(pks), BATCH):
                rows = list(self.model._base_manager.filter(pk__in=pks[first : first + BATCH]))
                self.model._base_manager.bulk_update(rows, sorted({name for key in keys for name in key.of}))
        return count


class Named(models.Model):
    """A row whose keys follow its name."""

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        if update_fields is not None:
            said = list(update_fields)
            update_fields = [*said, *(key.name for key in keys_of(type(self), said) if key.name not in said)]
        super().save(*args, update_fields=update_fields, **kwargs)


class NamedPerson(Named):
    """An adult, a student or a parent: sorted by family name, or by given name where one knows them."""

    given_name: str
    family_name: str
    apart = ""
    """What tells them from others of that name, in the list being read (``people.apart``)."""
    name_key = NameKey(of=("family_name", "given_name"))
    given_key = NameKey(of=("given_name", "family_name"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self._with_difference(names.full(self.given_name, self.family_name))

    @property
    def listed_name(self) -> str:
        """« Benali, Inès »."""
        return self._with_difference(names.listed(self.given_name, self.family_name))

    @property
    def discreet_name(self) -> str:
        """« Inès B. »."""
        return self._with_difference(names.discreet(self.given_name, self.family_name))

    @property
    def signed_name(self) -> str:
        """« I. Benali »."""
        return self._with_difference(names.signed(self.given_name, self.family_name))

    def _with_difference(self, name: str) -> str:
        return f"{name} ({self.apart})" if self.apart else name


def fill_keys(model: type[models.Model]) -> None:
    """Write the keys of every row, as a migration does."""
    keys = [field for field in model._meta.concrete_fields if isinstance(field, NameKey)]
    rows = model._base_manager.order_by("pk").values("pk", *{name for key in keys for name in key.of})
    for some in batched(rows.iterator(chunk_size=PAGE), PAGE):
        overwrite(model, [{"id": row["pk"]} | {key.attname: key.derive(row) for key in keys} for row in some])


def batched(rows: Iterator[T], size: int) -> Iterator[list[T]]:
    while some := list(islice(rows, size)):
        yield some


def sought(typed: str, *keys: str) -> Q:
    """The rows in whose keys every word typed is found, in one or in another; all when nothing is typed."""
    words = typed.split()[:MOST_WORDS]
    found = [word for word in map(plain, words) if word]
    if words and not found:
        return Q(pk__in=[])
    held = Q()
    for word in found:
        held &= Q(*((f"{key}__contains", word) for key in keys), _connector=Q.OR)
    return held


def full_name_of(person: str) -> Trim:
    """« Inès Benali », said by the database; ``person`` leads to her, with its double underscore."""
    return Trim(Concat(f"{person}given_name", Value(" "), f"{person}family_name"))
