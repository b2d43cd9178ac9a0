"""What anybody would answer to the field of a form."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from accompagnement.demo.cast import Cast

TYPED = "Une phrase tapée entre deux cours."


class SameFile(SimpleUploadedFile):
    """A file that may be sent again and again."""

    def read(self, *_size: int) -> bytes:
        self.seek(0)
        return bytes(super().read())


def offered(field: forms.BoundField) -> list[str]:
    """The choices of a field, in groups or not."""
    return [value for choice in field.subwidgets if (value := str(choice.data["value"]))]


def answer(field: forms.BoundField, cast: Cast) -> Any:
    """What the page shows already; otherwise the first choices, a sentence, today, one."""
    value, kind = field.value(), field.field
    if value not in (None, "", [], [""]):
        return value
    if isinstance(kind, forms.MultipleChoiceField) and field.name in {"students", "dyads"}:
        return offered(field)[:2]
    if isinstance(kind, forms.EmailField):
        return "ada@neuve.example"
    if isinstance(kind, forms.CharField):
        return TYPED[: kind.max_length]
    if not kind.required:
        return None
    if isinstance(kind, forms.FileField):
        return SameFile("liste.csv", b"Fiche;Nom\n9005;Roy")
    if isinstance(kind, forms.ChoiceField):
        return offered(field)[0]
    if isinstance(kind, forms.DateField):
        return cast.on.isoformat()
    if isinstance(kind, forms.TimeField):
        return "12:10"
    return "1"
