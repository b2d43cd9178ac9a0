"""Two people have the same form open: the second save shows both versions, for every form of what exists already.

The forms are found on the pages of ``test_every_page`` and sent as a browser sends them; each address that takes a
form either carries a stamp, or says here why it needs none.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse

from accompagnement.demo.cast import Cast
from mentoring.actions.matching import propose
from mentoring.models import Referral
from people.models import AuditEntry, PrivacyIncident, RetentionPlan, Student, User
from people.stamps import STAMP
from programs.models import Program, SchoolYear, Term
from tests.addresses import patterns
from tests.page_forms import Sent, forms_of
from tests.test_access_matrix import ROWS

pytestmark = pytest.mark.on_postgresql

WEEK = timedelta(days=7)
ClientOf = Callable[[User], Client]

WITHOUT = {
    "a new row, sent once": {
        "dyad_new", "dyad_pause", "dyad_plan", "dyad_agreement", "dyad_doubt", "group_new", "group_member_add",
        "program_new", "training_new", "function_time", "function_time_week", "dyad_log", "group_log", "log_together",
        "program_activity_new", "person_mentor", "calendar_year", "training_session", "person_away",
        "group_contact", "group_family", "group_review", "dyad_routine", "dyad_liaison", "dyad_event", "dyad_review",
        "dyad_call", "dyad_substitute", "group_substitute", "teacher_release", "dyad_timetable", "group_timetable",
        "person_new", "student_new", "people_several", "people_invite", "person_role", "person_verification",
        "referral_new", "minute_items", "incident_new", "api_tokens", "imports",
    },
    "it says what changes from a day on, and the action refuses what has changed": {
        "group_lead", "group_end", "group_member_end", "dyad_end", "dyad_farewell", "doubt_hear", "hold_today",
        "program_step", "program_guideline", "program_end", "person_leave", "matching_publish",
        "program_turn", "relations_at_end", "person_role_end", "program_consent",
    },
    "a finding keeps every decision, one after the other": {
        "flag_charge", "flag_snooze", "flag_dismiss", "flag_remind", "flags_decide",
    },
    "nothing is kept": {"search", "referral_choose", "messages", "unsubscribe", "set_language", "student_reason"}
    | {"privacy", "student_data", "person_data", "student_sheet"},
    "it says how many rows it showed, and the action does once what it says": {"retention_destroy"},
    "once it is done, nothing is left to do": {"person_second_factor", "look_ask"},
    "one's own choice, or one's own link, which serves once": {"first_steps", "invitation", "minute"},
    "one's own answers, counted once a month": {"dyad_minute", "dyad_own_minute"},
    "a switch, the same twice": {"program_minutes"},
    "one's own import, shown again before it is applied": {"import_run", "import_columns"},
}  # fmt: skip
"""Addresses with a page and a form that carry no stamp."""
OURS = {"people", "programs", "mentoring", "guidelines", "reports", "exchange"}
ON_ANOTHER_PAGE = {"calendar_day", "calendar_term", "guideline_set"}
"""They take a form of another page, which shows what exists."""
OF_THE_LOG = {"meeting_edit", "meeting_not_held", "group_meeting_edit", "group_meeting_not_held", "record_edit"} | {
    "event_support", "dyad_ending",
}  # fmt: skip
"""They carry the moment at which their record was saved: ``tests/log/test_corrections.py``."""


Shown = tuple[str, Sent, str]


def stamped(cast: Cast) -> Iterator[Shown]:
    """Each page that shows a row, what the two people write there, one after the other, and where it is sent."""
    for path, words in by_leads(cast):
        yield path, words, path
    large = ["group-too-large"]
    trial = {"place": cast.elan.program_id, "n_critical": 30, "n_warning": 20, "on": cast.on}
    numbers = {"n_critical": ["33", "44"], "reason": ["Un essai de trois mois", "Deux groupes sont réunis"]}
    yield reverse("guideline_try", args=large) + f"?{urlencode(trial)}", numbers, reverse("guideline_set", args=large)


def by_managers(cast: Cast) -> Iterator[Shown]:
    """The same, of what a school's managers keep."""
    term = Term.objects.filter(school_year=SchoolYear.objects.of(cast.board, cast.on)).first()
    page, student = reverse("calendar"), cast.ines_marc.student
    assert term is not None
    day, last = {"jour-day": ["2026-11-25"] * 2}, {"jour-last_on": ["2026-12-04"] * 2}
    kinds: Sent = {"jour-kind": ["pedagogical", "holiday"]}
    yield page, day | kinds, reverse("calendar_day")
    yield page, day | last | kinds, reverse("calendar_day")
    yield page, {f"etape{term.pk}-name": ["Automne", "Hiver"]}, reverse("calendar_term")
    adult, pupil = reverse("person_edit", args=[cast.nadia.pk]), reverse("student_edit", args=[student.pk])
    yield adult, {"family_name": ["Petit", "Grand"]}, adult
    yield pupil, {"family_name": ["Petit", "Grand"]}, pupil


def by_officers(cast: Cast) -> Iterator[Shown]:
    known = PrivacyIncident.objects.create(
        board=cast.board, information="Noms", circumstances="Un courriel", aware_on=cast.on
    )
    path = reverse("incident_edit", args=[known.pk])
    yield path, {"measures": ["Rappel", "Formation"]}, path
    RetentionPlan.objects.create(board=cast.board, set_on=cast.on)
    path, why = reverse("retention_plan"), "Calendrier adopté par l’organisme"
    yield path, {"journal": ["6", "7"], "reason": [why, why]}, path


def by_administrators(_cast: Cast) -> Iterator[Shown]:
    path = reverse("sign_in_rules")
    yield path, {"roles": ["mentor", "trainer"]}, path


def by_leads(cast: Cast) -> Iterator[tuple[str, Sent]]:
    dyad, group, program = cast.ines_marc, cast.tremplin, cast.groups_program
    signed = dyad.agreements.create(signed_on=cast.on, objectives=["Lire"], tasks=["Venir"])
    pause = dyad.pauses.create(starts_on=dyad.starts_on + WEEK, ends_on=dyad.starts_on + WEEK + timedelta(days=2))
    training = dyad.mentor.person.trainings.create(kind="ongoing", completed_on=cast.on, minutes=30)
    activity = program.activities.create(board=cast.board, name="Jeux")
    member, lead = group.members.all()[0], group.leads.get()
    day = (group.starts_on + timedelta(days=7)).isoformat()
    yield reverse("program_edit", args=[program.pk]), {"minutes": ["45", "50"]}
    yield reverse("program_contents", args=[program.pk]), {"results": ["Lire", "Compter"]}
    yield reverse("program_roles", args=[program.pk]), {"lead-role": ["Voit", "Guide"]}
    yield reverse("program_activity_edit", args=[activity.pk]), {"name": ["Jeu", "Débat"]}
    yield reverse("program_calls", args=[dyad.program_id]), {"weeks": ["3", "5"], "followed": ["yes", "yes"]}
    dyad.student.consents.create(purpose="outcomes", giver="parent", given_on=cast.on)
    lates = {f"{dyad.student_id}-lates": ["2", "3"]}
    yield reverse("program_outcomes_term", args=[dyad.program_id]), lates
    yield reverse("group_edit", args=[group.pk]), {"name": ["Élan du midi", "Élan du soir"]}
    yield reverse("group_member_edit", args=[member.pk]), {"starts_on": [day, cast.on.isoformat()]}
    yield reverse("group_lead_edit", args=[lead.pk]), {"starts_on": [day, cast.on.isoformat()]}
    yield reverse("dyad_edit", args=[dyad.pk]), {"starts_on": moved(dyad.starts_on)}
    yield reverse("dyad_pause_edit", args=[pause.pk]), {"reason": ["Voyage", "Stage"]}
    yield reverse("program_agreement", args=[dyad.program_id]), {"agreement_confidentiality": ["Entre nous", "À dire"]}
    yield reverse("dyad_agreement_edit", args=[signed.pk]), {"tasks": ["Lire", "Écrire"]}
    yield (
        reverse("dyad_commitment", args=[dyad.pk]),
        {"day": ["other", "other"], "other_on": ["2027-05-01", "2027-04-01"]},
    )
    yield reverse("mentor_edit", args=[dyad.mentor_id]), {"kind": ["older_peer", "school_volunteer"]}
    team = reverse("team_item", args=[dyad.program_id, "dyad", dyad.pk])
    yield team, {"decision": ["Appeler", "Attendre"]}
    yield reverse("team_meeting", args=[dyad.program_id]), {"present": ["Julie", "Alain"]}
    ended = cast.olivia_sylvie
    yield reverse("dyad_parting", args=[ended.pk]), {"student_words": ["Merci", "Bonne route"]}
    yield reverse("dyad_letters", args=[ended.pk]), {"family_letter": ["Bonjour à vous", "Chère famille"]}
    waits = dyad.student.referrals.create(program=dyad.program, referred_on=cast.on)
    pupil = Student.objects.filter(group_memberships__group=cast.tremplin, dyads=None)[0]
    Referral.objects.create(student=pupil, program=dyad.program, referred_on=cast.on)
    proposal = propose(program=dyad.program, person=cast.julie, on=cast.on).proposals.get(referral__student=pupil)
    mentors = [str(cast.nadia_mentor.pk), str(cast.marc_mentor.pk)]
    yield reverse("matching_proposal", args=[proposal.pk]), {"mentor": mentors}
    yield reverse("mentor_offer", args=[dyad.mentor_id]), {"places": ["3", "4"]}
    yield reverse("referral_edit", args=[waits.pk]), {"needs": ["Confiance", "Organisation"]}
    yield reverse("training_edit", args=[training.pk]), {"title": ["Accueil", "Écoute"]}


def moved(day: Any) -> list[str]:
    return [(day - timedelta(days=days)).isoformat() for days in (1, 2)]


def form_of(client: Client, path: str, to: str = "") -> Sent:
    return form_of_page(client.get(path).content.decode(), to or path)


def form_of_page(html: str, to: str) -> Sent:
    found = [form for form in forms_of(html) if form.method == "post" and form.action in ("", to)]
    assert found, to
    return found[0].sent()


@pytest.mark.on_postgresql
def test_no_second_save_undoes_the_first_unseen(cast: Cast, client_of: ClientOf) -> None:
    first, second, wrong = client_of(cast.julie), client_of(cast.alain), []
    Program.objects.filter(pk=cast.groups_program.pk).update(meetings_per_unit=1)
    every = [(first, second, *one) for one in stamped(cast)]
    every += [(client_of(cast.alain), second, *one) for one in by_managers(cast)]
    every += [(client_of(cast.line), client_of(cast.line), *one) for one in by_officers(cast)]
    every += [(client_of(cast.robert), client_of(cast.robert), *one) for one in by_administrators(cast)]
    for first, second, path, words, to in every:
        with transaction.atomic():
            one, other = form_of(first, path, to), form_of(second, path, to)
            said = [{name: [values[turn]] for name, values in words.items()} for turn in (0, 1)]
            if STAMP not in one:
                wrong.append(f"{path} has no stamp")
            saved = first.post(to, one | said[0])
            stale = second.post(to, other | said[1])
            page = stale.content.decode()
            if (saved.status_code, stale.status_code) != (302, 422) or "Deux versions" not in page:
                wrong.append(f"{path}: {saved.status_code}, then {stale.status_code}")
            elif any(values[turn] not in page for turn in (0, 1) for values in words.values() if "-" not in values[0]):
                wrong.append(f"{path} does not show both")
            kept = second.post(to, form_of_page(page, to) | said[1])
            without = first.post(to, {k: v for k, v in (one | said[0]).items() if k != STAMP})
            if (kept.status_code, without.status_code) != (302, 302):
                wrong.append(f"{path}: kept {kept.status_code}, without a stamp {without.status_code}")
            transaction.set_rollback(True)
    assert not wrong, "\n".join(wrong)


def test_one_may_leave_the_other_version(cast: Cast, client_of: ClientOf) -> None:
    client, path = client_of(cast.julie), reverse("program_edit", args=[cast.groups_program.pk])
    sent = form_of(client, path)
    left = client.post(path, sent | {"name": ["Autre"], "choice": ["theirs"]}, follow=True)
    assert "La version enregistrée est gardée" in left.content.decode()
    cast.groups_program.refresh_from_db()
    assert cast.groups_program.name != "Autre"
    assert not AuditEntry.objects.filter(verb="program.changed").exists()


def test_the_same_words_twice_are_no_conflict(cast: Cast, client_of: ClientOf) -> None:
    path = reverse("program_edit", args=[cast.groups_program.pk])
    copies = [(client, form_of(client, path)) for client in (client_of(cast.julie), client_of(cast.alain))]
    assert [client.post(path, sent | {"minutes": ["45"]}).status_code for client, sent in copies] == [302, 302]


def test_one_keeps_ones_own_words_in_two_windows(cast: Cast, client_of: ClientOf) -> None:
    client, path = client_of(cast.nadia), reverse("foundations")
    windows = [form_of(client, path), form_of(client, path)]
    assert client.post(path, windows[0] | {"role": ["Écouter"]}).status_code == 302
    stale = client.post(path, windows[1] | {"needs": ["Du temps"]})
    assert stale.status_code == 422
    assert "Écouter" in stale.content.decode()


def test_every_form_carries_a_stamp_or_says_why_not(cast: Cast) -> None:
    posted, shown = ({name for name, method, *_ in ROWS if method == of} for of in ("post", "get"))
    ours = {str(one.name) for one in patterns() if one.callback.__module__.split(".")[0] in OURS}
    every = (*stamped(cast), *by_managers(cast), *by_officers(cast), *by_administrators(cast))
    known = {str(resolve(to).url_name) for _path, _words, to in every}
    known |= {"foundations", "mentor_style", "mentor_approach"}
    assert posted & (shown | ON_ANOTHER_PAGE) & ours - known - OF_THE_LOG - set().union(*WITHOUT.values()) == set()
