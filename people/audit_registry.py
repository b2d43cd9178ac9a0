"""What the journal may hold: each app declares its verbs in its ``audit_verbs``, with the sentence that tells them.

What changes structure is a verb (who, with whom, in what, until when), what opens or closes an access, what a person
decides of a finding, what leaves or enters the house. A record of the log is none: it has a history of its own.
"""

from dataclasses import dataclass

from django.utils.functional import Promise

DECLARED: "list[Verb]" = []
"""Every verb, in the order of its declaration; filled when the apps are ready."""


@dataclass(frozen=True)
class Verb:
    """A deed: ``code`` is what is stored, ``object.past_participle``; ``sentence`` names its ``%(person)s``."""

    code: str
    sentence: Promise


def declare(code: str, sentence: Promise) -> Verb:
    """A new verb of the journal. For ``audit_verbs`` only; a system check refuses a code that is taken."""
    verb = Verb(code, sentence)
    DECLARED.append(verb)
    return verb


def find(code: str) -> Verb | None:
    """The verb that is stored so; None for one that is declared no more."""
    return next((verb for verb in DECLARED if verb.code == code), None)


def codes() -> list[str]:
    """What every verb is stored as."""
    return [verb.code for verb in DECLARED]
