"""What names are kept as, against what they are."""

from django.apps import apps

from people.models.names import NameKey


def stale() -> list[str]:
    """The rows, of every model, whose key is not that of their name."""
    wrong = []
    for model in apps.get_models():
        keys = [field for field in model._meta.concrete_fields if isinstance(field, NameKey)]
        for row in model._base_manager.all() if keys else ():
            wrong += [f"{row!r} {key.name}" for key in keys if getattr(row, key.name) != key.derive(vars(row))]
    return wrong
