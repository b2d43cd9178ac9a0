"""What is being typed in an entry form: whose it is, and how a form takes it up again. See decision 0009."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from django import forms
from django.core import signing
from django.http import HttpRequest, QueryDict
from django.utils.crypto import get_random_string, salted_hmac

from people.fields import OTHER, OTHERS, ChipField
from people.models import Draft, User

TOKEN = "opened_by"  # noqa: S105 (the name of a field)
SALT = "people.drafts"
OPEN_FOR = timedelta(days=5)
"""How long a form may stay open: a long weekend, and no more."""

NOT_TYPED = {TOKEN, "csrfmiddlewaretoken"}
SAME_FORM = {"etat", "retour", "reprendre"}
"""What an address says without being another form: its outcome, where to go next, what to begin with."""
ANEW = "reprendre"

LONGEST = 60_000
SAVED = "entries_saved"

Content = dict[str, list[str]]


@dataclass(frozen=True)
class OpenedForm:
    """A form as a person opened it: theirs, at this address, once."""

    person_id: int
    access_version: int
    address: str
    nonce: str

    @classmethod
    def by(cls, person: User, request: HttpRequest) -> Self:
        return cls(person.pk, person.access_version, address_of(request), get_random_string(8))

    @property
    def token(self) -> str:
        """What the page carries; empty when the address is too long to be kept."""
        if len(self.address) > (Draft._meta.get_field("address").max_length or 0):
            return ""
        return signing.dumps([self.person_id, self.access_version, self.address, self.nonce], salt=SALT)


def opened_form(data: QueryDict) -> OpenedForm | None:
    """Who opened the form that was sent; None when it does not say so, or has been open for too long."""
    try:
        return OpenedForm(*signing.loads(data.get(TOKEN, ""), salt=SALT, max_age=OPEN_FOR))
    except (signing.BadSignature, TypeError):
        return None


def address_of(request: HttpRequest) -> str:
    query = request.GET.copy()
    for name in SAME_FORM & set(query):
        del query[name]
    return f"{request.path}?{query.urlencode()}" if query else request.path


def copy_key(person: User) -> str:
    """The key of the copy that a browser keeps while its network is cut: only this person's pages hold it."""
    return salted_hmac(SALT, str(person.pk), algorithm="sha256").hexdigest()


def typed(data: QueryDict) -> Content:
    """What was typed, without the NUL characters that PostgreSQL can't keep."""
    return {
        name.replace("\0", ""): [value.replace("\0", "") for value in values]
        for name, values in data.lists()
        if name not in NOT_TYPED
    }


def sentences(content: Content) -> list[str]:
    """Of what was typed, what nobody could choose again from a list: everything with a space in it."""
    return [value for values in content.values() for value in values if " " in value.strip()]


def draft_of(person: User, address: str) -> Draft | None:
    """One query."""
    return person.drafts.filter(address=address).first()


def fill(form: forms.Form, content: Content, *, anew: bool = False) -> None:
    """Show in a form what had been typed, as if it were its first values; ``anew`` leaves those that it begins with."""
    data = QueryDict(mutable=True)
    for name, values in content.items():
        data.setlist(name, values)
    moved: dict[str, object] = {}
    for name, field in form.fields.items():
        key = form.add_prefix(name)
        unticked = isinstance(field.widget, forms.CheckboxInput | forms.CheckboxSelectMultiple)
        if (key in data or unticked) and not (anew and name in form.initial):
            value = form.initial[name] = field.widget.value_from_datadict(data, {}, key)
            if value and isinstance(field, ChipField) and not field.shows(value) and field.shows(OTHER):
                # Yesterday's « today » stands under « Autre », before what was left in that field.
                form.initial[name], moved[f"other_{OTHERS.get(name, name)}"] = OTHER, value
    form.initial.update(moved)
    for name, field in form.fields.items():
        form[name].initial = form.get_initial_for_field(field, name)  # a view may have read the former value
