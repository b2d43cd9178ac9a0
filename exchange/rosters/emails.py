"""Which address each adult of a roster may have: one person in the file, one account in the whole product."""

from collections.abc import Iterable
from typing import Any

from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from exchange.rosters.records import CHUNK, Notes, Person, Place, Roster
from exchange.scratch import Entry, batches
from people.models import SchoolBoard, User
from people.witness import is_watched, tell_changed


class Emails:
    """Decided for the whole file before anyone is written, since addresses move between two people of one file.

    ``accepted`` holds the address by person; ``wanted`` who waits for the address that another adult of the file has
    and leaves: under the key of the one who leaves.
    """

    def __init__(self, roster: Roster, board: SchoolBoard, notes: Notes) -> None:
        self.roster, self.board, self.notes = roster, board, notes
        self._accepted, self._wanted, self._adopted = (roster.scratch.shelf() for _shelf in range(3))
        for entries in batches(roster.addresses, CHUNK):
            self._decide(entries)
        for entries in batches(self._wanted, CHUNK):
            self._refuse_taken([(holder, key) for holder, key, _pk in entries])

    def of(self, people: Iterable[Person]) -> dict[str, str]:
        """The addresses of these people, by their keys."""
        return {key: values[0][0] for key, values in self._accepted.get(person.key for person in people).items()}

    def known_by_address(self, people: Iterable[Person]) -> dict[str, User]:
        """The accounts of the board, under another key, that these people turned out to have."""
        pks = {key: values[0] for key, values in self._adopted.get(person.key for person in people).items()}
        users = User.objects.in_bulk(list(pks.values())) if pks else {}
        return {key: users[pk] for key, pk in pks.items()}

    def release(self) -> None:
        """Take from their holders the addresses that others of the file are about to have."""
        for some in batches(self._wanted, CHUNK):
            accepted = self._accepted.known(key for _holder, key, _pk in some)
            holders = User.objects.get_queryset().filter(pk__in=[pk for _holder, key, pk in some if key in accepted])
            for user in holders if is_watched() else ():
                tell_changed(user, email=user.email)
                user.email = None
            holders.update(email=None)

    def _decide(self, entries: list[Entry]) -> None:
        """The first of the file who has an address may have it."""
        first = self.roster.addresses.first_parts(email for email, _row, _person in entries)
        taking: dict[str, tuple[str, Place]] = {}
        for email, row, (key, *place) in entries:
            if row == first[email]:
                taking[email] = key, Place(*place).at("email")
            else:
                words = _("le courriel est déjà celui de la ligne %(row)s; il est laissé vide.")
                self.notes.tolerate(Place(*place).at("email"), "duplicate_email", words % {"row": first[email]})
        self._accepted.put((key, 0, (email, *place)) for email, (key, place) in taking.items())
        holders = list(User.objects.annotate(lower=Lower("email")).filter(lower__in=taking))
        others = [user for user in holders if self._is_elsewhere(user) or user.key != taking[user.lower][0]]
        if others:
            self._compare(others, taking)

    def _compare(self, holders: list[Any], taking: dict[str, tuple[str, Place]]) -> None:
        """Someone of the board who signed in before the roster came is known by their address."""
        takers = [taking[user.lower][0] for user in holders]
        known = set(User.objects.filter(board=self.board, key__in=takers).values_list("key", flat=True))
        listed = {key for key, person in self.roster.people_of(u.key for u in holders).items() if person.is_adult}
        for user in holders:
            key, place = taking[user.lower]
            if key in known or self._is_elsewhere(user) or user.key in listed:
                self._wanted.put([("" if self._is_elsewhere(user) else user.key, key, user.pk)])
                continue
            self._adopted.put([(key, 0, user.pk)])
            words = _("la personne est déjà connue par son courriel; sa fiche est mise à jour.")
            self.notes.tolerate(place, "known_by_email", words)

    def _is_elsewhere(self, user: User) -> bool:
        return user.board_id != self.board.pk

    def _refuse_taken(self, wishes: list[tuple[str, str]]) -> None:
        """Leave out the addresses whose holder has no other to take, then those that were to come from these people."""
        while wishes:
            accepted = self._accepted.known(key for wish in wishes for key in wish)
            refused = [key for holder, key in wishes if key in accepted and holder not in accepted]
            for values in self._accepted.get(refused).values():
                words = _("le courriel est déjà celui d’un autre compte; il est laissé tel quel.")
                self.notes.tolerate(Place(*values[0][1:]), "email_taken", words)
            self._accepted.drop(refused)
            waiting = self._wanted.get(refused)
            wishes = [(holder, key) for holder, keys in waiting.items() for key in keys]
