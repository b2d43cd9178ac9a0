"""Taking a whole import back, while nothing was built on it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_update_with_history

from exchange.imports.archives import BUNDLE
from exchange.imports.built import built_on, built_on_changes, called
from exchange.imports.tracing import FOR_GOOD, GONE, plain
from exchange.models import ImportRun, ImportTrace
from mentoring.models import Dyad, Pause
from people.actions.accounts import close_accounts, reopen_accounts
from people.models import User
from people.models.names import Named, NamedQuerySet
from programs.actions.planning import plan_ahead
from programs.gestures.kinds import KINDS
from programs.gestures.verbs import put_back
from programs.models import Gesture, GroupLead, SupportGroup

CHUNK = 500
Values = dict[str, Any]
Created = dict[type[models.Model], list[int]]
Changed = dict[type[models.Model], dict[int, tuple[Values, Values]]]
"""By model and row, what the attributes said before the import, and what they said once it was done."""


class Deeds:
    """What a run did: ``created``, ``changed`` and ``removed`` rows, the relations that it ended (``gestures``), and
    what no undo takes back (``final``). A row that it created and then changed is one that it created."""

    def __init__(self, run: ImportRun) -> None:
        created, own = defaultdict[type[models.Model], list[int]](list), set[tuple[type[models.Model], int]]()
        self.changed: Changed = defaultdict(dict)
        self.final: Created = defaultdict(list)
        self.removed: dict[type[models.Model], list[Values]] = defaultdict(list)
        for trace in run.traces.order_by("pk"):
            model = apps.get_model(trace.model)
            if trace.before is None:
                created[model].append(trace.row)
                own.add((model, trace.row))
            elif FOR_GOOD in trace.before:
                self.final[model].append(trace.row)
            elif trace.after == {GONE: True}:
                self.removed[model].append(trace.before)
            elif (model, trace.row) not in own:
                self._merge(model, trace)
        self.gestures = created.pop(Gesture, [])
        self.created = {model: list(dict.fromkeys(pks)) for model, pks in created.items()}

    def _merge(self, model: type[models.Model], trace: ImportTrace) -> None:
        """The first that was said before, the last that was said after."""
        before, after = self.changed[model].get(trace.row, ({}, {}))
        self.changed[model][trace.row] = ({**(trace.before or {}), **before}, {**after, **(trace.after or {})})

    def is_empty(self) -> bool:
        return not (self.created or self.changed or self.removed or self.final or self.gestures)

    def ended(self) -> list[Gesture]:
        """The ends that it wrote in relations that were there, and that nobody undid since."""
        rows = Gesture.objects.filter(pk__in=self.gestures, undone_at=None).select_related("board").order_by("-pk")
        return [row for row in rows if row.subject_id not in self.created.get(KINDS[row.kind].model, ())]


def obstacles(run: ImportRun, on: date) -> list[str]:
    """What stands in the way, in sentences; empty when all of it can be taken back."""
    deeds = Deeds(run)
    if deeds.is_empty():
        return [
            _("Le chemin du retour n’est plus gardé\u00a0: l’importation est trop ancienne, ou d’une autre nature.")
        ]
    said = []
    for model, pks in deeds.final.items():
        words = _("Fins et changements d’adresse (%(what)s)\u00a0: %(count)s. Cela se corrige sur leur page.")
        said.append(words % {"count": len(pks), "what": called(model)})
    files = run.summary.get("files", ()) if run.kind == BUNDLE else ()
    if not (deeds.changed or deeds.removed) and (changes := sum(file["updated"] for file in files)):
        words = _("Fiches que l’archive a modifiées sans que l’on garde ce qu’elles disaient\u00a0: %(count)s.")
        said.append(words % {"count": changes})
    said += built_on(deeds.created)
    for model, told in deeds.changed.items():
        if count := sum(not _is_as_left(row, told[row.pk][1]) for row in _rows(model, told)):
            words = _("Modifications faites depuis (%(what)s)\u00a0: %(count)s.")
            said.append(words % {"what": called(model), "count": count})
    said += built_on_changes(deeds.changed, run, on)
    return said + _ends_that_stay(deeds.ended(), on)


def _ends_that_stay(gestures: Iterable[Gesture], on: date) -> list[str]:
    """Relations that the import ended and that can't go on: something took their place, or they changed since."""
    said = []
    for gesture in gestures:
        kind = KINDS[gesture.kind]
        row: Any = kind.model._base_manager.filter(pk=gesture.subject_id).first()
        try:
            if row is None or any(
                not _is_as_left(row, told["now"]) for told in gesture.changed if told["pk"] == row.pk
            ):
                raise ValidationError(
                    _("Cela a changé entre-temps\u00a0: rien n’est rétabli. Corrigez plutôt la page.")
                )
            kind.check_return(row, on)
        except ValidationError as refusal:
            said.append(f"{kind.title(row) if row else kind.words}\u00a0: {' '.join(refusal.messages)}")
    return said


def take_back(run: ImportRun, *, person: User, on: date) -> None:
    """Let relations go on, put back what was changed, delete what was created, the last deeds first; inside a
    transaction. Then meetings are planned again."""
    deeds = Deeds(run)
    for gesture in deeds.ended():
        put_back(gesture=gesture, person=person, on=on)
    _accounts_back(deeds.changed.get(User, {}), person)
    relations = _touched(deeds)
    for model, told in deeds.changed.items():
        _write_back(model, _rows(model, told), told)
    for model in reversed(deeds.created):
        pks = deeds.created[model]
        for first in range(0, len(pks), CHUNK):
            model._base_manager.filter(pk__in=pks[first : first + CHUNK]).delete()
    for model, rows in deeds.removed.items():
        model._base_manager.bulk_create([_row_of(model, said) for said in rows])
    run.traces.all().delete()
    if relations:
        plan_ahead(board=run.board, on=on)
    for relation in relations:
        relation.announce(on)


def _accounts_back(told: dict[int, tuple[Values, Values]], person: User) -> None:
    """Accounts are opened and closed by their verbs: sessions die, who listens is told."""
    people = User.objects.get_queryset().in_bulk([pk for pk, (before, _after) in told.items() if "is_active" in before])
    opened = [one for one in people.values() if told[one.pk][0]["is_active"]]
    closed = [one for one in people.values() if not told[one.pk][0]["is_active"]]
    reopen_accounts(people=opened, person=person)
    close_accounts(people=closed, person=person, at=timezone.now())


def _touched(deeds: Deeds) -> list[Any]:
    """The relations whose pauses and leads are put back: they are looked at again."""
    pauses = [*deeds.created.get(Pause, ()), *deeds.changed.get(Pause, ())]
    dyads = Dyad.objects.with_people().filter(pauses__in=pauses).distinct() if pauses else ()
    leads = deeds.changed.get(GroupLead)
    groups = SupportGroup.objects.with_people().filter(leads__in=list(leads)).distinct() if leads else ()
    return [*dyads, *groups]


def _write_back(model: type[models.Model], rows: list[Any], told: dict[int, tuple[Values, Values]]) -> None:
    """Past what watches a change of school or grade: it never was. Names keep their keys."""
    names = set[str]()
    for row in rows:
        before, _after = told[row.pk]
        for name, value in before.items():
            field: Any = model._meta.get_field(name)
            setattr(row, name, value if name.endswith("_id") else field.to_python(value))
        names |= before.keys()
    fields = sorted({model._meta.get_field(name.removesuffix("_id")).name for name in names})
    if hasattr(model._meta, "simple_history_manager_attribute"):
        bulk_update_with_history(rows, model, fields, batch_size=200)
        return
    queries: models.QuerySet[Any] = NamedQuerySet(model) if issubclass(model, Named) else models.QuerySet(model)
    queries.bulk_update(rows, fields, batch_size=200)


def _row_of(model: type[models.Model], said: Values) -> Any:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return model(**{name: fields[name].to_python(value) for name, value in said.items()})


def _rows(model: type[models.Model], told: Iterable[int]) -> list[Any]:
    return list(model._base_manager.in_bulk(list(told)).values())


def _is_as_left(row: models.Model, after: Values) -> bool:
    """Whether the row still says what the import wrote."""
    return plain({name: getattr(row, name) for name in after}) == plain(after)
