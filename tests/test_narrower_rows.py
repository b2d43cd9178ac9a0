"""What a person may act on is among what they see: each other narrowing of a queryset for a user, for each role."""

import inspect
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Model
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accompagnement.demo.cast import Cast
from exchange.models import ApiToken, ImportRun
from guidelines.catalogue import read_by
from guidelines.catalogue.entry import Audience
from guidelines.evaluation import evaluate_board
from guidelines.models import Flag, GuidelineSetting
from mentoring.models import Dyad, DyadSubstitute
from people.access import Role
from people.models import Membership, User
from programs.log.kinds import KINDS
from programs.models import Gesture
from reports.audiences import audiences_of
from reports.models import Report
from tests.cast import BACKEND
from tests.test_access_matrix import ROLES
from tests.test_visible_rows import scoped_models

BEYOND = {
    ("Student", "openable_by"): "the privacy officer's, once they have said why",
    ("Flag", "counted_for"): "counted by the board's administration, never read",
    ("Membership", "managed_by"): "a role at one's school of an adult of another, whom its door asks for first",
    ("Doubt", "raised_by"): "to take one's own back",
}
"""What is not among the rows that one sees, each with why; of one's own board all the same."""


def narrowings(model: type[Model]) -> Iterator[str]:
    kind = type(model._default_manager.all())
    for name, method in inspect.getmembers(kind, inspect.isfunction):
        told = list(inspect.signature(method).parameters)
        if name.endswith(("_by", "_to")) and told[1:2] == ["user"] and name != "visible_to":
            yield name


@pytest.mark.once
def test_what_one_may_act_on_is_among_what_one_sees(numbered_cast: Cast) -> None:
    wrong, tried = list[str](), 0
    for person in [getattr(numbered_cast, name) for name in ROLES.values() if name]:
        for model in scoped_models():
            names = list(narrowings(model))
            rows: Any = model._default_manager
            seen = set(rows.visible_to(person).values_list("pk", flat=True)) if names else set()
            for name in names:
                found = getattr(rows.all(), name)(person)
                pks, tried = set(found.values_list("pk", flat=True)), tried + 1
                if (model.__name__, name) in BEYOND:
                    theirs = set(found.filter(board=person.board_id).values_list("pk", flat=True))
                    wrong += [f"{person} {model.__name__}.{name} of another board"] if pks - theirs else []
                elif pks - seen:
                    wrong.append(f"{person} {model.__name__}.{name}: {sorted(pks - seen)[:3]}")
    assert not wrong, "\n".join(wrong)
    assert tried > 200


@pytest.mark.once
def test_a_board_is_of_its_people_alone(cast: Cast) -> None:
    """An operator has none: no page that keeps a board, no report, no token."""
    operator = User.objects.create_superuser("exploitation@rives.example", "Un-long-mot-de-passe-1")
    client = Client()
    client.force_login(operator, backend=BACKEND)
    for name in ("retention", "incidents", "sign_in_rules", "directory"):
        assert client.get(reverse(name)).status_code == 403, name
    said = {"name": "Essai", "reason": "Lire mes rencontres", "days": 30, "scope": "read", "entry_uuid": uuid.uuid4()}
    assert client.post(reverse("api_tokens"), said).status_code == 403
    assert not ApiToken.objects.exists()


@pytest.mark.once
def test_an_account_is_kept_by_who_answers_for_all_that_it_may_do(cast: Cast) -> None:
    without_role = User.objects.create_user("sans-role@rives.example", None, board=cast.board, school=cast.school)
    operator = User.objects.create_user("exp@rives.example", None, board=cast.board, is_superuser=True)
    keepers = (cast.julie, cast.alain, cast.robert, cast.other_admin)
    kept = {person: set(User.objects.managed_by(person)) for person in keepers}
    assert without_role in kept[cast.alain]
    assert without_role in kept[cast.robert]
    assert without_role not in kept[cast.julie], "a lead keeps no account"
    assert operator not in kept[cast.robert], "who could change an operator's address could sign in as them"
    assert without_role not in kept[cast.other_admin]


@pytest.mark.once
def test_a_role_that_reaches_beyond_a_school_is_not_its_managers_to_end(
    cast: Cast, client_of: Callable[[User], Client]
) -> None:
    over = {"board": cast.board, "person": cast.nadia, "ends_on": cast.on}
    elsewhere = Membership.objects.create(**over, role=Role.RESOURCE_TEACHER, school=cast.second_school)
    of_board = Membership.objects.create(**over, role=Role.PRIVACY_OFFICER, school=cast.school)
    alain, robert = client_of(cast.alain), client_of(cast.robert)
    for held in (elsewhere, of_board):
        address = reverse("person_role_end", args=[held.pk])
        assert alain.get(address).status_code == 403, held
        assert robert.get(address).status_code == 200, held


@pytest.mark.once
def test_the_screens_of_a_closed_account_are_not_shown(cast: Cast) -> None:
    assert cast.nadia in User.objects.shown_to(cast.robert)
    User.objects.filter(pk=cast.nadia.pk).update(is_active=False)
    assert cast.nadia not in User.objects.shown_to(cast.robert)
    assert not User.objects.shown_to(cast.alain).exists(), "a school's manager asks nobody"


@pytest.mark.once
def test_what_is_counted_and_not_read(cast: Cast) -> None:
    of_children = read_by(Audience.LEADS)
    for board in (cast.board, cast.other_board):
        evaluate_board(board, on=cast.on)
        told = Flag.objects.filter(board=board).exclude(group=None)[0]
        told.pk, told.guideline = None, of_children[0]
        told.save(force_insert=True)
    for person in (cast.robert, cast.other_admin):
        told = Flag.objects.filter(board=person.board_id).exclude(guideline__in=of_children)
        assert set(Flag.objects.counted_for(person)) == set(told) != set()
    for person in (cast.julie, cast.alain, cast.line, cast.nadia):
        assert not Flag.objects.counted_for(person).exists(), person


@pytest.mark.once
def test_a_number_is_changed_by_who_answers_for_its_place(cast: Cast) -> None:
    said = {"guideline": "dyad-gap", "name": "alert_days", "starts_on": cast.on, "reason": "Essai"}
    places = {
        "board": {"board": cast.board},
        "programme": {"board": cast.board, "program": cast.mentoring},
        "another programme": {"board": cast.board, "program": cast.second_mentoring},
        "another board": {"board": cast.other_board},
        "a programme of another board": {"board": cast.other_board, "program": cast.other_mentoring},
    }
    rows = {GuidelineSetting.objects.create(**said, **where).pk: place for place, where in places.items()}

    def settable(person: User) -> set[str]:
        return {rows[row.pk] for row in GuidelineSetting.objects.settable_by(person)}

    assert settable(cast.julie) == {"programme"}
    assert settable(cast.robert) == {"board", "programme", "another programme"}
    assert settable(cast.other_admin) == {"another board", "a programme of another board"}
    assert settable(cast.nadia) == set()


@pytest.mark.once
def test_what_one_asked_for_closes_with_the_role_by_which_one_did(cast: Cast) -> None:
    """An import, and a report prepared, of somebody who manages a school no more; nor are they anybody else's."""
    at, keys = timezone.now(), [uuid.uuid4() for _row in range(2)]
    ImportRun.objects.create(board=cast.board, school=cast.school, person=cast.alain, entry_uuid=keys[0], size=1)
    wished = {
        "kind": "meetings",
        "audience": audiences_of(cast.alain)[0].name,
        "format": "csv",
        "language": "fr-ca",
        "since": cast.on,
        "until": cast.on,
    }
    Report.objects.create(board=cast.board, person=cast.alain, entry_uuid=keys[1], asked_at=at, **wished)

    def seen(person: User) -> tuple[int, int]:
        return tuple(model.objects.visible_to(person).count() for model in (ImportRun, Report))  # type: ignore[attr-defined, return-value]

    assert seen(cast.alain) == (1, 1)
    assert audiences_of(cast.julie)[0].name == wished["audience"]
    assert seen(cast.julie) == (0, 0), "another's"
    Membership.objects.filter(person=cast.alain).update(ends_on=cast.on)
    assert seen(User.objects.get_queryset().get(pk=cast.alain.pk)) == (0, 0)


@pytest.mark.once
def test_a_gesture_is_put_back_where_one_is_and_by_who_did_it(cast: Cast) -> None:
    """Of who runs nothing: one's own, in one's programmes and schools, and of whom one trained, until a role ends."""
    here, there = {"school": cast.school}, {"school": cast.second_school}
    trained, beyond = here | {"trained": cast.marc}, there | {"program": cast.second_mentoring}
    places = {
        "programme": here | {"program": cast.mentoring},
        "school": here,
        "training": trained,
        "school of others": there,
        "training of others": beyond | {"trained": cast.marc},
        "programme of others": beyond,
        "programme of others, here": here | {"program": cast.second_mentoring},
        "board": {},
    }
    for person in (cast.marc, cast.sylvie):
        for place, where in places.items():
            Gesture.objects.create(board=cast.board, kind=place, subject_id=1, person=person, **where)

    def seen() -> set[str]:
        return {one.kind for one in Gesture.objects.visible_to(User.objects.get(pk=cast.marc.pk)) if one.person_id}

    assert seen() == {"programme", "school", "training"}
    Gesture.objects.filter(person=cast.marc).delete()
    assert not seen(), "what another did"
    Gesture.objects.update(person=cast.marc, at=timezone.now() - timedelta(days=2))
    assert seen() == {"programme", "school", "training"}
    today = cast.marc.local_date()
    left = {"starts_on": today - timedelta(days=60), "ends_on": today}
    Membership.objects.create(person=cast.sylvie, role=Role.TRAINER, board=cast.board, **left)
    assert seen() == {"programme", "school", "training"}
    Membership.objects.create(person=cast.marc, role=Role.TRAINER, board=cast.board, **left)
    assert not seen(), "a role that they held then has ended"


@pytest.mark.once
def test_who_was_to_stand_in_and_never_did_opens_nothing(cast: Cast) -> None:
    named = {"dyad": cast.thomas_nadia, "person": cast.karim, "starts_on": cast.on}
    for ends_on, opens in ((cast.on + timedelta(days=1), True), (cast.on, False)):
        row = DyadSubstitute.objects.create(**named, ends_on=ends_on)
        assert Dyad.objects.visible_to(cast.karim).filter(pk=cast.thomas_nadia.pk).exists() == opens, ends_on
        row.delete()


@pytest.mark.once
def test_ones_own_time_is_ones_own_to_log(cast: Cast) -> None:
    kind = KINDS["temps"]
    assert kind.owner_to_log(cast.nadia, cast.nadia.pk) == cast.nadia
    with pytest.raises(Http404):
        kind.owner_to_log(cast.nadia, cast.karim.pk)
