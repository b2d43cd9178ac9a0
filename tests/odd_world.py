"""A small world whose every word, wherever somebody may have typed one, is an odd one."""

from collections.abc import Iterator

from django.apps import apps
from django.db import IntegrityError, models, transaction

from tests.odd_words import BROKEN, SHOWN

OURS = ("people", "programs", "mentoring", "guidelines", "exchange")
OUR_OWN = {
    "password", "key", "time_zone", "second_factor_roles", "verb", "subject_type", "session_key", "guideline", "cause",
    "kind", "activity_kind", "problem_kind", "code", "item", "checksum", "signature", "error", "address", "email",
    "device", "content", "model",
}  # fmt: skip
"""Text fields that the code alone writes."""
OF_A_SETTING = {("guidelines.GuidelineSetting", "name"), ("mentoring.Outcome", "term")}
ODD = [*SHOWN.values(), BROKEN["headers"], BROKEN["control characters"].replace("\0", "")]
"""What every database keeps."""


def typed_fields() -> Iterator[tuple[type[models.Model], list[str]]]:
    for model in apps.get_models():
        if model._meta.app_label in OURS and not model.__name__.startswith("Historical"):
            names = [
                field.name
                for field in model._meta.concrete_fields
                if isinstance(field, models.CharField | models.TextField)
                and not (field.choices or field.unique or not field.editable or field.name in OUR_OWN)
                and (model._meta.label, field.name) not in OF_A_SETTING
            ]
            if names:
                yield model, names


def make_odd() -> int:
    """Write the words over what the world holds, one after the other from row to row; how many fields took them."""
    took = 0
    for model, names in typed_fields():
        rows, most = model._base_manager, len(ODD)
        pks = list(rows.order_by("pk").values_list("pk", flat=True))
        for turn in range(min(most, len(pks))):
            said = {}
            for place, name in enumerate(names):
                longest = getattr(model._meta.get_field(name), "max_length", None)
                said[name] = ODD[(turn + place) % most][:longest]
            try:
                with transaction.atomic():
                    took += len(names) if rows.filter(pk__in=pks[turn::most]).update(**said) else 0
            except IntegrityError:  # a name that two rows can't share
                rows.filter(pk=pks[turn]).update(**said)
    return took
