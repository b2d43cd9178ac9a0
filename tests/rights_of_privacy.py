"""The rows of the matrix (``test_access_matrix``) of the privacy officer's desk, which an administrator reads."""

from typing import Any

from people.access import Role
from people.models import AuditEntry, Destruction, Look, OpenedSession, PrivacyIncident, RetentionPlan
from tests.rights_of_students import STUDENTS

# visitor, mentor, teacher, lead, trainer, manager, board admin, privacy officer, lead of another board
PRIVACY_AND_STUDENTS = f"""{STUDENTS}
    privacy                 get   s-----..-
    privacy                 post  s-----..-
    student_data            get   s---x-x.x
    student_data            post  s---x-x.x
    person_data             get   s-x----.x
    person_data             post  s-x----.x
    journal                 get   s-----..-
    journal_csv             post  s-----..-
    incidents               get   s-----..-
    incidents_csv           post  s-----..-
    consents                get   s-----..-
    retention               get   s-----..-
    retention_plan          get   s------.-
    retention_plan          post  s------.-
    retention_destroy       get   s------.-
    retention_destroy       post  s------.-
    confidentiality         get   .........
    incident                get   sxxxxx..x
    incident_new            get   s------.-
    incident_new            post  s------.-
    incident_edit           get   sxxxxx-.x
    incident_edit           post  sxxxxx-.x
"""


def keeps_or_reads(me: Any, row: Any) -> bool:
    """« Access journal, incidents, consent, retention »: the privacy officer, the board's administrator."""
    return bool(me.in_board(row.board_id, Role.BOARD_ADMIN, Role.PRIVACY_OFFICER))


REGISTERS = dict.fromkeys((AuditEntry, PrivacyIncident, Destruction, RetentionPlan), keeps_or_reads)
REGISTERS |= {OpenedSession: lambda me, row: row.person_id == me.me}
REGISTERS |= {Look: lambda me, row: me.me in (row.person_id, row.asked_by_id)}
