"""System checks: the verbs of the journal are sound, and every table says how long it is kept."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from django.apps import apps
from django.core.checks import CheckMessage, Error, register

from people.audit_registry import DECLARED, Verb
from people.models import AuditEntry
from people.privacy.tables import table_of

IRREGULAR = ("forgotten", "given", "heard", "sent", "set", "taken", "withdrawn")
GRAMMAR = re.compile(rf"[a-z]+(_[a-z]+)*\.([a-z]+_)*([a-z]+ed|{'|'.join(IRREGULAR)})")
PLACE = re.compile(r"%(?:\((\w+)\)s)?")


@register()
def verbs_are_sound(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """Refuse what ``faults`` finds in the verbs that the apps declare."""
    return [Error(f"The verb {code} {fault}.", id="people.E001") for code, fault in faults(DECLARED)]


@register()
def tables_have_a_decision(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """Refuse a stored table of which nothing says whom its rows are about and how long they stay."""
    silent = [model for model in apps.get_models(include_auto_created=True) if table_of(model) is None]
    hint = "Declare it in the kept_tables module of its app (docs/contributing.md)."
    return [
        Error(f"{model._meta.label} has no line among the kept tables.", hint=hint, id="people.E002")
        for model in silent
    ]


def faults(verbs: Sequence[Verb]) -> Iterator[tuple[str, str]]:
    """Codes declared twice or not ``object.past_participle``, sentences that don't name their person once and alone."""
    for code, count in Counter(verb.code for verb in verbs).items():
        if count > 1:
            yield code, f"is declared {count} times"
    longest = AuditEntry._meta.get_field("verb").max_length or 0
    for verb in verbs:
        if not GRAMMAR.fullmatch(verb.code):
            yield verb.code, "is not object.past_participle"
        if len(verb.code) > longest:
            yield verb.code, f"is longer than {longest} characters"
        if PLACE.findall(str(verb.sentence)) != ["person"]:
            yield verb.code, "has a sentence that does not name its person, once and alone"
