"""What the log refuses to start with: a record that no kind tells of, a kind whose length has no limit."""

from django.apps import apps
from django.core.checks import CheckMessage, Error, register

from programs.log.kinds import KINDS
from programs.log.limits import MINUTES
from programs.models import LoggedRecord, Version


@register
def every_record_has_its_kind(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """Each concrete logged record is of one kind: else nothing would correct it, show its history or destroy it."""
    logged = {model for model in apps.get_models() if issubclass(model, LoggedRecord)}
    told = [kind.model for kind in KINDS.values()]
    found: list[CheckMessage] = [
        Error(f"{model.__name__} is logged, and no kind of record tells of it.", obj=model, id="programs.E001")
        for model in logged - set(told)
    ]
    found += [
        Error(f"{model.__name__} keeps no history of what it said.", obj=model, id="programs.E002")
        for model in logged
        if not issubclass(getattr(getattr(model, "history", None), "model", model), Version)
    ]
    found += [
        Error(f"Lengths and kinds differ: {slug}.", id="programs.E003") for slug in sorted(set(MINUTES) ^ set(KINDS))
    ]
    return found
