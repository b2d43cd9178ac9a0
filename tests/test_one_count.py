"""One number, one function: what is to reach and to watch is said alike wherever it is said."""

import csv
import html
import io
import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accompagnement.demo.cast import Cast
from guidelines import actions
from guidelines.attention import attention
from guidelines.catalogue import Concern, of_concern
from guidelines.digest import digest_letter
from guidelines.endings import to_review
from guidelines.evaluation import evaluate_board
from guidelines.models import Flag
from guidelines.models.flags import RHYTHM
from guidelines.quiet import quiet_lines, to_complete
from people.models import User
from reports.dashboard import led_programs
from reports.scope import Scope
from reports.trend import trend

pytestmark = pytest.mark.on_postgresql

ClientOf = Callable[[User], Client]
Subject = tuple[str, int]


@pytest.fixture
def evaluated(cast: Cast) -> Cast:
    for board in (cast.board, cast.other_board):
        evaluate_board(board, on=cast.on)
    return cast


def slowly(user: User, on: date) -> tuple[set[Subject], set[Subject]]:
    """Whom to reach and whom to watch, from the rows alone, for programmes that chose nothing."""
    reach: set[Subject] = set()
    watch: set[Subject] = set()
    for flag in Flag.objects.visible_to(user):
        relation = flag.dyad or flag.group
        if relation is None or flag.guideline not in RHYTHM or flag.cleared_on or not relation.is_open_on(on):
            continue
        past = flag.dyad and flag.dyad.committed_until and flag.dyad.committed_until <= on
        if past or flag.state == "dismissed" or flag.severity not in ("critical", "warning"):
            continue
        key = (flag.subject_kind, relation.pk)
        (reach if flag.severity == "critical" and flag.state == "open" else watch).add(key)
    return reach, watch - reach


def words_of(client: Client, name: str) -> str:
    page = client.get(reverse(name)).content.decode()
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def number(pattern: str, words: str) -> int:
    found = re.search(pattern, words)
    return int(found.group(1)) if found and found.group(1).isdigit() else 0


def file_of(client: Client, on: date) -> list[dict[str, str]]:
    sent = {"kind": "rows", "start": (on - timedelta(days=400)).isoformat(), "end": on.isoformat()}
    answer = client.post(reverse("report_findings_csv"), sent | {"reason": "bilan du mois demandé"})
    text = b"".join(answer).decode().lstrip("\ufeff")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def subjects_in(rows: list[dict[str, str]], place: str) -> int:
    return len({(row["Programme"], row["Relation, groupe ou personne"]) for row in rows if row["Attention"] == place})


def told_everywhere(cast: Cast, user: User, client: Client) -> None:
    """The two numbers as each place says them."""
    found = attention(user, on=cast.on)
    reach, watch = slowly(user, cast.on)
    assert ({(row.kind, row.pk) for row in found.to_reach}, {(row.kind, row.pk) for row in found.to_watch}) == (
        reach,
        watch,
    )
    dashboard = words_of(client, "dashboard")
    headline = [
        number(r"(\d+|Aucune) relations? à joindre cette semaine", dashboard),
        number(r"relations? à joindre cette semaine, (\d+|aucune) à garder à l’œil", dashboard),
        number(r"(\d+|Aucun) groupes? à joindre cette semaine", dashboard),
        number(r"groupes? à joindre cette semaine, (\d+|aucun) à garder à l’œil", dashboard),
    ]
    assert headline == [found.dyads.reach, found.dyads.watch, found.groups.reach, found.groups.watch]
    assert number(r"Vigilance (\d+)", dashboard) == len(reach), "the badge"
    lists = words_of(client, "vigilance")
    listed = number(r"À joindre cette semaine (\d+)", lists), number(r"À garder à l’œil (\d+)", lists)
    assert listed == (len(reach), len(watch))
    rows = file_of(client, cast.on)
    assert (subjects_in(rows, "à joindre"), subjects_in(rows, "à garder à l’œil")) == (len(reach), len(watch))
    programs = led_programs(user, on=cast.on)
    weeks = trend(user, Scope(programs, cast.on))
    assert weeks[-1].to_examine + weeks[-1].in_hand == len(reach) + len(watch), "the figure"
    letter = digest_letter(user, on=cast.on)
    if letter:
        assert (f"{headline[0]} relation" in letter.subject) == bool(headline[0])
        assert f"{headline[1]} à garder à l’œil" in letter.text or not headline[1]


def test_the_same_two_numbers_everywhere_and_they_fall(evaluated: Cast, client_of: ClientOf) -> None:
    for user in (evaluated.julie, evaluated.helene, evaluated.alain, evaluated.other_lead):
        told_everywhere(evaluated, user, client_of(user))
    julie, on = evaluated.julie, evaluated.on
    before = len(attention(julie, on=on).to_reach)
    silence = Flag.objects.filter(dyad=evaluated.ines_marc).to_reach(on)[0]
    actions.take_in_charge(flag=silence, person=julie, on=on)
    assert len(attention(julie, on=on).to_reach) == before - 1
    told_everywhere(evaluated, julie, client_of(julie))
    actions.reopen(flag=silence, person=julie, on=on)
    actions.snooze(flag=silence, person=julie, on=on, until=on + timedelta(days=7))
    told_everywhere(evaluated, julie, client_of(julie))
    worst = Flag.objects.filter(group=evaluated.elan).to_reach(on)[0]
    actions.dismiss(flag=worst, person=julie, on=on, reason="Deux adultes y sont", review_on=on + timedelta(days=14))
    told_everywhere(evaluated, julie, client_of(julie))
    assert not attention(julie, on=on).to_reach


def test_past_its_committed_end_a_relation_rests(evaluated: Cast, client_of: ClientOf) -> None:
    julie, on = evaluated.julie, evaluated.on
    evaluated.ines_marc.committed_until = on
    evaluated.ines_marc.save()
    told_everywhere(evaluated, julie, client_of(julie))
    assert evaluated.ines_marc.pk not in {row.pk for row in attention(julie, on=on).rows if row.kind == "dyad"}
    rows = [row for row in file_of(client_of(julie), on) if row["Balise"] == "dyad-gap"]
    assert [row["Attention"] for row in rows if "Inès" in row["Relation, groupe ou personne"]] == [
        "à clore ou à renouveler"
    ]
    page = client_of(julie).get(evaluated.ines_marc.get_absolute_url()).content.decode()
    assert "à clore ou à renouveler" in page


def test_the_quiet_lines_count_what_their_lists_hold(evaluated: Cast) -> None:
    for user in (evaluated.julie, evaluated.helene, evaluated.alain, evaluated.nadia):
        lines = {line.concern: line.subjects for line in quiet_lines(user, on=evaluated.on)}
        assert lines.get("ended", 0) == to_review(user).count()
        setup = to_complete(user, on=evaluated.on).filter(guideline__in=of_concern(Concern.SETUP))
        assert lines.get("setup", 0) == len({(flag.subject_kind, flag.subject.pk) for flag in setup})
