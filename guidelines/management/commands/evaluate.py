"""``evaluate [--on DATE] [--board CODE] [--dry-run] [--json]``."""

import json
from argparse import ArgumentParser
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from guidelines.evaluation import Finding, evaluate_board
from guidelines.future import NotYet, check_has_come, how_to_go_on
from guidelines.management.days import iso_day
from guidelines.models import SUBJECTS
from mentoring.models import Dyad, Mentor
from people.models import SchoolBoard, User
from programs.models import Program, SupportGroup


class Command(BaseCommand):
    help = (
        "Évalue toutes les balises. Une date antérieure à la dernière évaluation n’écrit rien; une date à venir est "
        "refusée, sauf avec --dry-run."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", help="date ISO, aujourd’hui par défaut")
        parser.add_argument("--board", help="clé d’un organisme, tous par défaut")
        parser.add_argument("--dry-run", action="store_true", help="n’écrit rien")
        parser.add_argument("--json", action="store_true", help="une ligne JSON par point de vigilance")

    def handle(self, *args: object, **options: Any) -> None:
        boards = SchoolBoard.objects.order_by("key")
        if options["board"]:
            boards = boards.filter(key=options["board"])
            if not boards:
                raise CommandError(
                    _("Aucun organisme n’a la clé «\u00a0%(key)s\u00a0». Vérifiez la clé, ou importez d’abord.")
                    % {"key": options["board"]}
                )
        day = None if options["on"] is None else iso_day(options["on"])
        if day and not options["dry_run"]:
            refuse_future(boards, day)
        lines: list[dict[str, Any]] = []
        silenced: list[str] = []
        for board in boards:
            run = evaluate_board(board, on=day or board.local_date(), write=not options["dry_run"])
            if run.silenced_by is not None:
                silenced.append(how_to_go_on(board, run.silenced_by))
            if options["json"]:
                lines += as_lines(board, run.findings)
            else:
                self.stdout.write(
                    _("%(board)s\u00a0: %(found)d points de vigilance (%(raised)d nouveaux, %(cleared)d réglés)%(dry)s")
                    % {
                        "board": board.key,
                        "found": len(run.findings),
                        "raised": run.raised,
                        "cleared": run.cleared,
                        "dry": "" if run.written else _(", rien n’est écrit"),
                    }
                )
        for line in sorted(lines, key=lambda line: (line["board"], line["guideline"], line["key"])):
            self.stdout.write(json.dumps(line, ensure_ascii=False))
        if silenced:
            raise CommandError("\n".join(silenced))


def refuse_future(boards: Iterable[SchoolBoard], day: date) -> None:
    """Refuse a day that has not come for one of the boards, before anything is written for any of them."""
    refused = []
    for board in boards:
        try:
            check_has_come(board, day)
        except NotYet as why:
            refused.append(str(why))
    if refused:
        advice = _("Rien n’est écrit. Ajoutez --dry-run pour calculer ce jour sans l’écrire.")
        raise CommandError("\n".join([*refused, advice]))


def as_lines(board: SchoolBoard, found: list[Finding]) -> list[dict[str, Any]]:
    """The findings as the command prints them: subjects by their bundle's key. One query per kind of subject."""
    of_kind = {kind: [f.subject_id for f in found if f.subject == kind] for kind in SUBJECTS}
    keys = {
        "dyad": dict(Dyad.objects.filter(board=board, pk__in=of_kind["dyad"]).values_list("pk", "key")),
        "group": dict(SupportGroup.objects.filter(board=board, pk__in=of_kind["group"]).values_list("pk", "key")),
        "mentor": dict(Mentor.objects.filter(pk__in=of_kind["mentor"]).values_list("pk", "person__key")),
        "teacher": dict(User.objects.filter(pk__in=of_kind["teacher"]).values_list("pk", "key")),
        "program": dict(Program.objects.filter(board=board, pk__in=of_kind["program"]).values_list("pk", "key")),
    }
    return [
        {
            "board": board.key,
            "guideline": finding.guideline,
            "subject": finding.subject,
            "key": keys[finding.subject][finding.subject_id],
            "severity": finding.severity.value,
            "value": finding.value,
            "threshold": finding.threshold,
            "confidence": finding.confidence.value,
        }
        for finding in found
    ]
