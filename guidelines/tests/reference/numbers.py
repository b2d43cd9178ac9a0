"""Every number of the text, and the one in force on a day: the programme's, else the board's, else the default."""

from datetime import date

from guidelines.tests.reference.rows import Board

DEFAULTS: dict[str, dict[str, int]] = {
    "dyad-duration-short": {"critical": 3, "warning": 6},
    "dyad-duration-planned": {"warning": 6},
    "dyad-commitment-expired": {},
    "dyad-regularity": {"warning": 75, "months": 6, "least": 8},
    "dyad-critical-period": {"critical": 2, "months": 3, "least": 2},
    "dyad-frequency": {"critical": 3, "warning": 2, "weeks": 4, "least": 2},
    "dyad-gap": {"critical": 3, "warning": 2, "least": 2},
    "dyad-first-meeting": {"warning": 10},
    "dyad-no-contact": {"warning": 10},
    "dyad-weekly-minutes": {"info": 15, "weeks": 4},
    "dyad-individual-share": {"warning": 50, "weeks": 8, "least": 4},
    "dyad-remote-share": {"info": 50, "weeks": 8, "least": 4},
    "dyad-shared-activity": {"warning": 0, "weeks": 8, "least": 4},
    "dyad-student-choice": {"info": 0, "weeks": 8, "least": 3},
    "dyad-homework-heavy": {"info": 50, "weeks": 8, "least": 4},
    "dyad-agreement": {"warning": 14},
    "dyad-teacher-liaison": {"info": 0, "presence_days": 28},
    "dyad-systematic-followup": {"info": 0, "presence_days": 28},
    "dyad-support-after-event": {"info": 14},
    "dyad-review": {"months": 1, "presence_days": 28},
    "student-rematch": {"rematch_months": 6, "early_months": 6, "rematch_days": 21},
    "mentor-training": {"critical": 0, "warning": 120},
    "mentor-training-late": {"info": 120},
    "mentor-style": {},
    "mentor-approach": {"info": 4},
    "mentor-peer-age": {},
    "mentor-load": {"info": 5},
    "group-too-large": {"critical": 15, "warning": 12},
    "group-too-small": {"info": 5},
    "group-first-year": {"info": 0},
    "group-no-lead": {"critical": 0},
    "group-continuity": {"warning": 0, "info": 0},
    "group-frequency": {"critical": 50, "warning": 75},
    "group-gap": {"critical": 4, "warning": 2},
    "group-meeting-length": {"floor": 10, "ceiling": 60},
    "group-individual-contact": {"info": 0, "presence_days": 28},
    "group-family-contact": {"warning": 0, "presence_days": 28},
    "group-review": {"info": 0, "presence_days": 28},
    "group-attendance": {"info": 0},
    "teacher-release": {"critical": 50},
    "teacher-functions": {"info": 0},
    "teacher-foundations": {"warning": 5},
    "program-form": {},
    "program-structure": {"warning": 0},
    "program-type": {"warning": 0},
    "program-results": {"warning": 0},
    "program-roles": {"info": 0},
    "program-contents-drift": {"info": 50, "least": 4},
    "data-confidence": {"info": 80, "days": 7},
}


def number(board: Board, on: date, guideline: str, name: str, program: str | None = None) -> int:
    """``program`` is none for mentors and teachers, who follow the board's numbers."""
    for nearest in (program, None) if program is not None else (None,):
        rows = [
            (row.starts_on, position, row.value)
            for position, row in enumerate(board.settings)
            if (row.guideline, row.name, row.program) == (guideline, name, nearest) and row.starts_on <= on
        ]
        if rows and max(rows)[2] is not None:
            return max(rows)[2]  # type: ignore[return-value]
    return DEFAULTS[guideline][name]
