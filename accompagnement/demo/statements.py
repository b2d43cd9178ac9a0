"""What the demonstration's programmes say of themselves before the first meeting."""

from datetime import timedelta

from accompagnement.demo.cast import Cast
from accompagnement.demo.words import ACTIVITIES, RESULTS, ROLES
from mentoring.models import Dyad
from people.models import User
from programs.models import ExpectedResult, GroupLead, Program, ProgramActivity, ProgramRole, RoleAcknowledgement


def state_programs(cast: Cast) -> None:
    """Results, activities and roles of the first board's programmes, and their acknowledgement; with four gaps.

    Two mentors of Rive-Claire have yet to acknowledge their role; the groups of Boisé have no length, and an activity
    without format and result. At the Cime, no role is written, the groups' type is not chosen, mentoring is remote.
    """
    for program in (cast.groups_program, cast.second_groups_program, cast.other_groups_program):
        declare(program)
    for program in (cast.groups_program, cast.mentoring, cast.second_groups_program, cast.second_mentoring):
        write_roles(cast, program)
    Program.objects.filter(pk=cast.second_groups_program.pk).update(minutes=None)
    Program.objects.filter(pk=cast.other_groups_program.pk).update(intervention="")
    Program.objects.filter(pk=cast.other_mentoring.pk).update(mentoring_form=Program.MentoringForm.REMOTE)


def declare(program: Program) -> None:
    results = [
        ExpectedResult.objects.create(board=program.board, key=f"{program.key}-r{n}", program=program, text=text)
        for n, text in enumerate(RESULTS[program.key])
    ]
    for n, (name, content, theme, format, result) in enumerate(ACTIVITIES[program.key]):
        ProgramActivity.objects.create(
            board=program.board,
            key=f"{program.key}-a{n}",
            program=program,
            name=name,
            content=content,
            theme=theme,
            format=format,
            result=None if result is None else results[result],
        )


def write_roles(cast: Cast, program: Program) -> None:
    """One role for each kind of actor of the domain, acknowledged in the first days by who holds it."""
    on = cast.calendar.class_day_from(cast.calendar.current.starts_on + timedelta(days=5))
    other = ProgramRole.Actor.MENTOR if program.domain == Program.Domain.GROUP else ProgramRole.Actor.TEACHER
    for actor in ProgramRole.Actor.values:
        if actor != other:
            role, limits = ROLES[actor]
            ProgramRole.objects.create(
                board=program.board,
                key=f"{program.key}-{actor}",
                program=program,
                actor=actor,
                role=role,
                limits=limits,
            )
    held = program.roles.get(actor__in=(ProgramRole.Actor.TEACHER, ProgramRole.Actor.MENTOR))
    people = holders(cast, program)
    RoleAcknowledgement.objects.bulk_create(
        RoleAcknowledgement(role=held, person=person, acknowledged_on=on)
        for person in (people[:-2] if program == cast.mentoring else people)
    )


def holders(cast: Cast, program: Program) -> list[User]:
    """Who leads a group of the programme, or mentors in it, on the day."""
    if program.domain == Program.Domain.GROUP:
        leads = GroupLead.objects.filter(group__program=program).values("person")
        return list(User.objects.filter(pk__in=leads).order_by("pk"))
    dyads = Dyad.objects.open_on(cast.on).filter(program=program)
    return list(User.objects.filter(pk__in=dyads.values("mentor__person")).order_by("pk"))
