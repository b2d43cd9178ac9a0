"""Whether someone may: the booleans that the querysets of ``programs`` answer for one group."""

from people.models import Student, User
from people.models.students import StudentQuerySet
from programs.models import Program, SupportGroup
from programs.models.programs import ProgramQuerySet


def may_log(user: User, group: SupportGroup) -> bool:
    """Log for the group: its lead, or the programme's as substitute. One query."""
    return SupportGroup.objects.loggable_by(user).filter(pk=group.pk).exists()


def may_structure(user: User, group: SupportGroup) -> bool:
    """Change who belongs and who leads: the programme's lead or the school's management. One query."""
    return Program.objects.led_by(user).filter(pk=group.program_id).exists()


def group_programs_led_by(user: User) -> ProgramQuerySet:
    """The programmes in which the person may open a group."""
    return Program.objects.led_by(user).filter(domain=Program.Domain.GROUP)


def students_of_school(group: SupportGroup) -> StudentQuerySet:
    """Whom one who may structure the group can bring in: the students of its school.

    Wider than ``Student.objects.visible_to``: a programme's lead must be able to name a student who is not in the
    programme yet. Ask ``may_structure`` first.
    """
    return Student.objects.filter(school_id=group.program.school_id, board_id=group.board_id)


def possible_leads(program: Program) -> "list[User]":
    """The adults of the programme's board whom a group can be entrusted to: its school's own, then the others."""
    people = User.objects.filter(board_id=program.board_id, is_active=True)
    return list(people.filter(school_id=program.school_id)) + list(
        people.exclude(school_id=program.school_id).filter(memberships__school_id=program.school_id).distinct()
    )
