"""Every door that writes names keeps their keys, and every search finds by them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from accompagnement.synthetic.generate import generate
from accompagnement.tests.test_generate import TINY
from exchange.bundle.importing import import_bundle
from exchange.tests.bundles import EVERYTHING, write
from exchange.tests.roster_files import ONEROSTER_11, archive, run
from people.models import User
from tests.cast import Cast
from tests.names import stale

pytestmark = pytest.mark.on_postgresql

ClientOf = Callable[[User], Client]


@pytest.mark.django_db
def test_every_bulk_writer_keeps_the_keys_of_names(tmp_path: Path, long_after: None) -> None:
    import_bundle(path=write(tmp_path / "a.zip", EVERYTHING))
    assert not stale()
    edited = {
        "students.csv": EVERYTHING["students.csv"].replace("Inès", "Inés"),
        "people.csv": EVERYTHING["people.csv"].replace("Ferhat", "Ferhât-Œil"),
        "groups.csv": EVERYTHING["groups.csv"].replace("Tremplin A", "Élan"),
        "schools.csv": EVERYTHING["schools.csv"].replace("École Un", "Été"),
    }
    import_bundle(path=write(tmp_path / "b.zip", edited))
    assert not stale()
    run(archive(tmp_path, ONEROSTER_11))
    changed = ONEROSTER_11["users.csv"].replace("Tanguay", "Tânguay-Roy").replace("Lapointe", "Æ")
    run(archive(tmp_path, {**ONEROSTER_11, "users.csv": changed}))
    assert not stale()
    generate(TINY, on=date(2026, 11, 23), years=1)
    assert not stale()


def test_the_cast_is_kept_by_name(cast: Cast) -> None:
    assert not stale()


@pytest.mark.parametrize("typed", ["benali", "BÉNALI", "be-nali", "ines benali", "Benali, Inès"])
def test_every_search_reads_a_name_alike(cast: Cast, client_of: ClientOf, typed: str) -> None:
    cast.ines_marc.student.family_name = "Bénali"
    cast.ines_marc.student.save()
    call_command("evaluate", on="2026-11-23", board=cast.board.key)
    julie, alain = client_of(cast.julie), client_of(cast.alain)

    def text(response: Any) -> str:
        return str(response.content.decode())

    assert "Bénali, Inès" in text(alain.post("/personnes/", {"liste": "eleves", "q": typed}))
    assert "Inès Bénali" in text(julie.post("/recherche/", {"q": typed}))
    assert "Inès Bénali" in text(julie.post("/vigilance/filtrer/", {"q": typed}, follow=True))
    for nobody in ("benalix", "?"):
        assert "Inès Bénali" not in text(julie.post("/vigilance/filtrer/", {"q": nobody}, follow=True))
