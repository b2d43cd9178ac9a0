"""How names are compared, sought, put in order and shortened: one reading for every page, file and database."""

from django.utils.translation import gettext as _

from people import text


def plain(name: str) -> str:
    """A name without what two people type differently: case, accents, ligatures, apostrophes, hyphens, spaces.

    « D’Amours » is ``damours``, « Jean-Philippe » ``jeanphilippe``, « Œuvrard » ``oeuvrard``, composed or not.
    """
    return "".join(letter for letter in text.plain(name) if letter.isalnum())


def full(given_name: str, family_name: str) -> str:
    """« Inès Benali »; the one name of a person who has one."""
    return f"{given_name} {family_name}".strip()


def listed(given_name: str, family_name: str) -> str:
    """« Benali, Inès »: as a list by family name has it."""
    names = {"family": family_name, "given": given_name}
    return _("%(family)s, %(given)s") % names if given_name and family_name else full(given_name, family_name)


def discreet(given_name: str, family_name: str) -> str:
    """« Inès B. »: what an e-mail may say of somebody; a person with one name is whole."""
    return f"{given_name} {family_name[0]}." if given_name and family_name else full(given_name, family_name)


def signed(given_name: str, family_name: str) -> str:
    """« I. Benali »: a colleague in few letters; a person with one name is whole."""
    return f"{given_name[0]}. {family_name}" if given_name and family_name else full(given_name, family_name)
