"""Where a person may give roles: the choices of a form, each with its scope."""

from dataclasses import dataclass

from people.access import Role, Scope
from people.models import School, SchoolBoard, User


@dataclass(frozen=True)
class Place:
    """A choice: what the form sends, what it says, and the scope that it stands for."""

    value: str
    label: str
    scope: Scope
    board: SchoolBoard
    school: School | None = None


def places(user: User, *, programs: bool = True) -> list[Place]:
    """The board for its administrator, the schools that one manages, and their programmes. Two queries."""
    found: list[Place] = []
    if user.board and user.access.holds(Role.BOARD_ADMIN):
        found.append(Place("board", str(user.board), Scope(user.board.pk), user.board))
    schools = School.objects.managed_by(user).select_related("board")
    for school in schools.prefetch_related("programs") if programs else schools:
        found.append(Place(f"school-{school.pk}", school.name, Scope(school.board_id, school.pk), school.board, school))
        for program in school.programs.all() if programs else ():
            scope = Scope(school.board_id, school.pk, program.pk)
            found.append(Place(f"program-{program.pk}", f"{school.name}, {program.name}", scope, school.board, school))
    return found
