"""A school begins by itself: from an empty database to a first meeting, in pages, in French and in English."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from django.core.management import call_command
from django.utils import timezone, translation
from django.utils.translation import gettext
from playwright.sync_api import Page, expect
from pytest_django import Settings

from bench.imports import workbook
from exchange.imports import job
from exchange.models import ImportRun
from mentoring.models import Dyad, DyadMeeting
from people.access import Role
from people.models import Student, User
from programs.models import GroupMember, SchoolDay
from tests.journeys.conftest import Hand

MOST = 120
ON = date(2026, 11, 23)
SECRET = "une phrase assez longue"
ADULTS = 12
BREAKS = (
    ("2026-12-21", "2027-01-03", "holiday"),
    ("2027-03-01", "2027-03-05", "holiday"),
    ("2026-09-18", "", "pedagogical"),
)


@dataclass
class Visit:
    """A person at a page, who reads it in one language; each tap and each field is an interaction."""

    page: Page
    hand: Hand

    def go(self, *names: str) -> None:
        """Follow links, one after the other: of the page, else of the frame round it."""
        for name in names:
            within = self.page.get_by_role("main").get_by_role("link", name=gettext(name), exact=True)
            frame = self.page.get_by_role("link", name=gettext(name), exact=True)
            expect(frame.first).to_be_attached()
            self.hand.tap((within if within.count() else frame).first)

    def press(self, name: str) -> None:
        self.hand.tap(self.page.get_by_role("main").get_by_role("button", name=gettext(name), exact=True).last)

    def write(self, field: str, words: str) -> None:
        """``field`` is the name of a field of the form."""
        self.page.locator(f"main [name='{field}']").fill(words)
        self.hand.interactions += 1

    def choose(self, field: str, option: str) -> None:
        """``option`` is the value of an option, or the beginning of what it says."""
        choice = self.page.locator(f"main select[name='{field}']")
        said = choice.locator("option").filter(has_text=re.compile(f"^\\s*{option}"))
        choice.select_option(value=said.first.get_attribute("value") if said.count() else option)
        self.hand.interactions += 1

    def check(self, field: str, value: str) -> None:
        """A chip."""
        self.hand.tap(self.page.locator(f"main input[name='{field}'][value='{value}']"))

    def send(self, name: str, content: bytes) -> None:
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        self.page.locator("main input[type=file]").set_input_files(files=[file])
        self.hand.interactions += 1


def entered(page: Page, hand: Hand, language: str) -> Visit:
    """From the terminal's two commands to the first page: the link, a password."""
    said = io.StringIO()
    board = ("--name", "Centre neuf", "--language", language, "--school", "N", "--school-name", "École Neuve")
    call_command("createboard", "css", *board, stdout=said)
    names = ("--given-name", "Ada", "--family-name", "Roy", "--role", "school_manager")
    call_command("createuser", "ada@neuve.example", "--board", "css", *names, stdout=said)
    page.goto(re.findall(r"/invitation/\S+/", said.getvalue())[0])
    visit = Visit(page, hand)
    for field in page.locator("main input[type=password]").all():
        field.fill(SECRET)
        hand.interactions += 1
    hand.tap(page.get_by_role("main").get_by_role("button").first)
    expect(page.get_by_role("link", name=gettext("Personnes"), exact=True).first).to_be_visible()
    return visit


def bring_students_in(visit: Visit) -> None:
    visit.go("Personnes", "Importer")
    visit.send("eleves.xlsx", workbook(600, 1))
    for name in ("Envoyer le fichier", "Voir ce que cela changera", "Importer"):
        visit.press(name)
    job.apply(ImportRun.objects.get(state="queued").pk, on=ON, now=timezone.now())  # what the worker does
    expect(visit.page.get_by_role("heading", level=1, name=gettext("L’importation est faite"))).to_be_visible()
    assert Student.objects.count() == 600


def bring_colleagues_in(visit: Visit) -> None:
    teacher, mentor, lead = (str(role.label) for role in (Role.RESOURCE_TEACHER, Role.MENTOR, Role.PROGRAM_LEAD))
    roles = [f"{teacher}, {mentor}", *[mentor] * (ADULTS - 2), lead]
    visit.go("Personnes", "Adultes", "Plusieurs à la fois")
    lines = [f"Adulte{n}; Essai; adulte{n}@neuve.example; {role}" for n, role in enumerate(roles)]
    visit.write("lines", "\n".join(lines))
    visit.press("Ajouter")
    expect(visit.page.get_by_text("Adulte0").first).to_be_visible()
    assert User.objects.filter(email__startswith="adulte").count() == ADULTS


def open_the_year(visit: Visit) -> None:
    visit.go("Calendrier", "Préparer l’année")
    visit.write("annee-label", "2026-2027")
    visit.write("annee-first_on", "2026-08-27")
    visit.write("annee-last_on", "2027-06-23")
    for place, (first, last, kind) in enumerate(BREAKS):
        visit.write(f"annee-span_{place}_first_on", first)
        if last:
            visit.write(f"annee-span_{place}_last_on", last)
        visit.choose(f"annee-span_{place}_kind", kind)
    visit.press("Ouvrir l’année")
    expect(visit.page.get_by_role("heading", level=1, name=gettext("Calendrier"))).to_be_visible()
    assert SchoolDay.objects.filter(kind="class").count() <= 200


def open_programmes(visit: Visit) -> None:
    for domain, field, value in (("group", "intervention", "passage"), ("mentoring", "mentoring_form", "individual")):
        visit.go("Programmes")
        visit.go("Ouvrir un programme")
        if domain == "mentoring":
            visit.go("Mentorat")
        visit.write("name", f"Programme {domain}")
        visit.choose(field, value)
        visit.press("Ouvrir le programme")
        expect(visit.page.get_by_role("heading", level=1, name=f"Programme {domain}")).to_be_visible()


def open_a_group_of_twelve(visit: Visit) -> None:
    visit.go("Groupes", "Ouvrir un groupe")
    visit.write("name", "Élan")
    visit.choose("lead", "Adulte0")
    visit.press("Ouvrir le groupe")
    before = visit.hand.interactions
    visit.go("Ajouter des élèves")
    names = [str(student) for student in Student.objects.filter(grade=1)[:12]]
    visit.write("names", "\n".join(names))
    visit.press("Ajouter au groupe")
    visit.page.wait_for_url(re.compile(r"/groupes/\d+/$"))
    assert GroupMember.objects.count() == 12
    assert visit.hand.interactions - before <= 10


def match(visit: Visit) -> None:
    visit.go("Personnes", "Adultes")
    visit.hand.tap(visit.page.get_by_role("link", name="Essai, Adulte0", exact=True))
    visit.go("Inscrire comme mentore ou mentor")
    visit.check("kind", "teacher")
    visit.press("Inscrire")
    visit.go("Dyades", "Jumeler")
    visit.choose("student", str(Student.objects.filter(grade=2)[0]))
    visit.choose("mentor", "Adulte0")
    visit.press("Jumeler")
    visit.page.wait_for_url(re.compile(r"/dyades/\d+/"))


@pytest.mark.once
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_school_begins_by_itself(
    live_server: object, today: date, new_page: Callable[..., Page], hand: Hand, settings: Settings, language: str
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    with translation.override(language):
        visit = entered(new_page(), hand, language)
        for step in (
            bring_students_in,
            bring_colleagues_in,
            open_the_year,
            open_programmes,
            open_a_group_of_twelve,
            match,
        ):
            step(visit)
        teacher = Visit(new_page(user=User.objects.get(email="adulte0@neuve.example")), hand)
        teacher.page.goto(f"/dyades/{Dyad.objects.get().pk}/")
        teacher.go("Consigner")
        teacher.check("minutes", "25")
        teacher.press("Enregistrer")
        expect(teacher.page.get_by_text(gettext("Rencontre enregistrée.")).first).to_be_visible()
    assert DyadMeeting.objects.get(status="held").on == ON
    assert hand.interactions <= MOST
