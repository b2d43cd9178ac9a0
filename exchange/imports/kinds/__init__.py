"""The kinds of import there are."""

from exchange.imports.registry import register


def declare() -> None:
    from exchange.imports.kinds import adults, archives, students

    register(students.STUDENTS, adults.ADULTS, archives.ROSTER, archives.BUNDLE)
