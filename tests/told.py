"""Whom a page names: nobody of another board, and no student of one's own board whom its reader does not see."""

from collections.abc import Iterator
from html import unescape
from typing import Any

from people.models import Guardian, School, SchoolBoard, Student, User
from people.names import full
from programs.models import Program, SupportGroup
from tests.reach import Reach

BY_ITS_LINK = {"invitation", "calendar_feed", "minute", "unsubscribe"}
"""What a secret opens, whoever comes."""
A_WORD = {"Mentorat"}
"""The name of a programme, and a word of any page."""
READ = ("text/html", "text/csv", "application/json", "text/calendar", "text/plain")


def names_of(board: SchoolBoard) -> set[str]:
    """What is told of a board and of no other."""
    of_people: Any = [(model, ("family_name", "key")) for model in (Student, User, Guardian)]
    told = [*of_people, *((model, ("name",)) for model in (School, Program, SupportGroup))]
    found, elsewhere = {board.name}, set[str]()
    for model, fields in told:
        for row in model._base_manager.all():
            said = {getattr(row, field) for field in fields}
            found |= said if row.board_id == board.pk else set()
            elsewhere |= said if row.board_id != board.pk else set()
    return {name for name in found - elsewhere if len(name) > 3}


def out_of_sight(person: User, reach: Reach) -> set[str]:
    """The names of other boards; of one's own, those of students whom one neither sees nor may bring in."""
    others = SchoolBoard.objects.exclude(pk=person.board_id)
    names = set[str]().union(*(names_of(board) for board in others))
    seen, unseen = set[str](), set[str]()
    for student in Student.objects.filter(board=person.board_id):
        is_known = reach.finds(student) or may_bring_in(person, student)
        (seen if is_known else unseen).add(full(student.given_name, student.family_name))
    return (names | (unseen - seen)) - A_WORD


def may_bring_in(person: User, student: Student) -> bool:
    """A lead of the school's programmes names whoever is to come in."""
    return any(one.school_id == student.school_id and one.program_id for one in person.memberships.all())


def named_unseen(reply: Any, names: set[str]) -> Iterator[str]:
    """Those of these names that an answer holds as text."""
    match = getattr(reply, "resolver_match", None)
    if reply.get("Content-Type", "").startswith(READ) and match and match.url_name not in BY_ITS_LINK:
        content = b"".join(reply.streaming_content) if reply.streaming else reply.content
        text = unescape(content.decode())
        yield from (f"names « {name} »" for name in sorted(names) if name in text)
