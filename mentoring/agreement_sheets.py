"""What an agreement proposes at first, what its sheet holds, and who signed when, noted by whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from mentoring.models import Agreement, Dyad
from mentoring.models.agreements import Party
from people.models import User
from programs.models import Program

CONFIDENTIALITY = _(
    "Ce que tu dis à ta mentore ou à ton mentor reste entre vous. Il y a une exception\u00a0: si tu es en danger, ou "
    "si quelqu’un d’autre l’est, il faut le dire à un adulte de l’école qui peut aider. On te le dira d’abord. La "
    "personne responsable du programme sait quand vous vous voyez et peut lire les notes de suivi. Si quelque chose te "
    "gêne, tu peux lui parler, et tu peux arrêter quand tu veux."
)
"""For a student of twelve."""


@dataclass(frozen=True)
class Signature:
    """``day`` is None where it is still awaited."""

    label: str
    day: date | None
    noted_by: User | None = None


def first_words(dyad: Dyad, user: User) -> dict[str, Any]:
    """What a new agreement proposes: the last one of the two, this year's or an earlier one's; else the usual words.

    One query.
    """
    same = Dyad.objects.visible_to(user).filter(student=dyad.student_id, mentor=dyad.mentor_id)
    signed = Agreement.objects.signed().filter(dyad__in=same.values("pk"))
    last = signed.order_by("signed_on", "pk").last()
    said = {name: getattr(last, name) for name in Agreement.WORDS} if last else {}
    return said | {"confidentiality": said.get("confidentiality") or usual_confidentiality(dyad.program)}


def as_typed(agreement: Agreement) -> dict[str, Any]:
    """What a form shows of an agreement: one day for both where they signed the same one."""
    days = {f"{party}_on": agreement.day_of(party) for party in Party}
    if agreement.signed_on is not None:
        same = [name for name in ("student_on", "mentor_on") if days[name] == agreement.signed_on]
        days |= dict.fromkeys(same) | {"signed_on": agreement.signed_on}
    return {name: getattr(agreement, name) for name in Agreement.WORDS} | days


def usual_confidentiality(program: Program) -> str:
    return program.agreement_confidentiality or str(CONFIDENTIALITY)


def signatures(agreement: Agreement | None, program: Program) -> list[Signature]:
    """Who signs, in their order: student and mentor, a parent where the programme asks, then who answers for it."""
    return [
        Signature(str(party.label), agreement.day_of(party) if agreement else None)
        for party in Party
        if party != Party.PARENT or program.agreement_by_parent or (agreement and agreement.parent_on)
    ]


def signatures_of(agreements: Iterable[Agreement], program: Program) -> dict[int, list[Signature]]:
    """As above, with who noted each: read from the history, in one query."""
    rows = {one.pk: one for one in agreements}
    lines = Agreement.history.filter(id__in=rows).select_related("history_user").order_by("history_date", "history_id")
    noted: dict[tuple[int, str], tuple[date | None, User | None]] = {}
    for line in lines:
        for party in Party:
            day = getattr(line, f"{party}_on")
            if noted.get((line.id, party), (None, None))[0] != day:
                noted[line.id, party] = (day, line.history_user)
    return {
        pk: [
            Signature(str(party.label), row.day_of(party), noted.get((pk, party), (None, None))[1])
            for party in Party
            if row.day_of(party)
            or party in (Party.STUDENT, Party.MENTOR)
            or (party == Party.PARENT and program.agreement_by_parent)
        ]
        for pk, row in rows.items()
    }


def sheet(program: Program, dyad: Dyad | None = None, agreement: Agreement | None = None) -> dict[str, Any]:
    """What the sheet to print holds: an agreement, or blanks to fill by hand."""
    parts = [
        (_t("Nos objectifs"), agreement.objectives if agreement else [], ""),
        (_t("Ce que chacune et chacun fait"), agreement.tasks if agreement else [], ""),
        (_t("Quand, où, à quel rythme"), [], agreement.times if agreement else ""),
        (_t("Les limites"), [], agreement.limits if agreement else ""),
        (
            _t("Ce qui reste entre nous"),
            [],
            agreement.confidentiality if agreement else usual_confidentiality(program),
        ),
    ]
    return {
        "program": program,
        "dyad": dyad,
        "agreement": agreement,
        "parts": parts,
        "signatures": signatures(agreement, program),
    }
