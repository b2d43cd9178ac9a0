"""What went wrong, as RFC 9457 says it (``application/problem+json``), in the language of whoever asks."""

from collections.abc import Iterable, Mapping
from typing import Any, TypedDict

from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MEDIA_TYPE = "application/problem+json"

TITLES = {
    400: _("Demande illisible"),
    401: _("Jeton refusé"),
    403: _("Pas dans ce rôle"),
    404: _("Introuvable"),
    405: _("Méthode refusée"),
    412: _("Modifiée entre-temps"),
    415: _("Format refusé"),
    422: _("À corriger"),
    428: _("Version non précisée"),
    429: _("Trop de demandes"),
    503: _("Service interrompu"),
}
DETAILS = {
    400: _("Le corps de la demande n’est pas du JSON lisible."),
    401: _(
        "Le jeton est absent, inconnu, révoqué ou expiré, ou son compte est fermé ou sans rôle. "
        "Créez-en un autre à la page «\u00a0Jetons d’accès\u00a0»."
    ),
    403: _("Cette adresse existe, mais votre rôle ou la portée du jeton ne l’ouvre pas."),
    404: _("Il n’y a rien à cette adresse, ou rien que vous puissiez voir."),
    405: _("Cette adresse ne prend pas cette méthode\u00a0: l’en-tête «\u00a0Allow\u00a0» dit lesquelles."),
    412: _("L’entrée a changé depuis que vous l’avez lue\u00a0: relisez-la, puis envoyez votre version."),
    415: _("Envoyez du JSON\u00a0: l’en-tête «\u00a0Content-Type\u00a0» doit dire «\u00a0application/json\u00a0»."),
    422: _("La demande ne peut pas être prise telle quelle\u00a0: voyez chaque erreur."),
    428: _("Envoyez l’en-tête «\u00a0If-Match\u00a0» avec l’«\u00a0ETag\u00a0» de l’entrée que vous avez lue."),
    429: _("Attendez le nombre de secondes que dit l’en-tête «\u00a0Retry-After\u00a0»."),
    503: _(
        "La base de données ne répond pas. Attendez le nombre de secondes que dit l’en-tête "
        "«\u00a0Retry-After\u00a0», puis recommencez."
    ),
}
Text = str | Promise


class Fault(TypedDict):
    """One thing to correct: ``field`` is as the request names it, empty when it is of the whole."""

    field: str
    message: str
    code: str


class Problem(Exception):
    """What ends a request; ``detail`` says what to do, else the usual words of the status do."""

    def __init__(
        self, status: int, detail: Text = "", *, faults: Iterable[Fault] = (), headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(status)
        self.status, self.detail = status, detail or DETAILS[status]
        self.faults, self.headers = list(faults), dict(headers or {})


def answer(problem: Problem) -> JsonResponse:
    """The answer that says it."""
    said: dict[str, Any] = {
        "type": "about:blank",
        "title": str(TITLES[problem.status]),
        "status": problem.status,
        "detail": str(problem.detail),
    }
    if problem.faults:
        said["errors"] = problem.faults
    return JsonResponse(
        said,
        status=problem.status,
        content_type=MEDIA_TYPE,
        headers=problem.headers,
        json_dumps_params={"ensure_ascii": False},
    )


def faults_of(refusal: ValidationError, names: Mapping[str, str]) -> list[Fault]:
    """What a form or an action refused, each under the name that the request gives it."""
    by_field = refusal.error_dict if hasattr(refusal, "error_dict") else {"": refusal.error_list}
    return [
        Fault(field=names.get(field, field), message=" ".join(error.messages), code=error.code or "invalid")
        for field, errors in by_field.items()
        for error in errors
    ]


WRONG = {
    "missing": _("Ce champ est obligatoire."),
    "extra_forbidden": _("Ce champ n’existe pas ici."),
    "literal_error": _("Choisissez parmi : %(expected)s."),
    "greater_than_equal": _("Ce nombre est trop petit : %(ge)s au moins."),
    "less_than_equal": _("Ce nombre est trop grand : %(le)s au plus."),
    "string_too_long": _("Ce texte est trop long : %(max_length)s caractères au plus."),
    "too_long": _("Cette liste est trop longue : %(max_length)s éléments au plus."),
    "value_error": _("Écrivez-le ainsi : %(error)s."),
    "int_type": _("Envoyez un nombre entier."),
    "bool_type": _("Envoyez «\u00a0true\u00a0» ou «\u00a0false\u00a0»."),
    "string_type": _("Envoyez un texte."),
    "list_type": _("Envoyez une liste."),
}
"""What is said of a value that the schema refuses, by the code of the refusal."""


def fault_of(error: Mapping[str, Any]) -> Fault:
    """What is wrong with one value of a request, never the value itself."""
    place = ".".join(str(part) for part in error["loc"][1:] if part not in ("said", "asked"))
    code = error["type"]
    words = str(WRONG.get(code, _("Cette valeur n’est pas prise ici."))) % error.get("ctx", {})
    return Fault(field=place, message=words, code=code)


SCHEMA: dict[str, Any] = {
    "title": "Problem",
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message", "code"],
                "properties": {name: {"type": "string"} for name in ("field", "message", "code")},
            },
        },
    },
}
"""How a problem is described; the words are those of RFC 9457."""
