"""The kinds of import there are."""

from exchange.imports.registry import register


def declare() -> None:
    from exchange.imports.kinds import adults, archives, dyads, meetings, members, outcomes, students, trainings

    register(students.STUDENTS, adults.ADULTS, members.MEMBERS, dyads.DYADS)
    register(trainings.TRAININGS, meetings.MEETINGS, outcomes.OUTCOMES)
    register(archives.ROSTER, archives.BUNDLE)
