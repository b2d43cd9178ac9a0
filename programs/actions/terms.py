"""The terms (étapes) of a school year, which are the board's: put, corrected, taken away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from people import audit
from people.models import User
from programs.audit_verbs import TERM_ADDED, TERM_CHANGED, TERM_REMOVED
from programs.models import SchoolYear, Term
from programs.signals import terms_changed

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """A term as it is said: both days included."""

    name: str
    first_on: date
    last_on: date


@transaction.atomic
def put_terms(*, year: SchoolYear, terms: Sequence[Span], person: User | None, on: date) -> int:
    """Add terms to a year, but for those that it has word for word; how many came. Refuses what can't be true."""
    others = list(_locked(year))
    said = {(term.name, term.starts_on, term.ends_on) for term in others}
    new = [term for term in terms if (term.name, term.first_on, term.last_on + DAY) not in said]
    _check(year, new, others)
    for term in new:
        row = Term.objects.create(school_year=year, name=term.name, starts_on=term.first_on, ends_on=term.last_on + DAY)
        audit.record(board=year.board, person=person, verb=TERM_ADDED, subject=row)
    if new:
        terms_changed.send(SchoolYear, year=year, on=on)
    return len(new)


@transaction.atomic
def change_term(*, term: Term, span: Span, person: User, on: date) -> bool:
    """Correct a term's name or days; whether something changed."""
    year = term.school_year
    rows = list(_locked(year))
    current = next((row for row in rows if row.pk == term.pk), None)
    if current is None:
        raise ValidationError(_("Cette étape vient d’être retirée."))
    _check(year, [span], [row for row in rows if row.pk != term.pk])
    wanted = (span.name, span.first_on, span.last_on + DAY)
    if (current.name, current.starts_on, current.ends_on) == wanted:
        return False
    renamed = (current.name, span.name)
    current.name, current.starts_on, current.ends_on = wanted
    current.save()
    audit.record(board=year.board, person=person, verb=TERM_CHANGED, subject=current)
    terms_changed.send(SchoolYear, year=year, on=on, renamed=renamed)
    return True


@transaction.atomic
def remove_term(*, term: Term, person: User, on: date) -> None:
    """Take a term away; twice changes nothing."""
    year = term.school_year
    for row in [row for row in _locked(year) if row.pk == term.pk]:
        audit.record(board=year.board, person=person, verb=TERM_REMOVED, subject=row, reason=row.name)
        row.delete()
        terms_changed.send(SchoolYear, year=year, on=on)


def _locked(year: SchoolYear) -> Sequence[Term]:
    SchoolYear.objects.select_for_update(of=("self",)).get(pk=year.pk)
    return list(Term.objects.filter(school_year=year))


def _check(year: SchoolYear, terms: Sequence[Span], others: Sequence[Term]) -> None:
    """Days in order, inside the year, and no two terms on one day."""
    for term in terms:
        if term.last_on < term.first_on:
            raise ValidationError(_("%(term)s\u00a0: le dernier jour précède le premier.") % {"term": term.name})
        if not (year.starts_on <= term.first_on and term.last_on + DAY <= year.ends_on):
            words = _(
                "%(term)s\u00a0: l’année %(label)s va du %(first)s au %(last)s; choisissez des jours entre les deux."
            )
            told = {"first": year.starts_on, "last": year.ends_on - DAY, "label": year.label}
            raise ValidationError(words % {"term": term.name, **told})
    spans = [(term.first_on, term.last_on + DAY, term.name) for term in terms]
    spans += [(term.starts_on, term.ends_on, term.name) for term in others]
    for (_start, end, name), (start, _end, other) in pairwise(sorted(spans)):
        if start < end:
            words = _("«\u00a0%(first)s\u00a0» et «\u00a0%(second)s\u00a0» se chevauchent\u00a0: changez leurs dates.")
            raise ValidationError(words % {"first": name, "second": other})
