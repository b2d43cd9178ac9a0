"""Adults out of a roster: known by key, else by address in the same board. A roster gives no role, no password."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from exchange.rosters.emails import Emails
from exchange.rosters.identities import is_same, names_of
from exchange.rosters.leaving import left_words
from exchange.rosters.records import Notes, Person, Question
from exchange.rosters.upsert import Count, Counts, differs
from exchange.storing import insert
from mentoring.departures import left_by
from people.actions.accounts import close_accounts, closed_by_hand, reopen_accounts
from people.models import Membership, School, SchoolBoard, User
from people.witness import tell_changed


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
    sign in, and what they leave behind is said. An account that a file closed is opened again by a file."""
    count = counts.of("adults")
    adults = [person for person in people if person.is_adult]
    keys = [person.key for person in people if person.gone or person.is_adult]
    known = {user.key: user for user in User.objects.filter(board=board, key__in=keys)} if keys else {}
    leaving = {p: known[p.key] for p in people if p.gone and p.key in known and is_same(p, known[p.key], notes)}
    known |= emails.known_by_address(adults)
    addresses = emails.of(adults)
    new: list[dict[str, Any]] = []
    changed: list[User] = []
    renamed: list[int] = []
    closing: dict[Person, User] = {}
    opening: dict[Person, User] = {}
    for person in adults:
        user = known.get(person.key)
        if not is_same(person, user, notes):
            continue
        values = _values(person, addresses.get(person.key), homes.get(person.key), user)
        if user is None:
            new.append({"board_id": board.pk, "key": person.key, "is_active": person.active, **values})
            continue
        if values.get("email", user.email) != user.email:
            renamed.append(user.pk)
        if person.active != user.is_active:
            (opening if person.active else closing)[person] = user
        if differs(user, values) or person in closing:
            changed.append(user)
        else:
            count.unchanged += 1
    # An address that was confirmed goes with the person who had it.
    EmailAddress.objects.filter(user__in=renamed).delete()
    User.objects.bulk_update(changed, ["given_name", "family_name", "email", "school"], batch_size=200)
    insert(User, new)
    count.created += len(new)
    count.updated += len(changed)
    _open(opening, changed, count, notes)
    _end_roles(leaving.values(), on, count)
    _close({**closing, **leaving}, on, notes)


def _values(person: Person, email: str | None, school: School | None, known: User | None) -> dict[str, Any]:
    """What the roster says; a missing address or school keeps the known one."""
    values = names_of(person, known)
    if email:
        values["email"] = email
    if school is not None:
        values["school_id"] = school.pk
    return values


def _end_roles(leaving: Iterable[User], on: date, count: Count) -> None:
    """End the roles of those who left, once: what had ended stays as it was."""
    leaving = list(leaving)
    roles = Membership.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), person__in=leaving)
    ended = {user.pk for user in leaving if user.is_active}
    for role in roles:
        tell_changed(role, ends_on=role.ends_on)
        role.ends_on = max(on, role.starts_on or on)
        ended.add(role.person_id)
    Membership.objects.bulk_update(roles, ["ends_on"], batch_size=200)
    count.ended += len(ended)


def _close(leaving: Mapping[Person, User], on: date, notes: Notes) -> None:
    """Close the accounts, and say what each leaves without an adult."""
    closing = {person: user for person, user in leaving.items() if user.is_active}
    if not closing:
        return
    left = left_by(closing.values(), on)
    close_accounts(people=closing.values(), person=None, at=timezone.now())
    for person, user in closing.items():
        notes.tolerate(person.place, "adult_left", left_words(user, left[user.pk]))


def _question(user: User) -> Question:
    words = _(
        "Une personne a fermé le compte de %(person)s, qui est de retour dans l’archive. Faut-il le rouvrir\u00a0?"
    )
    return Question("reopen", user.key, words % {"person": user}, _("Rouvrir le compte"))


def _open(opening: Mapping[Person, User], changed: list[User], count: Count, notes: Notes) -> None:
    """Open again what a file closed; what a person closed stays so unless a person says otherwise, and it is said."""
    by_hand = closed_by_hand(opening.values()) if opening else set()
    agreed = [user for user in opening.values() if user.pk in by_hand and notes.ask(_question(user))]
    reopened = [user for user in opening.values() if user.pk not in by_hand]
    reopen_accounts(people=reopened, person=None)
    reopen_accounts(people=agreed, person=notes.person)
    reopened += agreed
    again = [user for user in reopened if user not in changed]
    count.updated += len(again)
    count.unchanged -= len(again)
    for person, user in opening.items():
        if user not in reopened:
            words = _(
                "%(person)s est de retour, mais une personne a fermé son compte\u00a0: il reste fermé. La direction ou "
                "l’administration du centre peut le rouvrir, dans Personnes."
            )
            notes.tolerate(person.place, "account_stays_closed", words % {"person": user})
        else:
            words = _(
                "%(person)s est de retour\u00a0: son compte est rouvert. Une liste ne donne aucun rôle\u00a0: "
                "redonnez-lui les siens, dans Personnes."
            )
            notes.tolerate(person.place, "account_reopened", words % {"person": user})
