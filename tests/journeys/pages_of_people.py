"""The pages of people and of a school that begins: addresses for ``test_every_page``."""

from collections.abc import Iterator

from django.utils import timezone

from accompagnement.demo.cast import Cast
from people.actions.accounts import invite
from people.actions.looks import answer_look, ask_to_look
from people.invitations import token
from people.models import Look


def invited(cast: Cast) -> str:
    [invitation] = invite(people=[cast.karim], person=cast.alain, at=timezone.now())
    return token(invitation)


def of_people(cast: Cast) -> list[str]:
    person, role = f"/personnes/{cast.marc.pk}/", cast.marc.memberships.all()[0].pk
    return [
        f"/invitation/{invited(cast)}/",
        "/premiers-pas/", "/personnes/ajouter/", "/personnes/plusieurs/", "/personnes/inviter/", person,
        f"{person}corriger/", f"{person}role/", f"{person}verification/", f"{person}second-facteur/",
        f"/personnes/{cast.karim.pk}/mentorat/",
        f"/roles-tenus/{role}/fin/", f"/personnes/{cast.nadia.pk}/relais/",
        "/eleves/ajouter/", f"/eleves/{cast.ines.pk}/corriger/", *of_files(cast),
    ]  # fmt: skip


def of_looks(cast: Cast) -> list[str]:
    """Of whoever asks to see screens, one of which are shown and one waited for."""
    for adult, accepts in ((cast.nadia, True), (cast.karim, False)):
        look = ask_to_look(adult=adult, person=cast.robert, reason="Une page qui reste vide", at=timezone.now())
        if accepts:
            answer_look(look=look, person=adult, accepts=True, at=timezone.now())
    return [f"/personnes/{cast.marc.pk}/ecrans/", f"/personnes/{cast.marc.pk}/", "/ecrans/"]


def of_shown_screens(cast: Cast) -> list[str]:
    """Of whoever is asked: the banner above a page, what waits for an answer."""
    look = ask_to_look(adult=cast.karim, person=cast.robert, reason="Une page qui reste vide", at=timezone.now())
    answer_look(look=look, person=cast.karim, accepts=True, at=timezone.now())
    Look.objects.filter(pk=look.pk).update(asked_by=cast.alain)
    ask_to_look(adult=cast.karim, person=cast.robert, reason="Une page qui reste vide", at=timezone.now())
    return ["/ecrans/", "/notifications/"]


def forms_of_looks(cast: Cast) -> Iterator[str]:
    yield f"/personnes/{cast.marc.pk}/ecrans/"


def of_files(cast: Cast) -> list[str]:
    """A student's page, with a dyad and with a group, and what is printed of it."""
    return [f"/eleves/{cast.ines.pk}/", *of_members_files(cast)]


def of_members_files(cast: Cast) -> list[str]:
    member = f"/eleves/{cast.tremplin.members.all()[0].student_id}/"
    return [member, f"{member}fiche/"]


def of_files_with_a_reason(cast: Cast) -> list[str]:
    return [f"/eleves/{cast.ines.pk}/motif/", "/recherche/"]


def forms_of_files(cast: Cast) -> Iterator[str]:
    yield f"/eleves/{cast.ines.pk}/motif/"


def forms_of_people(cast: Cast) -> Iterator[str]:
    person = f"/personnes/{cast.marc.pk}/"
    yield from ("/personnes/ajouter/", "/personnes/plusieurs/", "/eleves/ajouter/")
    yield from (f"{person}corriger/", f"{person}role/", f"{person}verification/")
    yield f"/personnes/{cast.nadia.pk}/relais/"
    yield f"/eleves/{cast.ines.pk}/fiche/"
    yield f"/personnes/{cast.karim.pk}/mentorat/"
