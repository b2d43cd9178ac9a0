"""Taking a whole import back, while nothing was built on it."""

from collections import defaultdict
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _
from simple_history.utils import bulk_update_with_history

from exchange.imports.tracing import FOR_GOOD, plain
from exchange.models import ImportRun, ImportTrace
from people.models import Draft, Notification

CHUNK = 500
#: What the house makes by itself of a person, and would make again.
OF_NO_WEIGHT: tuple[type[models.Model], ...] = (Draft, Notification)
OURS = {"people", "programs", "mentoring", "guidelines", "reports", "exchange"}
Traces = dict[type[models.Model], list[ImportTrace]]


def obstacles(run: ImportRun) -> list[str]:
    """What stands in the way, in sentences; empty when all of it can be taken back."""
    created, changed, final = _sorted(run)
    said = []
    if not (created or changed or final):
        return [
            _("Le chemin du retour n’est plus gardé\u00a0: l’importation est trop ancienne, ou d’une autre nature.")
        ]
    for model, traces in final.items():
        words = _("Fins et changements d’adresse (%(what)s)\u00a0: %(count)s. Cela se corrige sur leur page.")
        said.append(words % {"count": len(traces), "what": _called(model)})
    if changes := sum(file["updated"] + file.get("ended", 0) for file in run.summary.get("files", ())):
        words = _("Fiches que l’archive a modifiées, ou auxquelles elle a mis fin\u00a0: %(count)s.")
        said.append(words % {"count": changes})
    said += _built_on(created)
    for model, traces in changed.items():
        if count := sum(not _is_as_left(row, trace) for row, trace in _pairs(model, traces)):
            words = _("Modifications faites depuis (%(what)s)\u00a0: %(count)s.")
            said.append(words % {"what": _called(model), "count": count})
    return said


def take_back(run: ImportRun) -> None:
    """Delete what was created and put back what was changed, the last deeds first; inside a transaction."""
    created, changed, _final = _sorted(run)
    for model, traces in changed.items():
        names = set[str]()
        rows = []
        for row, trace in _pairs(model, traces):
            before: dict[str, Any] = trace.before or {}
            for name, value in before.items():
                field: Any = model._meta.get_field(name)
                setattr(row, name, value if name.endswith("_id") else field.to_python(value))
            names |= before.keys()
            rows.append(row)
        fields = sorted({model._meta.get_field(name.removesuffix("_id")).name for name in names})
        if hasattr(model._meta, "simple_history_manager_attribute"):
            bulk_update_with_history(rows, model, fields, batch_size=200)
        else:
            model._default_manager.bulk_update(rows, fields, batch_size=200)
    for model in reversed(created):
        pks = [trace.row for trace in created[model]]
        for first in range(0, len(pks), CHUNK):
            model._base_manager.filter(pk__in=pks[first : first + CHUNK]).delete()
    run.traces.all().delete()


def _sorted(run: ImportRun) -> tuple[Traces, Traces, Traces]:
    created: Traces = defaultdict(list)
    changed: Traces = defaultdict(list)
    final: Traces = defaultdict(list)
    for trace in run.traces.order_by("pk"):
        kind = created if trace.before is None else final if FOR_GOOD in trace.before else changed
        kind[apps.get_model(trace.model)].append(trace)
    return created, changed, final


def _built_on(created: Traces) -> list[str]:
    """The rows that point at what was created, and that the import did not create itself. A query a relation."""
    said = []
    own = {model: {trace.row for trace in traces} for model, traces in created.items()}
    for model, pks in own.items():
        for relation in _relations(model):
            other: Any = relation.related_model
            if count := _pointing(other, relation.field.name, pks, own.get(other, set())):
                words = _("Ce qui s’appuie sur l’importation (%(what)s)\u00a0: %(count)s.")
                said.append(words % {"what": _called(other), "count": count})
    return said


def _relations(model: type[models.Model]) -> list[Any]:
    """Where others point at a model; the house's own copies, and what has no weight, left out."""
    fields: list[Any] = [
        field
        for field in model._meta.get_fields(include_hidden=True)
        if field.auto_created and not field.concrete and (field.one_to_many or field.one_to_one)
    ]
    return [
        field
        for field in fields
        if field.related_model not in OF_NO_WEIGHT
        and field.related_model._meta.app_label in OURS
        and not field.related_model.__name__.startswith("Historical")
    ]


def _pointing(model: type[models.Model], name: str, pks: set[int], own: set[int]) -> int:
    ordered, found = sorted(pks), set[int]()
    for first in range(0, len(ordered), CHUNK):
        rows = model._base_manager.filter(**{f"{name}__in": ordered[first : first + CHUNK]})
        found |= set(rows.values_list("pk", flat=True))
    return len(found - own)


def _called(model: type[models.Model]) -> str:
    return NOUNS.get(model._meta.label_lower, lambda: str(model._meta.verbose_name_plural))()


def _pairs(model: type[models.Model], traces: list[ImportTrace]) -> list[tuple[models.Model, ImportTrace]]:
    rows: dict[int, models.Model] = model._base_manager.in_bulk([trace.row for trace in traces])
    return [(rows[trace.row], trace) for trace in traces if trace.row in rows]


def _is_as_left(row: models.Model, trace: ImportTrace) -> bool:
    """Whether the row still says what the import wrote."""
    return plain({name: getattr(row, name) for name in trace.after or {}}) == trace.after


NOUNS = {
    "people.student": lambda: _("élèves"),
    "people.user": lambda: _("adultes"),
    "people.membership": lambda: _("rôles"),
    "people.guardian": lambda: _("parents"),
    "programs.groupmember": lambda: _("places dans un groupe"),
    "programs.supportgroup": lambda: _("groupes"),
    "mentoring.dyad": lambda: _("dyades"),
    "mentoring.mentor": lambda: _("mentorat"),
    "mentoring.training": lambda: _("formations"),
    "mentoring.referral": lambda: _("références"),
    "people.auditentry": lambda: _("gestes du journal"),
    "programs.attendance": lambda: _("présences"),
    "programs.groupmeeting": lambda: _("rencontres de groupe"),
    "mentoring.dyadmeeting": lambda: _("rencontres de dyade"),
}
