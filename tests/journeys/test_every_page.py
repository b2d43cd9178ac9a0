"""Every page, for each role, empty and refused too: axe has nothing to say, nothing juts out at three widths.

What the browser itself says (its security policy, a script that fails, a file that is missing) fails any test here.
"""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from fnmatch import fnmatch
from functools import partial

import pytest
from django.urls import resolve
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from accompagnement.demo.cast import Cast
from guidelines.evaluation import evaluate_board
from guidelines.models import Flag
from people.access import Role
from people.emails import unsubscribe_address
from people.models import Membership, School, SchoolBoard, User
from programs.models import Program
from reports.registry import FIGURES
from tests.browser import DESKTOP, PHONE, told_in_order
from tests.journeys.keeping import FORGETFUL, KEEPS_NOTHING
from tests.journeys.pages_of_imports import forms_of_imports, of_imports
from tests.journeys.pages_of_matching import forms_of_matching, of_matching, of_referring
from tests.journeys.pages_of_mentors import of_corrections, of_mentors
from tests.journeys.pages_of_outcomes import of_outcomes
from tests.journeys.pages_of_people import (
    forms_of_files,
    forms_of_looks,
    forms_of_people,
    of_files_with_a_reason,
    of_looks,
    of_members_files,
    of_people,
    of_shown_screens,
)
from tests.journeys.pages_of_privacy import forms_of_privacy, of_privacy
from tests.journeys.pages_of_reports import of_reports
from tests.journeys.pages_of_support import forms_of_minutes, of_doubts, of_minutes, of_support, of_told_minutes
from tests.patience import until
from tests.test_access_matrix import ROWS

NARROWEST = 320
SIZES = ((NARROWEST, 640), (PHONE, 844), (DESKTOP, 900))
NO_PAGE = (
    {"home", "manifest", "service_worker", "flags_decide", "import_progress", "import_left"}
    | {f"dashboard_{of}_csv" for of in ("classes", "frequency", "lengths", "sizes", "trend")}
    | {f"{of}_fidelity_pdf" for of in ("dyad", "group", "program")}
    | {"metrics", *(f"health{of}" for of in ("", "_live", "_ready"))}
    | {"own_attestation_pdf", "dyad_agreement_pdf", "program_agreement_blank_pdf"}
    | {"dyad_letter_pdf", "team_meeting_pdf", "report_progress", "report_file"}
    | {"calendar_feed", "power_bi_file"}
)
"""« flags_decide » is looked at in ``test_bulk``, where something was ticked first."""
Look = Callable[[Page], None]


@pytest.fixture
def look(axe: Callable[..., None], live_server: LiveServer) -> Look:
    """Look at the page that is open, at each width, from the one that the last page was left at.

    axe is asked at the first width, the phone's for one page and the desktop's for the next; at both for the first page
    (whose frame is the others'), and always with ``EVERYTHING_TWICE=1``.
    """
    framed: set[Page] = set()

    def check(page: Page) -> None:
        if not any(fnmatch(page.url.removeprefix(live_server.url), f"{path}*") for path in KEEPS_NOTHING):
            assert not page.evaluate(FORGETFUL), f"{page.url} keeps nothing of what is typed"
        asked, widest_first = True, page.viewport_size != {"width": NARROWEST, "height": 640}
        for width, height in sorted(SIZES, reverse=widest_first):
            page.set_viewport_size({"width": width, "height": height})
            fits = partial(page.evaluate, f"document.documentElement.scrollWidth <= {width}")
            until(fits, said=f"{page.url} reaches no further than {width} pixels")
            if width != NARROWEST and asked:
                axe(page)
                asked = page not in framed or "EVERYTHING_TWICE" in os.environ
        framed.add(page)

    return check


def finding(guideline: str, **subject: object) -> str:
    return f"/vigilance/{Flag.objects.live().get(guideline=guideline, **subject).pk}/"


def of_teacher(cast: Cast) -> list[str]:
    dyad, group = f"/dyades/{cast.maika_nadia.pk}/", f"/groupes/{cast.tremplin.pk}/"
    planned = cast.maika_nadia.meetings.get(on=cast.on).pk
    held = cast.maika_nadia.meetings.filter(status="held").latest("on").pk
    held_group = cast.tremplin.meetings.filter(status="held").latest("on").pk
    planned_group = cast.tremplin.meetings.get(on=cast.on).pk
    return [
        "/semaine/", "/consigner/", "/vigilance/", finding("dyad-frequency", dyad=cast.maika_nadia), "/dyades/", dyad,
        "/semaine/confirmer/", "/consigner/ensemble/", f"{dyad}horaire/",
        f"{dyad}consigner/", f"{dyad}consigner/?etat=non-tenue", f"{dyad}planifier/",
        f"/rencontres/{planned}/modifier/", f"/rencontres/{held}/modifier/", f"/rencontres/{planned}/non-tenue/",
        "/groupes/", group, f"{group}consigner/",
        f"/rencontres-groupe/{held_group}/modifier/", f"/entrees/rencontre-groupe/{held_group}/historique/",
        f"/rencontres-groupe/{planned_group}/non-tenue/", "/recherche/",
        "/jetons/", "/power-bi/", "/interface/", "/appareils/", "/menu/", "/hors-ligne/", "/notifications/",
        "/messages/", unsubscribe_address(cast.nadia).partition("8000")[2],
        "/rapports/", "/rapports/methodologie/", "/rapports/dictionnaire/",
        "/calendrier/", "/balises/", "/balises/dyad-gap/", "/comptes/password/change/", "/comptes/2fa/",
        "/comptes/2fa/application/", "/comptes/2fa/cles/ajouter/",
    ]  # fmt: skip


def of_lead(cast: Cast) -> list[str]:
    dyad, group = f"/dyades/{cast.ines_marc.pk}/", f"/groupes/{cast.elan.pk}/"
    flag = finding("dyad-gap", dyad=cast.ines_marc)
    return [
        "/tableau-de-bord/", "/tableau-de-bord/semaines/", "/tableau-de-bord/semaines/?annee",
        *(f"/tableau-de-bord/{figure.address}/" for figure in FIGURES.values()),
        "/semaine/", "/vigilance/", "/vigilance/?etat=taken", "/vigilance/?filtrer=1", "/balises/sante/",
        "/vigilance/?preoccupation=setup", flag,
        finding("mentor-training", mentor=cast.etienne_mentor), finding("group-too-large", group=cast.elan),
        finding("dyad-duration-short", dyad=cast.olivia_sylvie), finding("student-rematch", dyad=cast.sofia_etienne),
        f"{flag}ecarter/", f"{flag}rappel/", "/notifications/", "/messages/", "/envois/",
        "/dyades/", dyad, f"/dyades/{cast.noah_sylvie.pk}/", f"/dyades/{cast.olivia_sylvie.pk}/",
        "/dyades/nouvelle/", f"{dyad}pause/", f"{dyad}terminer/", "/groupes/", group, "/groupes/nouveau/",
        f"{group}membres/ajouter/", f"{group}responsable/", f"/membres/{cast.elan.members.all()[0].pk}/retirer/",
        f"/programmes/{cast.groups_program.pk}/terminer/", f"/programmes/{cast.mentoring.pk}/annee-suivante/",
        *of_outcomes(cast),
        f"{group}modifier/", f"{group}terminer/", f"/membres/{cast.elan.members.all()[0].pk}/modifier/",
        f"/prises-en-charge/{cast.elan.leads.all()[0].pk}/modifier/", f"{dyad}modifier/", *of_corrections(cast),
        "/rencontres-equipe/", f"/programmes/{cast.mentoring.pk}/rencontre-equipe/",
        *(f"/programmes/{cast.mentoring.pk}/rencontre-equipe/{at}/" for at in ("ajouter", f"dyad/{cast.ines_marc.pk}")),
        *(f"/dyades/{cast.olivia_sylvie.pk}/{at}/" for at in ("suites", "lettres", "lettres/eleve")),
        f"/dyades/{cast.olivia_sylvie.pk}/dernier-echange/", f"/dyades/{cast.olivia_sylvie.pk}/revoir-la-fin/",
        "/vigilance/relations-terminees/", "/vigilance/a-clore-ou-renouveler/", "/rapports/", *of_mentors(cast),
        f"{dyad}fidelite/", f"{group}fidelite/", f"/programmes/{cast.groups_program.pk}/fidelite/",
    ]  # fmt: skip


def of_mentor(cast: Cast) -> list[str]:
    dyad, event = f"/dyades/{cast.ines_marc.pk}/", hard_event(cast)
    return [
        dyad, f"{dyad}entente/", f"{dyad}routine/", f"{dyad}liaison/", f"{dyad}evenement/",
        f"/evenements/{event}/soutien/", f"/entrees/evenement/{event}/modifier/",
        f"/entrees/evenement/{event}/historique/", "/annulees/",
        f"/mentors/{cast.marc_mentor.pk}/", "/mon-style/", "/mon-approche/",
        "/mon-parcours/", f"/mon-parcours/attestation/{cast.on.year}/",
    ]  # fmt: skip


def of_teachers_work(cast: Cast) -> list[str]:
    """What a resource teacher logs beside the meetings."""
    group = f"/groupes/{cast.tremplin.pk}/"
    return [
        f"{group}contact/", f"{group}famille/", f"{group}bilan/", f"{group}bilan/?eleve={member(cast)}",
        f"{group}remplacement/", f"/personnes/{cast.nadia.pk}/absence/",
        f"/personnel-ressource/{cast.nadia.pk}/", "/mon-temps/", "/mon-temps/semaine/", "/mes-fondements/",
        "/programmes/",
    ]  # fmt: skip


def of_programmes(cast: Cast) -> list[str]:
    """What a lead writes of a programme and its teachers, and the numbers that they try."""
    program, activity = f"/programmes/{cast.tremplin.program_id}/", declared(cast)
    flag, teacher = finding("dyad-gap", dyad=cast.ines_marc), f"/personnel-ressource/{cast.nadia.pk}/"
    return [
        "/programmes/", program, "/programmes/nouveau/", f"{program}modifier/", f"{program}contenus/",
        f"{program}contenus/ajouter/", f"/contenus/{activity}/modifier/", f"{program}roles/",
        "/personnel-ressource/", teacher, f"{teacher}liberation/", f"/groupes/{cast.tremplin.pk}/horaire/",
        f"{flag}charge/", f"{flag}reporter/", "/vigilance/donnees-insuffisantes/", "/vigilance/?gravite=toutes",
        f"{program}balises/", f"{program}balises/etape/2/", f"{program}balises/group-gap/",
        "/balises/dyad-gap/essayer/", f"/prises-en-charge/{former_lead(cast)}/modifier/",
        f"/balises/dyad-gap/essayer/?place={cast.mentoring.pk}&n_critical=9&n_warning=8&on={cast.on}",
    ]  # fmt: skip


def declared(cast: Cast) -> int:
    activity, _new = cast.tremplin.program.activities.get_or_create(board=cast.board, name="Jeux coopératifs")
    return activity.pk


def former_lead(cast: Cast) -> int:
    day = {"starts_on": cast.on - timedelta(days=60), "ends_on": cast.on - timedelta(days=30)}
    row, _new = cast.passerelle.leads.get_or_create(person=cast.nadia, reason="left", defaults=day)
    return row.pk


def member(cast: Cast) -> int:
    return cast.tremplin.members.all()[0].student_id


def hard_event(cast: Cast) -> int:
    event, _new = cast.ines_marc.difficult_events.get_or_create(board=cast.board, on=cast.on, kind="conflict")
    return event.pk


def of_manager(cast: Cast) -> list[str]:
    return [
        "/tableau-de-bord/", "/vigilance/", finding("dyad-gap", dyad=cast.ines_marc), "/personnes/",
        "/personnes/?liste=adultes", "/calendrier/", "/calendrier/annee/", f"/groupes/{cast.tremplin.pk}/",
        f"/dyades/{cast.ines_marc.pk}/", *of_imports(cast),
    ]  # fmt: skip


def of_administrator(cast: Cast) -> list[str]:
    opened = f"/organisme/?ecole={cast.school.pk}"
    return [
        "/organisme/", opened, *of_reports(cast), "/vigilance/", "/personnes/", "/personnes/?liste=effectifs",
        "/menu/", "/organisme/minute/", "/connexions/", "/annuaire/",
    ]  # fmt: skip


ROLES = [
    ("nadia", of_teacher),
    ("nadia", of_teachers_work),
    ("julie", of_lead),
    ("julie", of_programmes),
    ("julie", of_support),
    ("marc", of_doubts),
    ("marc", of_mentor),
    ("alain", of_manager),
    ("alain", of_people),
    ("nadia", of_members_files),
    ("line", of_files_with_a_reason),
    ("line", of_privacy),
    ("julie", of_matching),
    ("nadia", of_referring),
    ("robert", of_administrator),
    ("marc", of_minutes),
    ("julie", of_told_minutes),
    ("robert", of_looks),
    ("karim", of_shown_screens),
]


@pytest.mark.parametrize(("name", "paths"), ROLES)
def test_pages_of(
    stage: Cast, new_page: Callable[..., Page], look: Look, name: str, paths: Callable[[Cast], list[str]]
) -> None:
    page = new_page(user=getattr(stage, name))
    for path in paths(stage):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        look(page)


def test_no_page_was_left_out(cast: Cast) -> None:
    evaluate_board(cast.board, on=cast.on)
    seen = {resolve(path.partition("?")[0]).url_name for _name, paths in ROLES for path in paths(cast)}
    assert {name for name, method, _ in ROWS if method == "get"} - seen - NO_PAGE == set()


def newcomer(board: SchoolBoard, school: School, *roles: Role) -> User:
    """Someone of a school where nothing has happened yet."""
    person = User.objects.create(
        board=board, school=school, key="ada", given_name="Ada", family_name="Roy", email="ada@neuve.example"
    )
    for role in roles:
        Membership.objects.create(
            person=person, role=role, board=board, school=school, starts_on=person.local_date() - timedelta(days=1)
        )
    return person


@pytest.mark.parametrize("years", [True, False], ids=["empty-school", "empty-board"])
def test_pages_of_a_school_where_nothing_has_happened(
    stage: Cast, new_page: Callable[..., Page], look: Look, years: bool
) -> None:
    board = stage.board if years else SchoolBoard.objects.create(key="css-neuf", name="Centre de services neuf")
    school = School.objects.create(board=board, key="neuve", name="École Neuve")
    for domain in Program.Domain if years else ():
        Program.objects.create(board=board, school=school, key=f"neuf-{domain}", name="Programme neuf", domain=domain)
    person = newcomer(board, school, Role.RESOURCE_TEACHER, Role.MENTOR, Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER)
    page = new_page(user=person)
    paths = ["/tableau-de-bord/", "/semaine/", "/consigner/", "/vigilance/", "/dyades/", "/groupes/", "/rapports/"]
    paths += ["/personnes/", "/calendrier/"]
    if years:
        paths += ["/dyades/nouvelle/", "/groupes/nouveau/"]
    for path in paths:
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        look(page)


SEND_EMPTY = """() => {
    const form = document.querySelector("main form[data-entry]") ?? document.querySelector("main form[method=post]");
    for (const field of form.elements) {
        if (field.type === "hidden") continue;
        if (field.type === "radio" || field.type === "checkbox") field.checked = false;
        else if (field.tagName !== "BUTTON") field.value = "";
    }
    form.requestSubmit();
}"""


def forms_of_teacher(cast: Cast) -> Iterator[str]:
    dyad = f"/dyades/{cast.maika_nadia.pk}/"
    yield from (f"{dyad}consigner/", f"{dyad}consigner/?etat=non-tenue", f"{dyad}planifier/")
    yield from (f"/groupes/{cast.tremplin.pk}/consigner/", "/rapports/")
    yield f"/rencontres-groupe/{cast.tremplin.meetings.get(on=cast.on).pk}/non-tenue/"
    yield f"/rencontres/{cast.maika_nadia.meetings.get(on=cast.on).pk}/non-tenue/"


def forms_of_lead(cast: Cast) -> Iterator[str]:
    yield f"{finding('dyad-gap', dyad=cast.ines_marc)}ecarter/"
    yield from ("/dyades/nouvelle/", "/groupes/nouveau/", "/rapports/")
    yield from (f"/dyades/{cast.ines_marc.pk}/{verb}/" for verb in ("terminer", "pause"))
    mentor = f"/mentors/{cast.marc_mentor.pk}/"
    yield from (f"{mentor}formation/", f"{mentor}modifier/")
    yield from (f"/dyades/{cast.ines_marc.pk}/{verb}/" for verb in ("engagement", "bilan"))
    yield f"/groupes/{cast.tremplin.pk}/membres/ajouter/"
    yield f"/membres/{cast.tremplin.members.all()[0].pk}/retirer/"


def forms_of_mentor(cast: Cast) -> Iterator[str]:
    yield from (f"/dyades/{cast.ines_marc.pk}/{verb}/" for verb in ("entente", "routine", "liaison", "evenement"))
    yield from (f"/evenements/{hard_event(cast)}/soutien/", "/mon-style/", "/mon-approche/")


def forms_of_teachers_work(cast: Cast) -> Iterator[str]:
    group = f"/groupes/{cast.tremplin.pk}/"
    yield from (f"{group}{what}/" for what in ("contact", "famille", "bilan", "remplacement"))
    yield "/consigner/ensemble/"


def forms_of_programmes(cast: Cast) -> Iterator[str]:
    program, flag = f"/programmes/{cast.tremplin.program_id}/", finding("dyad-gap", dyad=cast.ines_marc)
    yield from ("/programmes/nouveau/", f"{program}contenus/ajouter/", f"/groupes/{cast.tremplin.pk}/horaire/")
    yield from (f"/personnel-ressource/{cast.nadia.pk}/liberation/", f"/prises-en-charge/{former_lead(cast)}/modifier/")
    yield from (f"{flag}charge/", f"{flag}reporter/", f"/groupes/{cast.tremplin.pk}/responsable/")


FORMS = [
    ("nadia", forms_of_teacher),
    ("nadia", forms_of_teachers_work),
    ("julie", forms_of_lead),
    ("julie", forms_of_programmes),
    ("marc", forms_of_mentor),
    ("alain", forms_of_people),
    ("line", forms_of_files),
    ("robert", forms_of_looks),
    ("line", forms_of_privacy),
    ("julie", forms_of_matching),
    ("alain", forms_of_imports),
    ("marc", forms_of_minutes),
]


@pytest.mark.parametrize(("name", "forms"), FORMS)
def test_refused_forms_of(
    stage: Cast, new_page: Callable[..., Page], look: Look, name: str, forms: Callable[[Cast], Iterator[str]]
) -> None:
    page = new_page(user=getattr(stage, name))
    for path in forms(stage):
        page.goto(path)
        with page.expect_response(lambda answer: answer.request.method == "POST") as answered:
            page.evaluate(SEND_EMPTY)
        assert answered.value.status == 422, path
        page.locator("#error-summary").wait_for()
        assert not answered.value.finished()
        told_in_order(page)
        look(page)


def test_pages_for_what_went_wrong_and_the_entrance(stage: Cast, new_page: Callable[..., Page], look: Look) -> None:
    page = new_page(user=stage.nadia)
    for path, status in (("/nulle-part/", 404), (f"/dyades/{stage.other_dyad.pk}/", 404), ("/personnes/", 403)):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == status
        look(page)
    visitor = new_page()
    for path in ("/comptes/login/", "/comptes/password/reset/"):
        visitor.goto(path)
        look(visitor)
        visitor.evaluate(SEND_EMPTY)
        visitor.locator("#error-summary").wait_for()
        look(visitor)


def test_search_answers_by_name(stage: Cast, new_page: Callable[..., Page], look: Look) -> None:
    page = new_page(user=stage.julie)
    for words, answer in (("Inès", "Inès Benali et Marc-Olivier Thériault"), ("personne de ce nom", "Aucun résultat")):
        page.goto("/recherche/")
        page.get_by_role("main").locator("input[name=q]").fill(words)
        page.keyboard.press("Enter")
        page.get_by_role("main").get_by_text(answer).wait_for()
        look(page)


def test_the_banner_of_a_log_is_readable_by_all(stage: Cast, new_page: Callable[..., Page], look: Look) -> None:
    page = new_page(user=stage.nadia)
    page.goto("/semaine/")
    page.get_by_role("button", name="Tenue comme prévu : Thomas Lévesque").click()
    page.get_by_text("Rencontre enregistrée.").wait_for()
    look(page)
