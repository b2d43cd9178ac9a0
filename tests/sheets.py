"""What fidelity sheets say, and where that would differ from the findings."""

from datetime import date

from guidelines.catalogue import CATALOGUE
from guidelines.evaluation import evaluate_board
from guidelines.models import Flag
from mentoring.models import Dyad
from people.models import SchoolBoard, User
from programs.models import SupportGroup
from reports.fidelity.items import Verdict
from reports.fidelity.sheets import Line, Sheet, sheet_of


def lines(sheet: Sheet) -> dict[str, Line]:
    return {line.guideline.code: line for part in sheet.parts for line in part.lines if line.guideline}


def answered(sheet: Sheet) -> dict[str, Verdict]:
    return {code: line.verdict for code, line in lines(sheet).items()}


def disagreements(board: SchoolBoard, user: User, on: date) -> list[str]:
    """Where the sheets that a person sees and the live findings tell different things."""
    evaluate_board(board, on=on)
    live = {(flag.guideline, flag.subject_kind, flag.subject.pk): flag.pk for flag in Flag.objects.live()}
    followed, read = (
        set(rows.values_list("pk", flat=True)) for rows in (Flag.objects.followed(on), Flag.objects.visible_to(user))
    )
    found = []
    for relation in [*Dyad.objects.visible_to(user).open_on(on), *SupportGroup.objects.visible_to(user).active_on(on)]:
        for code, line in lines(sheet_of(relation, user=user, on=on)).items():
            kind = CATALOGUE[code].subject
            flags = {pk for one in subjects_of(relation, kind, on) if (pk := live.get((code, kind, one)))}
            if (line.verdict == Verdict.NOT_MET) != bool(flags):
                found.append(f"{relation}: {code} {line.verdict}")
            if flags & followed and not line.is_followed:
                found.append(f"{relation}: {code} is followed")
            if line.verdict == Verdict.NOT_MET and not flags & read:
                found.append(f"{relation}: {code} is not for {user}")
    return found


def subjects_of(relation: Dyad | SupportGroup, kind: str, on: date) -> list[int]:
    """Whom the lines of a sheet about a kind of subject speak of."""
    if isinstance(relation, Dyad):
        return [relation.pk if kind == "dyad" else relation.mentor_id]
    if kind == "teacher":
        return [lead.person_id for lead in relation.leads.active_on(on)]
    return [relation.pk if kind == "group" else relation.program_id]
