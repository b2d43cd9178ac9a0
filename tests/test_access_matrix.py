"""The matrix role × address, written from the rights table: an address without a row fails.

What each gets: ``.`` the page or the deed, ``-`` forbidden (a wrong role), ``x`` nothing there (a stranger), ``s`` the
sign-in page. Mentor and teacher ask for their own; everyone else for the mentor's dyad and the teacher's group.
"""

from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accompagnement.demo.cast import Cast
from people.models import User
from tests.addresses import addresses, patterns, takes
from tests.caching import kept_anywhere, kept_by_others
from tests.offers import Tried, faults, led_astray
from tests.opened import unkept
from tests.reach import Reach, Rows
from tests.rights_of_endings import ENDINGS
from tests.rights_of_matching import MATCHING, MINUTES
from tests.rights_of_privacy import PRIVACY_AND_STUDENTS
from tests.rights_of_programs import PROGRAMS
from tests.rights_of_reports import REPORTS
from tests.rights_of_teams import TEAMS
from tests.rights_of_the_house import HOUSE
from tests.targets import body, target
from tests.told import named_unseen, out_of_sight

# visitor, mentor, teacher, lead, trainer, manager, board admin, privacy officer, lead of another board
MATRIX = f"""{HOUSE}
    home                    get   s........
    menu                    get   s........
    set_language            post  .........
    set_theme               post  s........
    draft_keep              post  .........
    draft_discard           post  s........
    people                  get   s----..--
    people_several          get   s----..--
    people_several          post  s----..--
    people_invite           get   s----..--
    people_invite           post  s----..--
    person_new              get   s----..--
    person_new              post  s----..--
    person                  get   s-x--..-x
    person_edit             get   s-x--..-x
    person_edit             post  s-x--..-x
    person_invite           post  s-x--..-x
    person_close            post  s-x--..-x
    person_reopen           post  s-x--..-x
    person_role             get   s-x--..-x
    person_role             post  s-x--..-x
    person_role_end         get   s-x--..-x
    person_role_end         post  s-x--..-x
    person_verification     get   s-x--..-x
    person_verification     post  s-x--..-x
    person_verification_remove post s-x--..-x
    person_mentor           get   s-x--..-x
    person_mentor           post  s-x--..-x
    person_leave            get   s-x--.--x
    person_leave            post  s-x--.--x
    person_away             get   s-x.-.--x
    person_away             post  s-x.-.--x
    person_back             post  s-x.-.--x
    first_steps             get   s----..--
    first_steps             post  s----..--
    invented_add            post  s----..-x
    invented_remove         post  s----..-x
    imports                 get   s----..--
    imports                 post  s----..--
    import_run              get   s----.x--
    import_run              post  s----.x--
    import_progress         get   s----.x--
    import_columns          get   s----.x--
    import_columns          post  s----.x--
    import_answer           post  s----.x--
    import_apply            post  s----.x--
    import_undo             post  s----.x--
    import_discard          post  s----.x--
    import_left             get   s----.x--
    notifications           get   s........
    notifications_read      post  s........
    messages                get   s........
    messages                post  s........
    mailings                get   s--.-..-.
    unsubscribe             get   .........
    unsubscribe             post  .........
    invitation              get   .........
    invitation              post  .........
    calendar                get   s........
    calendar_day            post  s----..-x
    calendar_year           get   s----..--
    calendar_year           post  s----..-x
    calendar_file           post  s----..-x
    calendar_term           post  s----..-x
    calendar_term_remove    post  s----..-x
    guidelines              get   s........
    guidelines_health       get   s--.-..-.
    guideline               get   s........
    guideline_try           get   s--.-..-.
    guideline_set           post  s--.-..-.

    week                    get   s...----.
    elsewhere               get   s--.-.--.
    hold_today              get   s...----.
    hold_today              post  s...----.
    hold_today_undo         post  s...----.
    log                     get   s...----.
    log_together            get   s..------
    log_together            post  s..------
    log_together_undo       post  s..------
    search                  get   s...-.-..
    search                  post  s...-.-..

    dyads                   get   s...-.--.
    dyad                    get   s...x.xxx
    dyad_fidelity           get   s...x.xxx
    dyad_fidelity_pdf       get   s...x.xxx
    dyad_new                get   s--.-.--.
    dyad_new                post  s--.-.--.
    dyad_log                get   s...x-xxx
    dyad_log                post  s...x-xxx
    dyad_repeat             post  s...x-xxx
    dyad_plan               get   s...x.xxx
    dyad_plan               post  s...x.xxx
    dyad_timetable          get   s...x.xxx
    dyad_timetable          post  s...x.xxx
    dyad_slot_end           post  s...x.xxx
    dyad_pause              get   s--.x.xxx
    dyad_pause              post  s--.x.xxx
    dyad_resume             post  s--.x.xxx
    dyad_substitute         get   s-..x.xxx
    dyad_substitute         post  s-..x.xxx
    dyad_substitute_end     post  s-..x.xxx
    dyad_end                get   s--.x.xxx
    dyad_end                post  s--.x.xxx
    dyad_edit               get   s--.x.xxx
    dyad_edit               post  s--.x.xxx
    dyad_pause_edit         get   s--.x.xxx
    dyad_pause_edit         post  s--.x.xxx
    meeting_held            post  s...x-xxx
    meeting_not_held        get   s...x-xxx
    meeting_not_held        post  s...x-xxx
    meeting_edit            get   s...x-xxx
    meeting_edit            post  s...x-xxx
    meeting_undo            post  s...x-xxx

    dyad_agreement          get   s...x.xxx
    dyad_agreement          post  s...x.xxx
    dyad_agreement_print    get   s...x.xxx
    dyad_agreement_pdf      get   s...x.xxx
    dyad_agreement_edit     get   s...x.xxx
    dyad_agreement_edit     post  s...x.xxx
    dyad_commitment         get   s--.x.xxx
    dyad_commitment         post  s--.x.xxx
    dyad_routine            get   s...x-xxx
    dyad_routine            post  s...x-xxx
    dyad_liaison            get   s...x-xxx
    dyad_liaison            post  s...x-xxx
    dyad_event              get   s...x-xxx
    dyad_event              post  s...x-xxx
    dyad_review             get   s--.x.xxx
    dyad_review             post  s--.x.xxx
    dyad_call               get   s--.x.xxx
    dyad_call               post  s--.x.xxx
    calls                   get   s--.-.--.
    dyad_doubt              get   s..-x-xxx
    dyad_doubt              post  s..-x-xxx
    doubt_withdraw          post  s..-x-xxx
    doubt_hear              get   s--.x.xxx
    doubt_hear              post  s--.x.xxx
    doubt_reopen            post  s--.x.xxx
    event_support           get   s...x-xxx
    event_support           post  s...x-xxx
    record_undo             post  s...x-xxx
    record_history          get   s...x.xxx
    record_edit             get   s...x-xxx
    record_edit             post  s...x-xxx
    record_restore          post  s...x-xxx
    undone                  get   s.....--.
    mentors                 get   s--...--.
    mentor                  get   s.....xxx
    mentor_edit             get   s--.-.xxx
    mentor_edit             post  s--.-.xxx
    training_edit           get   s--...xxx
    training_edit           post  s--...xxx
    training_session        get   s--...--.
    training_session        post  s--...--.
    training_new            get   s--...xxx
    training_new            post  s--...xxx
    own_path                get   s..------
    own_attestation         get   s..------
    own_attestation_pdf     get   s..------
    mentor_style            get   s..------
    mentor_style            post  s..------
    mentor_approach         get   s..------
    mentor_approach         post  s..------

    groups                  get   s-..-.--.
    group                   get   sx..x.xxx
    group_fidelity          get   sx..x.xxx
    group_fidelity_pdf      get   sx..x.xxx
    group_new               get   s--.-.--.
    group_new               post  s--.-.--.
    group_log               get   sx..x-xxx
    group_log               post  sx..x-xxx
    group_lead              get   sx-.x.xxx
    group_lead              post  sx-.x.xxx
    group_member_add        get   sx-.x.xxx
    group_member_add        post  sx-.x.xxx
    group_lead_edit         get   sx-.x.xxx
    group_lead_edit         post  sx-.x.xxx
    group_edit              get   sx-.x.xxx
    group_edit              post  sx-.x.xxx
    group_end               get   sx-.x.xxx
    group_end               post  sx-.x.xxx
    group_member_edit       get   sx-.x.xxx
    group_member_edit       post  sx-.x.xxx
    made_undo               post  sx-.x.xxx
    gesture_undo            post  sxx.x.xxx
    group_member_end        get   sx-.x.xxx
    group_member_end        post  sx-.x.xxx
    group_meeting_held      post  sx..x-xxx
    group_meeting_not_held  get   sx..x-xxx
    group_meeting_not_held  post  sx..x-xxx
    group_meeting_edit      get   sx..x-xxx
    group_meeting_edit      post  sx..x-xxx
    group_meeting_undo      post  sx..x-xxx
    group_contact           get   sx..x-xxx
    group_contact           post  sx..x-xxx
    group_family            get   sx..x-xxx
    group_family            post  sx..x-xxx
    group_review            get   sx..x-xxx
    group_review            post  sx..x-xxx
    group_entry_undo        post  sx..x-xxx
    group_timetable         get   sx-.x.xxx
    group_timetable         post  sx-.x.xxx
    group_slot_end          post  sx-.x.xxx
    group_substitute        get   sx..x.xxx
    group_substitute        post  sx..x.xxx
    group_substitute_end    post  sx..x.xxx

    teachers                get   s--.-.--.
    teacher                 get   sx..x.xxx
    teacher_release         get   sx-.x.xxx
    teacher_release         post  sx-.x.xxx
    teacher_release_remove  post  sx-.x.xxx
    function_time           get   s-.------
    function_time           post  s-.------
    function_time_week      get   s-.------
    function_time_week      post  s-.------
    function_time_week_undo post  s-.------
    function_time_undo      post  sx.-x-xxx
    foundations             get   s-.------
    foundations             post  s-.------

    programs                get   s...-..-.
    program                 get   sx..x..xx
    program_fidelity        get   sx..x..xx
    program_fidelity_pdf    get   sx..x..xx
    program_new             get   s--.-.--.
    program_new             post  s--.-.--.
    program_edit            get   sx-.x.-xx
    program_edit            post  sx-.x.-xx
    program_end             get   sx-.x.-xx
    program_end             post  sx-.x.-xx
    program_turn            get   sx-.x.-xx
    program_turn            post  sx-.x.-xx
    program_contents        get   sx-.x.-xx
    program_contents        post  sx-.x.-xx
    program_activity_new    get   sx-.x.-xx
    program_activity_new    post  sx-.x.-xx
    program_activity_edit   get   sx-.x.-xx
    program_activity_edit   post  sx-.x.-xx
    program_activity_remove post  sx-.x.-xx
    program_agreement       get   s--.x.-xx
    program_agreement       post  s--.x.-xx
    program_agreement_blank get   s...x..xx
    program_agreement_blank_pdf get s...x..xx
    program_calls           get   s--.x.-xx
    program_calls           post  s--.x.-xx
    program_outcomes        get   s--.x.-xx
    program_outcomes_term   get   s--.x.-xx
    program_outcomes_term   post  s--.x.-xx
    program_consent         get   s--.x.-xx
    program_consent         post  s--.x.-xx
    program_roles           get   sx-.x.-xx
    program_roles           post  sx-.x.-xx
    program_guidelines      get   sx..x..xx
    program_step            get   sx-.x..xx
    program_step            post  sx-.x..xx
    program_guideline       get   sx-.x..xx
    program_guideline       post  sx-.x..xx
    role_acknowledge        post  sx.-x--xx

    vigilance               get   s......-.
    vigilance_filter        post  s.....--.
    ended_relations         get   s--.-.--.
    relations_at_end        get   s--.-.--.
    relations_at_end        post  s--.-.--.
    not_assessed            get   s.....--.
    flag                    get   s...x.xxx
    flag_take               post  s-..x.xxx
    flag_charge             get   s-..x.xxx
    flag_charge             post  s-..x.xxx
    flag_snooze             get   s--.x.xxx
    flag_snooze             post  s--.x.xxx
    flag_dismiss            get   s--.x.xxx
    flag_dismiss            post  s--.x.xxx
    flag_reopen             post  s--.x.xxx
    flag_remind             get   s--.x.xxx
    flag_remind             post  s--.x.xxx
    flags_choose            post  s-..-.--.
    flags_decide            get   s-..-.--.
    flags_decide            post  s-..-.--.
    flags_undo              post  s-..-.--.
"""
ROWS = [
    tuple(line.split())
    for line in (MATRIX + ENDINGS + MATCHING + MINUTES + PRIVACY_AND_STUDENTS + PROGRAMS + REPORTS + TEAMS).splitlines()
    if line.strip()
]
ALLAUTH = ("account_", "mfa_", "openid_connect_", "scim_")
"""And those of a directory, which a board's token alone opens: ``exchange/tests/test_scim.py``."""
GETS = {200: ".", 302: ".", 303: ".", 422: ".", 403: "-", 404: "x"}


def test_every_address_has_a_row() -> None:
    # allauth's: sign-in, password, second factor and session, each for oneself whatever the role.
    ours = {name for name in addresses() if not name.startswith(ALLAUTH)}
    assert ours == {name for name, *_ in ROWS}


def test_every_address_says_which_methods_it_takes() -> None:
    """Before it looks at anything: no one is signed in here, and nothing is named."""
    ours = [pattern for pattern in patterns() if not str(pattern.name).startswith(ALLAUTH)]
    assert [str(pattern.name) for pattern in ours if takes(pattern.callback, "PUT")] == []


ROLES = {
    "visitor": "",
    "mentor": "marc",
    "teacher": "nadia",
    "lead": "julie",
    "trainer": "chantal",
    "manager": "alain",
    "admin": "robert",
    "privacy": "line",
    "stranger": "other_lead",
}


FEWEST_TRIED = {"teacher": 50, "lead": 60, "manager": 40, "stranger": 10, "mentor": 10}
"""How many rows out of reach are sent at least: less means that a page no longer says what it offers."""


@pytest.mark.on_postgresql
@pytest.mark.parametrize(("place", "own"), list(enumerate(ROLES)), ids=ROLES)
def test_each_role_gets_its_due(numbered_cast: Cast, client_of: Callable[[User], Client], place: int, own: str) -> None:
    """Its pages and no others, kept in the journal; nothing out of reach is offered, accepted, or kept in a cache."""
    cast = numbered_cast
    person = getattr(cast, ROLES[own]) if ROLES[own] else None
    client = client_of(person) if person else Client()
    reach, tried = Reach(person, cast.on, Rows()) if person else None, Tried()
    unseen = out_of_sight(person, reach) if person and reach else set()
    forbidden = {name for name, method, expected in ROWS if method == "get" and expected[place] == "-"}
    wrong = []
    for name, method, expected in ROWS:
        with transaction.atomic():  # what one is allowed to do must not change what comes next
            data = body(name, cast) if method == "post" else {}
            response = getattr(client, method)(reverse(name, kwargs=target(name, cast, own)), data)
            if reach is None:
                wrong += [f"{name} {method}: {fault}" for fault in kept_by_others(response)]
            else:
                found = [*kept_anywhere(response), *faults(response, client, reach, cast, tried)]
                found += [*led_astray(response, client, forbidden), *named_unseen(response, unseen)]
                wrong += [f"{name} {method}: {fault}" for fault in (*found, *unkept(name, response))]
            transaction.set_rollback(True)
        signing_in = reverse("account_login") in response.get("Location", "")
        got = "s" if signing_in else GETS.get(response.status_code, str(response.status_code))
        if got != expected[place]:
            wrong.append(f"{name} {method}: {got} instead of {expected[place]}")
    assert tried.refused >= FEWEST_TRIED.get(own, 0)
    assert not wrong, "\n".join(wrong)
