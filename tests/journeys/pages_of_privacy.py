"""The privacy officer's desk."""

from collections.abc import Iterator
from datetime import timedelta

from accompagnement.demo.cast import Cast
from people.models import PrivacyIncident, Student
from people.retention import PEOPLE_KEPT

DESK = "/renseignements/"


def of_privacy(cast: Cast) -> list[str]:
    known = f"{DESK}incidents/{incident(cast)}/"
    long_gone(cast)
    return [
        f"{DESK}conservation/", f"{DESK}conservation/detruire/", f"{DESK}conservation/durees/",
        "/confidentialite/",
        *(f"{DESK}consentements/?etat={state}" for state in ("en-vigueur", "retires", "manquants")),
        f"/eleves/{cast.ines.pk}/renseignements/", f"/personnes/{cast.marc.pk}/renseignements/", f"{DESK}incidents/",
        f"{DESK}incidents/nouveau/", known, f"{known}preciser/",
        DESK,
        f"{DESK}journal/",
        f"{DESK}journal/?eleve={cast.ines.pk}",
        f"{DESK}journal/?geste=lecture&du=2026-01-01",

    ]  # fmt: skip


def forms_of_privacy(cast: Cast) -> Iterator[str]:
    long_gone(cast)
    yield from (
        f"{DESK}conservation/durees/",
        f"{DESK}conservation/detruire/",
        f"{DESK}incidents/nouveau/",
        f"/eleves/{cast.ines.pk}/renseignements/",
    )


def long_gone(cast: Cast) -> None:
    """A student of whom the names may go."""
    said = {"school": cast.school, "key": "parti", "given_name": "Léa", "family_name": "Roy"}
    left = cast.on - PEOPLE_KEPT - timedelta(days=1)
    Student.objects.get_or_create(board=cast.board, **said, defaults={"left_on": left})


def incident(cast: Cast) -> int:
    said = {"information": "Noms et groupes", "circumstances": "Un courriel mal adressé"}
    row, _new = PrivacyIncident.objects.get_or_create(board=cast.board, aware_on=cast.on, **said)
    return row.pk
