"""What ``test_access_matrix`` does not open: each kind of record, a trial of numbers, and who runs other scopes.

As there, nothing out of a person's reach is offered, led to, nor accepted: see ``offers``.
"""

from collections.abc import Callable, Iterator

import pytest
from django import forms
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accompagnement.demo.cast import Cast
from mentoring.models import Dyad
from people.models import User
from programs.log.kinds import KINDS
from programs.models import SupportGroup
from tests.furnished import lead_of_both_schools
from tests.offers import Tried, faults
from tests.reach import Reach, Rows
from tests.rehearsal import OURS

ClientOf = Callable[[User], Client]


def of_records(cast: Cast) -> Iterator[str]:
    """The history and the correction of a record of each kind, of Nadia's group and dyad; what she may put back."""
    yield reverse("undone")
    for kind in KINDS.values():
        owner = cast.tremplin if kind.owner == "group" else cast.nadia if kind.owner == "person" else cast.thomas_nadia
        record = kind.rows().filter(**{kind.owner: owner}, deleted_at__isnull=True).latest("on", "pk")
        yield reverse("record_history", args=[kind.slug, record.pk])
        if not kind.slug.startswith("rencontre"):
            yield reverse("record_edit", args=[kind.slug, record.pk])


def of_programmes(cast: Cast) -> Iterator[str]:
    trial = f"place={cast.mentoring.pk}&n_critical=9&n_warning=8&on={cast.on}"
    yield f"{reverse('guideline_try', args=['dyad-gap'])}?{trial}"
    yield reverse("teacher_release", args=[cast.nadia.pk])
    yield reverse("program_activity_new", args=[cast.tremplin.program_id])


def of_structure(group: SupportGroup, dyad: Dyad) -> Iterator[str]:
    """Where one brings people in."""
    yield from map(reverse, ("dyad_new", "group_new", "program_new", "dashboard"))
    yield f"{reverse('vigilance')}?filtrer=1"
    names = ("group_log", "group_family", "group_member_add", "group_lead", "group_substitute")
    yield from (reverse(name, args=[group.pk]) for name in names)
    yield from (reverse(name, args=[dyad.pk]) for name in ("dyad_substitute", "dyad_log"))
    yield reverse("referral_new", args=[dyad.student_id])
    yield reverse("team_item", args=[dyad.program_id, "dyad", dyad.pk])


def of_people(cast: Cast) -> Iterator[str]:
    """Where one keeps adults, their roles and verifications, and students."""
    yield from map(reverse, ("person_new", "people_several", "people_invite", "student_new"))
    yield from (reverse(name, args=[cast.nadia.pk]) for name in ("person_edit", "person_role", "person_verification"))
    yield reverse("student_edit", args=[cast.thomas_nadia.student_id])


def forms_that_take_rows() -> set[type[forms.BaseForm]]:
    """Of the application, those with a field of rows; a shared part of forms is none."""

    def below(kind: type[forms.BaseForm]) -> Iterator[type[forms.BaseForm]]:
        for one in kind.__subclasses__():
            yield one
            yield from below(one)

    return {
        one
        for one in below(forms.BaseForm)
        if one.__module__.partition(".")[0] in OURS
        and any(isinstance(field, forms.ModelChoiceField) for field in getattr(one, "base_fields", {}).values())
    }


@pytest.mark.once
def test_nothing_out_of_reach_is_offered_nor_accepted_elsewhere_either(
    numbered_cast: Cast, client_of: ClientOf
) -> None:
    cast = numbered_cast
    tours = [
        (cast.nadia, of_records(cast)),
        (cast.julie, of_programmes(cast)),
        (lead_of_both_schools(cast), of_structure(cast.tremplin, cast.ines_marc)),
        (cast.helene, of_structure(cast.cordee, cast.mia_denis)),
        (cast.alain, of_people(cast)),
    ]
    rows, wrong, tried = Rows(), list[str](), Tried()
    for person, paths in tours:
        client, reach = client_of(person), Reach(person, cast.on, rows)
        for path in paths:
            with transaction.atomic():
                found = faults(client.get(path), client, reach, cast, tried)
                wrong += [f"{person} {path}: {fault}" for fault in found]
                transaction.set_rollback(True)
    assert not wrong, "\n".join(wrong)
    assert forms_that_take_rows() <= tried.forms, "a form that takes rows is on none of these pages: open it here"
    assert tried.refused > 60
