"""What a manager types of people: who they are, their roles, what was verified."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from people.access import SCHOOL_ROLES, Role
from people.fields import BirthDateField, ChipField, DayField, EntryUuidField, ManyChipsField, ReasonField, RowField
from people.forms import ActionForm, Data, Initial
from people.models import School, User, Verification
from people.scopes import Place
from people.several import Line, read

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

HINTS = {
    Role.RESOURCE_TEACHER: _("groupes, élèves, familles"),
    Role.MENTOR: _("ses dyades"),
    Role.PROGRAM_LEAD: _("groupes, jumelages, vigilance"),
    Role.TRAINER: _("formations, aucun élève"),
    Role.SCHOOL_MANAGER: _("l’école et ses personnes"),
    Role.BOARD_ADMIN: _("le centre, en nombres"),
    Role.PRIVACY_OFFICER: _("journaux et demandes"),
}
"""What each role opens, in few words."""


def name_field(label: "StrOrPromise") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": _("Ce nom dépasse %(limit_value)d caractères\u00a0: abrégez-le.")},
    )


def role_choices(roles: Sequence[Role]) -> list[tuple[str, str]]:
    return [(role.value, capfirst(str(role.label))) for role in roles]


def hints(roles: Sequence[Role]) -> dict[str, str]:
    return {role.value: str(HINTS[role]) for role in roles}


class PlaceField(forms.ChoiceField):
    """A school, a programme or the board; its value is the ``Place``."""

    def __init__(self, **kwargs: Any) -> None:
        wrong = _("Choisissez dans la liste.")
        super().__init__(error_messages={"required": wrong, "invalid_choice": wrong}, **kwargs)
        self.places: dict[str, Place] = {}

    def offer(self, places: Sequence[Place]) -> None:
        self.places = {place.value: place for place in places}
        self.choices = [(place.value, place.label) for place in places]

    def clean(self, value: Any) -> Any:
        return self.places.get(super().clean(value))


class NamesForm(ActionForm):
    """A given name, a family name, or both: a person with one name is whole."""

    use_required_attribute = False
    quiet = ("given_name", "family_name")

    given_name = name_field(_("Prénom"))
    family_name = name_field(_("Nom"))

    def names(self) -> dict[str, str]:
        return {name: self.cleaned_data[name].strip() for name in ("given_name", "family_name")}


class AdultForm(NamesForm):
    """An adult, the roles that they take up, and whether they are invited at once."""

    entry_uuid = EntryUuidField()
    email = forms.EmailField(
        label=_("Courriel"),
        required=False,
        max_length=254,
        help_text=_("Celui de l’école. Sans courriel, cette personne ne peut pas se connecter."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": _("Cette adresse n’est pas complète\u00a0: écrivez-la comme prenom.nom@ecole.ca.")},
    )
    roles = ManyChipsField(label=_("Rôles"), required=False)
    scope = PlaceField(label=_("Où"), help_text=_("Un programme seulement, ou toute l’école."))
    starts_on = DayField(label=_("À partir du"))
    last_day = DayField(label=_("Dernier jour"), required=False, help_text=_("Laissez vide si le rôle dure."))
    invite = forms.BooleanField(label=_("Envoyer l’invitation tout de suite"), required=False)

    def __init__(self, data: Data = None, *, places: Sequence[Place], initial: Initial = None) -> None:
        super().__init__(data, initial=initial)
        offer_places(self, places)
        roles = roles_of(places)
        self.choose("roles", role_choices(roles), hints(roles))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("invite") and "email" in said and not said["email"]:
            self.add_error("email", _("Inscrivez le courriel où envoyer l’invitation, ou décochez l’envoi."))
        return said


def offer_places(form: ActionForm, places: Sequence[Place]) -> None:
    field = form.fields["scope"]
    assert isinstance(field, PlaceField)  # noqa: S101 (tells the type)
    field.offer(places)


def roles_of(places: Sequence[Place]) -> list[Role]:
    """Every role that is held in one of these places, in the order of the list of roles."""
    held = {role for place in places for role in place.scope.roles}
    return [role for role in Role if role in held]


class AdultEditForm(NamesForm):
    email = AdultForm.base_fields["email"]
    school = RowField(label=_("École"), required=False, empty_label=_("Aucune école"))

    def __init__(self, data: Data = None, *, user: User, initial: Initial = None) -> None:
        super().__init__(data, initial=initial)
        self.choose_from("school", School.objects.managed_by(user))
        if not user.access.holds(Role.BOARD_ADMIN):
            self.fields["school"].required = True
            self.fields["school"].error_messages["required"] = _("Choisissez l’école.")


class RoleForm(ActionForm):
    use_required_attribute = False

    role = ChipField(label=_("Rôle"), error_messages={"required": _("Choisissez le rôle.")})
    scope = PlaceField(label=_("Où"), help_text=_("Un programme seulement, ou toute l’école."))
    starts_on = DayField(label=_("À partir du"))
    last_day = DayField(label=_("Dernier jour"), required=False, help_text=_("Laissez vide si le rôle dure."))

    def __init__(self, data: Data = None, *, places: Sequence[Place], initial: Initial = None) -> None:
        super().__init__(data, initial=initial)
        offer_places(self, places)
        roles = roles_of(places)
        self.choose("role", role_choices(roles), hints(roles))


class RoleEndForm(ActionForm):
    use_required_attribute = False

    last_day = DayField(label=_("Dernier jour du rôle"), help_text=_("Le dernier jour qui compte."))


class SeveralForm(ActionForm):
    use_required_attribute = False

    entry_uuid = EntryUuidField()
    scope = PlaceField(label=_("École"))
    lines = forms.CharField(
        label=_("Une personne par ligne\u00a0: prénom; nom; courriel; rôle"),
        help_text=_("Collez depuis un tableur, ou tapez. Plusieurs rôles\u00a0: séparez-les par des virgules."),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={"required": _("Inscrivez au moins une personne.")},
    )
    invite = forms.BooleanField(label=_("Inviter celles qui ont un courriel"), required=False)

    def __init__(self, data: Data = None, *, places: Sequence[Place], initial: Initial = None) -> None:
        super().__init__(data, initial=initial)
        offer_places(self, [place for place in places if place.school is not None])

    def clean_lines(self) -> list[Line]:
        return read(self.cleaned_data["lines"], roles=SCHOOL_ROLES, sent=self.cleaned_data.get("entry_uuid"))


class InviteForm(ActionForm):
    """Whom to invite, of those who wait for it."""

    person = forms.ModelMultipleChoiceField(
        User.objects.none(),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice", "invalid_pk_value"),
            _("Cochez au moins une personne, parmi celles qui sont ici."),
        ),
    )

    def __init__(self, data: Data = None, *, waiting: QuerySet[User]) -> None:
        super().__init__(data)
        self.choose_from("person", waiting)


class StudentForm(NamesForm):
    entry_uuid = EntryUuidField()
    school = RowField(label=_("École"), empty_label=None, missing=_("Choisissez l’école."))
    number = forms.CharField(
        label=_("Numéro de fiche"),
        required=False,
        max_length=120,
        help_text=_("Celui de l’école\u00a0: ses listes retrouvent l’élève par ce numéro."),
        widget=forms.TextInput(attrs={"class": "narrow-field", "autocomplete": "off"}),
    )
    birth_date = BirthDateField(label=_("Date de naissance"), required=False)
    grade = ChipField(
        label=_("Année du secondaire"),
        required=False,
        choices=[("", _("Non précisée")), *((str(n), str(n)) for n in range(1, 6))],
    )
    homeroom = forms.CharField(label=_("Groupe-repère"), required=False, max_length=60)
    class_name = forms.CharField(label=_("Classe"), required=False, max_length=60)

    def __init__(self, data: Data = None, *, schools: Any, initial: Initial = None) -> None:
        super().__init__(data, initial=initial)
        self.choose_from("school", schools)

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        grade = int(said["grade"]) if said["grade"] else None
        facts = {name: said[name] for name in ("number", "birth_date", "homeroom", "class_name")}
        return self.names() | facts | {"grade": grade}


class OpeningForm(ActionForm):
    """Why the privacy officer opens a student's file."""

    reason = ReasonField(
        help_text=_("Une demande d’accès, une plainte, une vérification\u00a0: le motif est gardé au journal."),
        error_messages={"required": _("Écrivez pourquoi vous ouvrez ce dossier.")},
    )


class LookForm(ActionForm):
    """Why somebody's screens are asked for."""

    reason = ReasonField(
        help_text=_("La personne le lit avant d’accepter; le journal le garde. N’y nommez pas d’élève."),
        error_messages={"required": _("Écrivez pourquoi vous demandez à voir ces écrans.")},
    )


class VerificationForm(ActionForm):
    use_required_attribute = False

    kind = ChipField(
        label=_("Ce qui a été vérifié"),
        choices=[(value, capfirst(label)) for value, label in Verification.Kind.choices],
        error_messages={"required": _("Choisissez ce qui a été vérifié.")},
    )
    verified_on = DayField(label=_("Vérifié le"))
    last_day = DayField(
        label=_("Valable jusqu’au"),
        required=False,
        help_text=_("Le dernier jour qui compte. Laissez vide s’il n’y en a pas."),
    )
    verified_by = RowField(label=_("Par"), required=False, empty_label=_("Quelqu’un d’autre"))

    def __init__(self, data: Data = None, *, people: Any, initial: Initial = None) -> None:
        super().__init__(data, initial=initial)
        self.choose_from("verified_by", people)
