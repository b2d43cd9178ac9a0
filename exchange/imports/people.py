"""What lists of people have in common: their name in one column or two, their school, one line each."""

from collections.abc import Iterable, Sequence

from exchange.imports import cells, remarks
from exchange.imports.declaration import Bearings, Field, Level, Line, Unreadable
from exchange.imports.guess import spelled
from people.models import School, Student


def read_cells(line: Line, fields: Iterable[Field]) -> None:
    """Fill in the values of a line: what can't be read is said, and has none."""
    for field in fields:
        if cell := line.texts.get(field.name, ""):
            try:
                line.values[field.name] = field.read(cell)
            except Unreadable as wrong:
                line.say(wrong.remark, field.name, **wrong.given)


def read_name(line: Line) -> None:
    """Set ``family_name`` and ``given_name``, whichever columns hold them."""
    values = line.values
    if "full_name" in values and not (values.get("family_name") and values.get("given_name")):
        family, given, doubtful = cells.names_of(values["full_name"])
        if doubtful:
            words = values["full_name"].split()
            other = (" ".join(words[:-1]), words[-1])
            shown = {"value": values["full_name"], "family": other[0], "given": other[1]}
            answer = line.ask(remarks.SPLIT_NAME, "full_name", **shown)
            family, given = (family, given) if answer == "first" else other
        values["family_name"], values["given_name"] = family, given
    for name in ("family_name", "given_name"):
        values[name] = cells.clean_name(str(values.get(name, "")).strip())
        if len(values[name]) > cells.NAME:
            line.say(remarks.TOO_LONG, name, max=cells.NAME)
    if not any(map(str.isalpha, values["family_name"] + values["given_name"])):
        line.say(remarks.NO_NAME, "full_name" if "full_name" in line.texts else "family_name")


def schools_by_word(bearings: Bearings) -> dict[str, School]:
    """The schools that the person may bring people into, by name and by key; asked once an import."""
    if "schools" not in bearings.seen:
        managed = School.objects.managed_by(bearings.person).filter(board=bearings.board)
        bearings.seen["schools"] = {
            spelled(word): school for school in managed for word in (school.key, school.name) if spelled(word)
        }
    found: dict[str, School] = bearings.seen["schools"]
    return found


def is_of_another_school(student: Student | None, bearings: Bearings) -> bool:
    """Whether somebody is known where the person manages nothing: a list says, shows and ends nothing of them there.

    Their own new school's list may bring them in; what they leave behind is that school's to decide.
    """
    if student is None or bearings.manages_board():
        return False
    return student.school_id not in {school.pk for school in schools_by_word(bearings).values()}


def read_school(line: Line, bearings: Bearings) -> School | None:
    """The school that a line names, else the one that the file is of; said when it is none."""
    word = str(line.values.get("school", ""))
    if not word:
        if bearings.school is None:
            line.say(remarks.WHICH_SCHOOL, "school")
        return bearings.school
    school = schools_by_word(bearings).get(spelled(word))
    if school is None:
        line.say(remarks.UNKNOWN_SCHOOL, "school", value=word)
    return school


def said_twice(line: Line, key: str, bearings: Bearings) -> bool:
    """Whether an earlier line is about the same key: one that says the same is read once, another is wrong."""
    seen: dict[str, tuple[int, list[str]]] = bearings.seen.setdefault("keys", {})
    if line.row.answers.get("leave"):
        return False
    told = [line.texts[name] for name in sorted(line.texts)]
    number, before = seen.setdefault(key, (line.number, told))
    if number == line.number:
        return False
    line.say(remarks.REPEATED if before == told else remarks.TWICE, "", row=number, key=key)
    return True


def sound(lines: Sequence[Line]) -> list[Line]:
    """Those that nothing is wrong with so far."""
    return [line for line in lines if not line.is_wrong and not line.row.answers.get("leave")]


def is_settled(line: Line) -> bool:
    return all(remark.level != Level.ASKS or line.answer(remark) for remark, _column, _given in line.said)
