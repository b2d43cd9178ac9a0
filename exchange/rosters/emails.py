"""Which address each adult of a roster may have: one person in the file, one account in the whole product."""

from collections.abc import Iterable

from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from exchange.rosters.records import CHUNK, Notes, Person, Roster
from exchange.scratch import batches
from people.models import SchoolBoard, User


class Emails:
    """Decided for the whole file before anyone is written, since addresses move between two people of one file.

    ``accepted`` holds the address by person; ``wanted`` who waits for the address that another adult of the file has
    and leaves: under the key of the one who leaves.
    """

    def __init__(self, roster: Roster, board: SchoolBoard, notes: Notes) -> None:
        self.roster, self.board, self.notes = roster, board, notes
        self._firsts, self._accepted, self._wanted, self._adopted = (roster.scratch.shelf() for _shelf in range(4))
        for people in roster.people():
            self._decide([person for person in people if is_adult(person) and person.email])
        for some in batches(self._wanted, CHUNK):
            self._refuse_taken([(holder, key) for holder, key, _pk in some])

    def of(self, people: Iterable[Person]) -> dict[str, str]:
        """The addresses of these people, by their keys."""
        return {key: values[0] for key, values in self._accepted.get(person.key for person in people).items()}

    def known_by_address(self, people: Iterable[Person]) -> dict[str, User]:
        """The accounts of the board, under another key, that these people turned out to have."""
        pks = {key: values[0] for key, values in self._adopted.get(person.key for person in people).items()}
        users = User.objects.in_bulk(list(pks.values())) if pks else {}
        return {key: users[pk] for key, pk in pks.items()}

    def release(self) -> None:
        """Take from their holders the addresses that others of the file are about to have."""
        for some in batches(self._wanted, CHUNK):
            accepted = self._accepted.known(key for _holder, key, _pk in some)
            User.objects.filter(pk__in=[pk for _holder, key, pk in some if key in accepted]).update(email=None)

    def _decide(self, adults: list[Person]) -> None:
        self._firsts.put((str(person.email), 0, person.place.row) for person in adults)
        first = self._firsts.get(str(person.email) for person in adults)
        taking = dict[str, Person]()
        for person in adults:
            email = str(person.email)
            if (row := first[email][0]) == person.place.row:
                taking[email] = person
            else:
                words = _("le courriel est déjà celui de la ligne %(row)s; il est laissé vide.")
                self.notes.tolerate(person.place.at("email"), "duplicate_email", words % {"row": row})
        self._accepted.put((person.key, 0, email) for email, person in taking.items())
        self._compare_with_holders(taking)

    def _compare_with_holders(self, taking: dict[str, Person]) -> None:
        """Someone of the board who signed in before the roster came is known by their address."""
        holders = User.objects.annotate(lower=Lower("email")).filter(lower__in=taking)
        found = [
            (taking[user.lower], user)
            for user in holders
            if user.key != taking[user.lower].key or self._is_elsewhere(user)
        ]
        known = set(
            User.objects.filter(board=self.board, key__in=[person.key for person, _user in found]).values_list(
                "key", flat=True
            )
        )
        listed = {
            key
            for key, person in self.roster.people_of(user.key for _person, user in found).items()
            if is_adult(person)
        }
        for person, user in found:
            if person.key in known or self._is_elsewhere(user) or user.key in listed:
                holder = "" if self._is_elsewhere(user) else user.key
                self._wanted.put([(holder, person.key, user.pk)])
                continue
            self._adopted.put([(person.key, 0, user.pk)])
            words = _("la personne est déjà connue par son courriel; sa fiche est mise à jour.")
            self.notes.tolerate(person.place.at("email"), "known_by_email", words)

    def _is_elsewhere(self, user: User) -> bool:
        return user.board_id != self.board.pk

    def _refuse_taken(self, wishes: list[tuple[str, str]]) -> None:
        """Leave out the addresses whose holder has no other to take, then those that were to come from these people."""
        while wishes:
            accepted = self._accepted.known(key for wish in wishes for key in wish)
            refused = [key for holder, key in wishes if key in accepted and holder not in accepted]
            self._accepted.drop(refused)
            for person in self.roster.people_of(refused).values():
                words = _("le courriel est déjà celui d’un autre compte; il est laissé tel quel.")
                self.notes.tolerate(person.place.at("email"), "email_taken", words)
            waiting = self._wanted.get(refused)
            wishes = [(holder, key) for holder, keys in waiting.items() for key in keys]


def is_adult(person: Person) -> bool:
    return "adult" in person.kinds and not person.gone
