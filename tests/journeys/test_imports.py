"""A school brings its list of six hundred students in, as it exported it; what can't be read is refused in words."""

from collections.abc import Callable

from django.utils import timezone
from playwright.sync_api import Page, expect

from accompagnement.demo.cast import Cast
from bench.imports import workbook
from exchange.imports import job
from exchange.models import ImportRun
from people.models import Student
from tests.browser import PHONE
from tests.journeys.conftest import Hand

LIST = "eleves.xlsx"
MOST = 12
"""Interactions, from the first page to the last name, a wrong line and a question included."""


def choose(page: Page, hand: Hand, name: str, content: bytes) -> None:
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.get_by_label("Fichier", exact=True).set_input_files(files=[file])
    hand.interactions += 1
    hand.tap(page.get_by_role("button", name="Envoyer le fichier"))


def apply(stage: Cast) -> None:
    """What a worker does, once it is rung for."""
    run = ImportRun.objects.get(state="queued")
    job.apply(run.pk, on=stage.on, now=timezone.now())


def test_a_list_of_600_is_seen_then_applied(stage: Cast, new_page: Callable[..., Page], hand: Hand) -> None:
    known = Student.objects.count()
    page = new_page(user=stage.alain)
    page.goto("/personnes/")
    hand.tap(page.get_by_role("link", name="Importer"))
    choose(page, hand, LIST, workbook(600, 1))
    expect(page.get_by_role("heading", level=1, name="Vérifier les colonnes")).to_be_visible()
    expect(page.get_by_role("row", name="Fiche 1000001 · 1000002 · 1000003")).to_be_visible()
    hand.tap(page.get_by_role("button", name="Voir ce que cela changera"))
    expect(page.get_by_text("600 à créer")).to_be_visible()
    assert Student.objects.count() == known
    hand.tap(page.get_by_role("button", name="Importer", exact=True))
    expect(page.get_by_text("L’importation attend son tour.")).to_be_visible()
    apply(stage)
    expect(page.get_by_role("heading", level=1, name="L’importation est faite")).to_be_visible()
    hand.tap(page.get_by_role("link", name="Voir les personnes"))
    page.get_by_label("Prénom ou nom").fill("Nom1x600")
    hand.tap(page.get_by_role("main").get_by_role("button", name="Chercher"))
    expect(page.get_by_text("Nom1x600, Prénom600")).to_be_visible()
    assert hand.interactions <= MOST


def test_what_is_wrong_is_refused_in_words_then_corrected_without_a_script(
    stage: Cast, new_page: Callable[..., Page], hand: Hand
) -> None:
    page = new_page(user=stage.alain, javascript=False, width=PHONE)
    page.goto("/importer/")
    choose(page, hand, "calendrier.pdf", b"%PDF-1.7 of no use")
    expect(page.get_by_text("c’est un PDF")).to_be_visible()
    hand.tap(page.get_by_role("link", name="Envoyer un autre fichier"))
    lines = ["Fiche;Nom et prénom;Statut", "501;Roy, Zoé;Actif", "502;Roy, Léo;Vacances"]
    choose(page, hand, "liste.csv", "\r\n".join(lines).encode("cp1252"))
    hand.tap(page.get_by_role("button", name="Voir ce que cela changera"))
    expect(page.get_by_text("Vacances » n’est pas un mot connu")).to_be_visible()
    page.get_by_label("Statut").fill("Parti peut-être")
    hand.tap(page.get_by_role("button", name="Garder ces décisions"))
    expect(page.get_by_label("Statut")).to_have_value("Parti peut-être")
    page.get_by_label("Statut").fill("Actif")
    hand.tap(page.get_by_role("button", name="Garder ces décisions"))
    hand.tap(page.get_by_role("button", name="Importer", exact=True))
    apply(stage)
    hand.tap(page.get_by_role("link", name="Actualiser"))
    expect(page.get_by_text("2 fiches créées")).to_be_visible()
    assert set(Student.objects.filter(family_name="Roy").values_list("key", flat=True)) >= {"501", "502"}
