"""Write an incident in the register, and say more of it as it is known."""

import uuid
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from people import audit
from people.audit_verbs import INCIDENT_CORRECTED, INCIDENT_RECORDED
from people.models import PrivacyIncident, SchoolBoard, User

SAID = (
    "information", "circumstances", "happened_on", "happened_until", "is_period_approximate", "aware_on", "people",
    "is_count_approximate", "assessment", "risk", "commission_told_on", "people_told_on", "public_notices", "measures",
)  # fmt: skip
"""What is written of an incident: the regulation's eight items."""


@transaction.atomic
def record_incident(
    *, board: SchoolBoard, person: User, on: date, entry_uuid: uuid.UUID, said: dict[str, Any]
) -> PrivacyIncident:
    """Add an incident to the register of a board; one per ``entry_uuid``."""
    SchoolBoard.objects.select_for_update(of=("self",), no_key=True).get(pk=board.pk)
    if known := PrivacyIncident.objects.filter(entry_uuid=entry_uuid).first():
        return known
    _check(said, on)
    made = PrivacyIncident.objects.create(
        board=board, entry_uuid=entry_uuid, recorded_on=on, recorded_by=person, **said
    )
    audit.record(board=board, person=person, verb=INCIDENT_RECORDED, subject=made)
    return made


@transaction.atomic
def correct_incident(*, incident: PrivacyIncident, person: User, on: date, said: dict[str, Any]) -> PrivacyIncident:
    """Say otherwise, or more; the versions before stay. The same twice changes nothing."""
    current = PrivacyIncident.objects.select_for_update(of=("self",)).select_related("board").get(pk=incident.pk)
    if all(getattr(current, name) == value for name, value in said.items()):
        return current
    _check(said, on)
    for name, value in said.items():
        setattr(current, name, value)
    current.save()
    audit.record(board=current.board, person=person, verb=INCIDENT_CORRECTED, subject=current)
    return current


def _check(said: dict[str, Any], on: date) -> None:
    """Days follow each other: it happens, it is known, those concerned are told, at the latest today."""
    first, last, aware = said["happened_on"], said["happened_until"], said["aware_on"]
    errors = {}
    if last and not first:
        errors["happened_on"] = _("Inscrivez le premier jour de la période, ou ce que vous en savez de plus proche.")
    if first and last and last < first:
        errors["happened_until"] = _("Le dernier jour précède le premier.")
    if aware > on:
        errors["aware_on"] = _("Cette date est à venir\u00a0: inscrivez le jour où l’incident a été connu.")
    if first and first > aware:
        errors["happened_on"] = _("Un incident ne peut pas être connu avant d’avoir eu lieu\u00a0: vérifiez ces dates.")
    for name in ("commission_told_on", "people_told_on"):
        told = said[name]
        if told and not aware <= told <= on:
            errors[name] = _("Un avis suit le jour où l’incident est connu, et ne peut pas être à venir.")
    if errors:
        raise ValidationError(errors)
