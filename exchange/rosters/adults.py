"""Adults out of a roster: known by key, else by address in the same board. A roster gives no role, no password."""

from datetime import date
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from exchange.rosters.records import Notes, Person
from exchange.rosters.upsert import Count, Counts, differs
from people.models import Membership, School, SchoolBoard, User

BATCH = 500


def write_adults(
    people: list[Person],
    board: SchoolBoard,
    homes: dict[str, School | None],
    on: date,
    counts: Counts,
    notes: Notes,
) -> None:
    """Create and update the adults; those who left lose their roles on ``on`` and can no longer sign in."""
    count = counts.of("adults")
    adults = [person for person in people if "adult" in person.kinds and not person.gone]
    known = {user.key: user for user in User.objects.filter(board=board)}
    leaving = [known[person.key] for person in people if person.gone and person.key in known]
    emails = _Emails(adults, board, known, notes).accepted
    new: list[User] = []
    changed: list[User] = []
    renamed: list[int] = []
    for person in adults:
        values = _values(person, emails.get(person.key), homes.get(person.key))
        user = known.get(person.key)
        if user is None:
            password = make_password(None)
            new.append(User(board=board, key=person.key, password=password, **values))
            continue
        if values.get("email", user.email) != user.email:
            renamed.append(user.pk)
        if differs(user, values):
            changed.append(user)
        else:
            count.unchanged += 1
    # Addresses move between people in one file: the old ones go first. Those that were confirmed go with them.
    User.objects.filter(pk__in=renamed).update(email=None)
    EmailAddress.objects.filter(user__in=renamed).delete()
    User.objects.bulk_update(changed, ["given_name", "family_name", "email", "school", "is_active"], batch_size=200)
    User.objects.bulk_create(new, batch_size=BATCH)
    count.created += len(new)
    count.updated += len(changed)
    _end(leaving, on, count)


def _values(person: Person, email: str | None, school: School | None) -> dict[str, Any]:
    """What the roster says; a missing address or school keeps the known one, and only an operator opens an account."""
    values: dict[str, Any] = {"given_name": person.given_name, "family_name": person.family_name}
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


class _Emails:
    """Which address each adult may have: one person in the file, one account in the whole product."""

    def __init__(self, adults: list[Person], board: SchoolBoard, known: dict[str, User], notes: Notes) -> None:
        self.board, self.known, self.notes = board, known, notes
        self.people = {person.key: person for person in adults}
        self.accepted: dict[str, str] = {}
        first: dict[str, Person] = {}
        for person in adults:
            if person.email and person.email in first:
                words = _("le courriel est déjà celui de la ligne %(row)s; il est laissé vide.")
                row = first[person.email].place.row
                notes.tolerate(person.place.at("email"), "duplicate_email", words % {"row": row})
            elif person.email:
                first[person.email] = person
                self.accepted[person.key] = person.email
        self.holders = self._holders(list(first))
        self._adopt()
        while self._refuse_taken():
            pass

    def _holders(self, emails: list[str]) -> dict[str, User]:
        users = User.objects.annotate(lower=Lower("email"))
        parts = (emails[start : start + BATCH] for start in range(0, len(emails), BATCH))
        return {user.lower: user for part in parts for user in users.filter(lower__in=part)}

    def _adopt(self) -> None:
        """Someone of the board who signed in before the roster came is known by their address."""
        for key, email in self.accepted.items():
            holder = self.holders.get(email)
            if holder is None or key in self.known or holder.board_id != self.board.pk or holder.key in self.people:
                continue
            self.known[key] = holder
            words = _("la personne est déjà connue par son courriel; sa fiche est mise à jour.")
            self.notes.tolerate(self.people[key].place.at("email"), "known_by_email", words)

    def _refuse_taken(self) -> bool:
        """Leave out the addresses that another account holds and keeps; whether there was one."""
        taken = [key for key, email in self.accepted.items() if not self._free(key, email)]
        for key in taken:
            del self.accepted[key]
            words = _("le courriel est déjà celui d’un autre compte; il est laissé tel quel.")
            self.notes.tolerate(self.people[key].place.at("email"), "email_taken", words)
        return bool(taken)

    def _free(self, key: str, email: str) -> bool:
        holder = self.holders.get(email)
        if holder is None or (key in self.known and self.known[key].pk == holder.pk):
            return True
        released = self.accepted.get(holder.key) if holder.board_id == self.board.pk else None
        return released is not None and released != email
