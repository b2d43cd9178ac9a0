"""Adults out of a roster: known by key, else by address in the same board. A roster gives no role, no password."""

from datetime import date
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q

from exchange.rosters.emails import Emails
from exchange.rosters.identities import is_same, names_of
from exchange.rosters.records import Notes, Person
from exchange.rosters.upsert import Count, Counts, differs
from exchange.storing import insert
from people.models import Membership, School, SchoolBoard, User


def write_adults(
    people: list[Person],
    board: SchoolBoard,
    homes: dict[str, School | None],
    emails: Emails,
    on: date,
    counts: Counts,
    notes: Notes,
) -> None:
    """Create and update the adults among these people; those who left lose their roles on ``on`` and can no longer
    sign in."""
    count = counts.of("adults")
    adults = [person for person in people if person.is_adult]
    keys = [person.key for person in people if person.gone or person.is_adult]
    known = {user.key: user for user in User.objects.filter(board=board, key__in=keys)} if keys else {}
    leaving = [known[p.key] for p in people if p.gone and p.key in known and is_same(p, known[p.key], notes)]
    known |= emails.known_by_address(adults)
    addresses = emails.of(adults)
    new: list[dict[str, Any]] = []
    changed: list[User] = []
    renamed: list[int] = []
    for person in adults:
        user = known.get(person.key)
        if not is_same(person, user, notes):
            continue
        values = _values(person, addresses.get(person.key), homes.get(person.key), user)
        if user is None:
            new.append({"board_id": board.pk, "key": person.key, **values})
            continue
        if values.get("email", user.email) != user.email:
            renamed.append(user.pk)
        if differs(user, values):
            changed.append(user)
        else:
            count.unchanged += 1
    # An address that was confirmed goes with the person who had it.
    EmailAddress.objects.filter(user__in=renamed).delete()
    User.objects.bulk_update(changed, ["given_name", "family_name", "email", "school", "is_active"], batch_size=200)
    insert(User, new)
    count.created += len(new)
    count.updated += len(changed)
    _end(leaving, on, count)


def _values(person: Person, email: str | None, school: School | None, known: User | None) -> dict[str, Any]:
    """What the roster says; a missing address or school keeps the known one, and only an operator opens an account."""
    values = names_of(person, known)
    if email:
        values["email"] = email
    if school is not None:
        values["school_id"] = school.pk
    if not person.active:
        values["is_active"] = False
    return values


def _end(leaving: list[User], on: date, count: Count) -> None:
    """End the roles of those who left, once: what had ended stays as it was."""
    roles = Membership.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), person__in=leaving)
    ended = {user.pk for user in leaving if user.is_active}
    for role in roles:
        role.ends_on = max(on, role.starts_on or on)
        ended.add(role.person_id)
    Membership.objects.bulk_update(roles, ["ends_on"], batch_size=200)
    User.objects.filter(pk__in=[user.pk for user in leaving]).update(is_active=False)
    count.ended += len(ended)
