"""A person leaves: what they hold goes to others on one page, in one press, all or nothing, and never in silence."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from guidelines.actions import take_in_charge
from guidelines.evaluation import evaluate_board
from guidelines.models import Flag
from mentoring.models import DyadMeeting, Mentor
from people.access import Role
from people.models import AuditEntry, Membership, User
from tests.cast import Cast

pytestmark = pytest.mark.once

ClientOf = Callable[[User], Client]
DAY = timedelta(days=1)


def leaving(cast: Cast, **more: object) -> dict[str, object]:
    said = {
        "last_day": cast.on.isoformat(),
        "reason": "left",
        "words": "Un autre poste",
        "entry_uuid": str(uuid.uuid4()),
    }
    return {**said, "findings": "later", **more}


def later(client: Client, path: str) -> dict[str, str]:
    """Every thing of the page left for later."""
    form = client.get(path).context["form"]
    return {name: "later" for name in form.fields if name.startswith(("group_", "dyad_"))}


def test_groups_dyads_findings_and_roles_go_on_the_same_day(cast: Cast, client_of: ClientOf) -> None:
    Membership.objects.filter(person=cast.nadia, starts_on__isnull=True).update(starts_on=date(2025, 8, 28))
    evaluate_board(cast.board, on=cast.on)
    flag = Flag.objects.live().filter(dyad=cast.maika_nadia)[0]
    take_in_charge(flag=flag, person=cast.nadia, on=cast.on)
    client, path = client_of(cast.alain), f"/personnes/{cast.nadia.pk}/relais/"
    lead = cast.tremplin.leads.get(person=cast.nadia)
    slots = cast.thomas_nadia.timetables.count()
    ahead = set(cast.thomas_nadia.meetings.filter(status="planned", on__gt=cast.on).values_list("on", flat=True))
    Mentor.objects.filter(pk=cast.sylvie_mentor.pk).update(kind="teacher")
    said = leaving(cast, ends_roles="on", **later(client, path))
    said |= {f"group_{lead.pk}": cast.karim.pk, f"dyad_{cast.thomas_nadia.pk}": cast.sylvie_mentor.pk}
    said |= {f"dyad_{cast.maika_nadia.pk}": "end", "findings": cast.julie.pk}
    answer = client.post(path, said)
    assert answer.status_code == 302, answer.context["form"].errors
    assert cast.tremplin.usual_adult(cast.on) == cast.nadia
    assert cast.tremplin.usual_adult(cast.on + DAY) == cast.karim
    assert cast.boussole.usual_adult(cast.on + DAY) == cast.nadia, "left for later"
    former, new = cast.thomas.dyads.order_by("starts_on")
    assert (former.ends_on, former.planned_handover, former.end_code) == (cast.on + DAY, True, "mentor_left")
    assert (new.mentor, new.starts_on, new.timetables.count()) == (cast.sylvie_mentor, cast.on + DAY, slots)
    assert ahead
    assert ahead <= set(new.meetings.filter(status="planned").values_list("on", flat=True))
    assert not DyadMeeting.objects.kept().filter(dyad=former, on__gt=cast.on)
    cast.maika_nadia.refresh_from_db()
    assert cast.maika.dyads.count() == 1, "nobody is matched again in silence"
    assert not cast.maika_nadia.planned_handover
    assert not cast.nadia.memberships.filter(ends_on__isnull=True)
    assert AuditEntry.objects.get(verb="group.lead_changed").person == cast.alain
    again = client.post(path, said)
    assert again.status_code in {302, 422}
    assert cast.thomas.dyads.count() == 2


def test_findings_in_charge_go_to_somebody_who_may_or_back(cast: Cast, client_of: ClientOf) -> None:
    evaluate_board(cast.board, on=cast.on)
    flag = Flag.objects.live().get(guideline="dyad-gap", dyad=cast.ines_marc)
    take_in_charge(flag=flag, person=cast.julie, on=cast.on)
    client, path = client_of(cast.alain), f"/personnes/{cast.julie.pk}/relais/"
    assert client.post(path, leaving(cast, findings=cast.karim.pk)).status_code == 422
    assert client.post(path, leaving(cast, findings=cast.alain.pk)).status_code == 302
    flag.refresh_from_db()
    assert (flag.state, flag.taken_by) == (Flag.State.TAKEN, cast.alain)
    entry = AuditEntry.objects.get(verb="flag.entrusted", subject_id=flag.pk)
    assert entry.person == cast.alain
    take_in_charge(flag=flag, person=cast.alain, on=cast.on)


def test_one_thing_refused_and_nothing_is_done(cast: Cast, client_of: ClientOf) -> None:
    Mentor.objects.filter(pk=cast.etienne_mentor.pk).update(kind="community_volunteer")
    client, path = client_of(cast.alain), f"/personnes/{cast.nadia.pk}/relais/"
    lead = cast.tremplin.leads.get(person=cast.nadia)
    said = leaving(cast, **later(client, path)) | {f"group_{lead.pk}": cast.karim.pk}
    said |= {f"dyad_{cast.thomas_nadia.pk}": cast.etienne_mentor.pk}
    answer = client.post(path, said)
    assert answer.status_code == 422
    assert "antécédents judiciaires" in answer.content.decode()
    assert cast.tremplin.usual_adult(cast.on + DAY) == cast.nadia
    cast.thomas_nadia.refresh_from_db()
    assert cast.thomas_nadia.ends_on is None


def test_an_administrator_reads_numbers_and_no_student(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.robert)
    page = client.get(f"/personnes/{cast.nadia.pk}/").content.decode()
    assert "3 dyades" in page
    assert "Thomas" not in page
    assert client.get(f"/personnes/{cast.nadia.pk}/relais/").status_code == 403


def test_the_queries_do_not_grow(
    cast: Cast, client_of: ClientOf, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    client, path = client_of(cast.alain), f"/personnes/{cast.nadia.pk}/relais/"
    for n in range(30):
        person = User.objects.create_user(None, board=cast.board, school=cast.school, family_name=f"Mentor {n}")
        Membership.objects.create(person=person, role=Role.RESOURCE_TEACHER, board=cast.board, school=cast.school)
        Mentor.objects.create(person=person, kind="teacher")
        cast.boussole.substitutes.create(
            person=cast.nadia, starts_on=cast.on + n * DAY, ends_on=cast.on + (n + 1) * DAY
        )
    with django_assert_max_num_queries(32):  # type: ignore[attr-defined]
        client.get(path)


def test_one_choice_and_one_day_for_all_that_each_line_may_leave(cast: Cast, client_of: ClientOf) -> None:
    client, path = client_of(cast.alain), f"/personnes/{cast.nadia.pk}/relais/"
    Mentor.objects.filter(pk=cast.sylvie_mentor.pk).update(kind="teacher")
    Membership.objects.filter(person=cast.nadia, starts_on__isnull=True).update(starts_on=date(2025, 8, 28))
    lead, earlier = cast.tremplin.leads.get(person=cast.nadia), cast.on - DAY
    ahead = cast.on + 40 * DAY
    by_hand = cast.thomas_nadia.meetings.create(board=cast.board, on=ahead, status="planned", planned=True)
    page = client.get(path).content.decode()
    assert "annulées avec une relation terminée" in page
    said = leaving(cast, all_groups=cast.karim.pk, all_dyads=cast.sylvie_mentor.pk)
    said |= {f"day_group_{lead.pk}": earlier.isoformat(), f"dyad_{cast.maika_nadia.pk}": "end"}
    answer = client.post(path, said)
    assert answer.status_code == 302, answer.context["form"].errors
    assert cast.tremplin.usual_adult(cast.on) == cast.karim, "its own last day"
    assert cast.boussole.usual_adult(cast.on) == cast.nadia, "the day of all"
    assert cast.boussole.usual_adult(cast.on + DAY) == cast.karim
    new = cast.thomas.dyads.latest("starts_on")
    assert new.mentor == cast.sylvie_mentor
    assert new.meetings.filter(on=ahead, status="planned").exists(), "what was planned by hand follows"
    assert not DyadMeeting.objects.kept().filter(pk=by_hand.pk).exists()
    assert cast.maika.dyads.count() == 1


@pytest.mark.parametrize("replaced", [False, True])
def test_nothing_planned_by_hand_stays_with_a_closed_account(cast: Cast, client_of: ClientOf, replaced: bool) -> None:
    day = cast.on + 40 * DAY
    by_hand = cast.ines_marc.meetings.create(board=cast.board, on=day, status="planned", planned=True)
    if replaced:
        cast.ines_marc.substitutes.create(person=cast.sylvie, starts_on=cast.on, ends_on=day + DAY)
    client = client_of(cast.alain)
    assert "que personne ne reprend sont annulées" in client.get(f"/personnes/{cast.marc.pk}/").content.decode()
    client.post(f"/personnes/{cast.marc.pk}/fermer/")
    assert DyadMeeting.objects.kept().filter(pk=by_hand.pk).exists() == replaced
    if not replaced:
        assert by_hand.history.count() == 2, "it can be put back"
