"""The pages of people and of a school that begins: addresses for ``test_every_page``."""

from collections.abc import Iterator

from django.utils import timezone

from accompagnement.demo.cast import Cast
from people.actions.accounts import invite
from people.invitations import token


def invited(cast: Cast) -> str:
    [invitation] = invite(people=[cast.karim], person=cast.alain, at=timezone.now())
    return token(invitation)


def of_people(cast: Cast) -> list[str]:
    person, role = f"/personnes/{cast.marc.pk}/", cast.marc.memberships.all()[0].pk
    return [
        f"/invitation/{invited(cast)}/",
        "/premiers-pas/", "/personnes/ajouter/", "/personnes/plusieurs/", "/personnes/inviter/", person,
        f"{person}corriger/", f"{person}role/", f"{person}verification/", f"/personnes/{cast.karim.pk}/mentorat/",
        f"/roles-tenus/{role}/fin/", f"/personnes/{cast.nadia.pk}/relais/",
        "/eleves/ajouter/", f"/eleves/{cast.ines.pk}/corriger/",
    ]  # fmt: skip


def forms_of_people(cast: Cast) -> Iterator[str]:
    person = f"/personnes/{cast.marc.pk}/"
    yield from ("/personnes/ajouter/", "/personnes/plusieurs/", "/eleves/ajouter/")
    yield from (f"{person}corriger/", f"{person}role/", f"{person}verification/")
    yield f"/personnes/{cast.nadia.pk}/relais/"
    yield f"/personnes/{cast.karim.pk}/mentorat/"
