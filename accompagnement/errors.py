"""Pages for what went wrong, in the visitor's language."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form is too old, and how to send it again."""
    return render(request, "csrf.html", status=403)
