"""The API wired: what ``exchange`` reads and writes, with the board's numbers, which ``reports`` alone counts."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router
from pydantic import ConfigDict, create_model

from exchange.api.application import make_api
from exchange.api.declaration import Table, Told, declare_tables, schema_of, worded
from exchange.api.problems import Problem
from exchange.api.views.reading import FILE, READING, Absent, Number, conditional, csv_of, let_ask, refuse_unknown
from people.access import Role
from people.models import User
from programs.fixed_periods import Named, ended_periods
from reports.board import Board, Line

NUMBERS = (
    Told("relations", _("relations"), int),
    Told("to_reach", _("relations à joindre"), int, "reach"),
    Told("to_watch", _("relations à garder à l’œil"), int, "watch"),
    Told("early_endings", _("fins hâtives de la période, si la balise est suivie"), int, "early"),
)
"""Counts of people: null when it is masked, and then named in ``masked``."""
LINE = (
    Told("school_id", _("numéro de l’école; null pour tout l’organisme"), int, lambda line: _step(line, 0)),
    Told("program_id", _("numéro du programme; null pour une école"), int, lambda line: _step(line, 1)),
    Told("name", _("nom"), str, nullable=False),
    *NUMBERS,
    Told("groups", _("groupes"), int, "groups.of", nullable=False),
    Told("groups_to_reach", _("groupes à joindre"), int, "groups.reach", nullable=False),
    Told("logged", _("rencontres consignées de la période"), int, lambda line: line.share and line.share.logged),
    Told("planned", _("rencontres prévues de la période"), int, lambda line: line.share and line.share.planned),
)
MASKED = Told(
    "masked", _("les nombres masqués\u00a0: trop petits, ou qui en feraient retrouver un"), list, nullable=False
)
BOARD = "board"
router = Router()


def _step(line: Line, place: int) -> int | None:
    return line.place[place] if len(line.place) > place else None


def facts_of(user: User, period: str | None, school: int | None) -> tuple[Board, Named | None]:
    """What the page « Organisme » tells: the same function counts and masks. 403 to who does not administer."""
    if not user.access.holds(Role.BOARD_ADMIN):
        raise PermissionDenied
    on = user.local_date()
    periods = ended_periods(user, on=on)
    if period and period not in periods:
        words = _t("Choisissez parmi\u00a0: %(periods)s.") % {"periods": ", ".join(periods)}
        raise Problem(404, words)
    named = periods[period] if period else next(iter(periods.values()), None)
    whole, own = _t("Tout l’organisme"), _t("Personnes de l’école")
    facts = Board(user, on=on, period=named.period if named else None, whole_name=whole, own_people=own)
    if school is not None and (school,) not in facts.schools:
        raise Http404
    facts.school = None if school is None else (school,)
    return facts, named


def told_of(line: Line, *, counted: bool) -> dict[str, Any]:
    """A line; what was not counted (no period, a guideline that is not followed) is null, and not masked."""
    said = {told.name: told.reader(line) for told in LINE}
    masked = [told.name for told in NUMBERS if said[told.name] is None]
    if not (counted and line.follows_early):
        said["early_endings"], masked = None, [name for name in masked if name != "early_endings"]
    return said | {"masked": masked}


ASKED = create_model(
    "BoardAsked",
    __config__=ConfigDict(extra="forbid"),
    period=(
        str | Absent,
        worded(_("une période terminée, comme «\u00a0mois-2026-10\u00a0»; la dernière, sinon"), None),
    ),
    school=(Number | Absent, worded(_("l’école dont on veut les programmes"), None)),
)
COLUMNS: dict[str, Any] = {
    "on": (date, worded(_("jour de lecture"))),
    "period": (str | None, worded(_("nom de la période"))),
    "since": (date | None, worded(_("premier jour de la période"))),
    "until": (date | None, worded(_("premier jour qui ne compte plus"))),
    "lines": (list[schema_of("BoardLine", (*LINE, MASKED))], ...),  # type: ignore[misc]
}
PAGE = create_model("Board", __config__=ConfigDict(extra="forbid"), **COLUMNS)


def board(request: HttpRequest, asked: Any) -> HttpResponseBase:
    refuse_unknown(request, ASKED.model_fields)
    facts, named = facts_of(request.auth.person, asked.period, asked.school)  # type: ignore[attr-defined]
    lines = [told_of(line, counted=named is not None) for line in facts.lines]
    span = {"since": named.period.since, "until": named.period.until} if named else {"since": None, "until": None}
    return conditional(request, {"on": facts.on, "period": named.name if named else None, **span, "lines": lines})


def board_csv(request: HttpRequest, asked: Any) -> HttpResponseBase:
    refuse_unknown(request, ASKED.model_fields)
    facts, named = facts_of(request.auth.person, asked.period, asked.school)  # type: ignore[attr-defined]
    lines = [told_of(line, counted=named is not None) for line in facts.lines]
    return csv_of(BOARD, [told.name for told in (*LINE, MASKED)], (list(line.values()) for line in lines))


let_ask(board, "asked", Query, ASKED)
let_ask(board_csv, "asked", Query, ASKED)
WORDS: dict[str, Any] = {"auth": READING, "tags": [BOARD]}
TITLE: Any = _("Nombres de l’organisme")
IN_A_FILE: Any = _("Tout, en un fichier CSV")
router.get("/board", **WORDS, summary=TITLE, operation_id="board", response=PAGE, url_name="api_v1_board")(board)
router.get("/board.csv", **WORDS, summary=IN_A_FILE, operation_id="board_file", openapi_extra=FILE,
           url_name="api_v1_board_csv")(board_csv)  # fmt: skip
declare_tables(Table(BOARD, TITLE, (*LINE, MASKED), (Role.BOARD_ADMIN,), ("period", "school")))
API = make_api(router)
