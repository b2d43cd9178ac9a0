"""The guidelines, for everyone who signs in to read."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from guidelines.catalogue import CATALOGUE, CATALOGUE_VERSION, ENTRIES
from people.requests import PersonRequest


def guidelines(request: PersonRequest) -> HttpResponse:
    """Every guideline, by what it speaks of."""
    by_subject = [
        (subject, [entry for entry in ENTRIES if entry.subject == subject]) for subject in ("dyad", "mentor", "group")
    ]
    return render(request, "guidelines/guidelines.html", {"by_subject": by_subject, "version": CATALOGUE_VERSION})


def guideline(request: PersonRequest, code: str) -> HttpResponse:
    """One guideline: what is checked, from which value on, why, and how a finding clears."""
    if code not in CATALOGUE:
        raise Http404
    return render(request, "guidelines/guideline.html", {"guideline": CATALOGUE[code], "version": CATALOGUE_VERSION})
