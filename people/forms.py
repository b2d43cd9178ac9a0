"""What forms of every app do alike: choices that come with the page, refusals shown where they were typed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from people.comparing import THEIRS, Comparison, KeptTheirs
from people.fields import OTHER, OTHERS, ChipField, ManyChipsField, usable_uuid
from people.models import User
from people.stamps import STAMP, changed_meanwhile, compare, shown_by, stamp_of

Data = Mapping[str, object] | None
"""What was sent with a form; None while it is only shown."""


Initial = dict[str, Any] | None


class ActionForm(forms.Form):
    """A form whose refusals come from an action too. ``quiet`` fields are shown only where they are wanted."""

    quiet: tuple[str, ...] = ()
    stamp = ""
    """Of a form of what exists already: which version it shows."""
    clash: Comparison | None = None
    """Once it is sent: both versions, when someone else saved another since it was opened."""
    watched: Sequence[Model] = ()

    def __init__(self, data: Data = None, *, initial: Initial = None, prefix: str | None = None) -> None:
        super().__init__(data, initial=initial, prefix=prefix)
        self.prepare()

    def prepare(self) -> None:
        """Set what depends on what is shown at first and on what was sent; each of its classes adds its own."""

    def watch(self, *rows: Model, back: str) -> None:
        """Let no save undo another unseen: ``rows`` are what the form shows, ``back`` where they are read.

        A form that was sent without a stamp says nothing of the version that it showed, and is taken as it is.
        """
        shown = shown_by(self)
        self.watched, self.stamp = rows, stamp_of(shown)
        if self.data.get("choice") == THEIRS:
            raise KeptTheirs(back)
        seen = str(self.data.get(STAMP) or self.stamp)
        if self.is_bound and seen != self.stamp:
            beside = compare(self, shown, rows)
            self.clash = beside if any(line.differs for line in beside.lines) else None

    def changed_meanwhile(self) -> bool:
        """Hold what the form shows until the transaction ends; whether someone else changed it since it was read."""
        return changed_meanwhile(self.watched)

    def refuse_clash(self) -> None:
        """Say that two versions stand."""
        words = _t("Quelqu’un a enregistré une autre version entre-temps. Comparez les deux, puis choisissez.")
        self.add_error(None, ValidationError(words, code="conflict"))

    def choose(self, name: str, choices: Iterable[tuple[str, Any]], hints: dict[str, str] | None = None) -> None:
        """Offer these choices, with a second line for some."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (tells the type)
        field.choices = list(choices)
        if hints is not None:
            assert isinstance(field, ChipField | ManyChipsField)  # noqa: S101 (the others show no hint)
            field.hints = hints

    def choose_from(self, name: str, rows: QuerySet[Any]) -> None:
        """Offer these rows."""
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells the type)
        field.queryset = rows

    @property
    def uuid_to_send(self) -> str:
        """The key to send again with the form."""
        return str(usable_uuid(self))

    def refuse(self, refusal: ValidationError) -> None:
        """Show a refusal at the field that it names, or at the « other » field that its chips called for."""
        by_field = refusal.error_dict if hasattr(refusal, "error_dict") else {"": [refusal]}
        for name, errors in by_field.items():
            for error in errors:
                self.add_error(self.typed_in(name), error)

    def typed_in(self, name: str) -> str | None:
        """The field where what a refusal names was typed; None when no field here says it."""
        other = f"other_{OTHERS.get(name, name)}"
        chosen = self.data.get(name) if self.is_bound else ""
        where = other if chosen == OTHER and other in self.fields else name
        return where if where in self.fields else None


class PasswordForm(SetPasswordForm):
    """The password of whoever was invited, typed twice."""

    def __init__(self, user: User, data: Any = None) -> None:
        super().__init__(user, data)
        self.fields["new_password1"].label = _("Mot de passe")
        self.fields["new_password2"].label = _("Le même, une autre fois")
        self.fields["new_password1"].error_messages["required"] = _("Choisissez un mot de passe.")
        self.fields["new_password2"].error_messages["required"] = _("Écrivez le même mot de passe une autre fois.")
