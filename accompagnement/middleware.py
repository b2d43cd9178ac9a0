"""What every answer has in common: its language, and how a refused form is said."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin

from people.emails import LOCALES


class ChosenLanguageMiddleware(MiddlewareMixin):
    """Speak the language that the visitor chose, else that of the person's board, else French.

    A browser's own preference is not asked: in a French school it is often the language of the machine's installer.
    """

    def process_request(self, request: HttpRequest) -> None:
        board = getattr(request.user, "board", None)
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if chosen not in dict(settings.LANGUAGES):
            chosen = LOCALES[board.language] if board else settings.LANGUAGE_CODE
        translation.activate(chosen)
        request.LANGUAGE_CODE = chosen

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response


class RefusedFormMiddleware(MiddlewareMixin):
    """Answer 422 when a sent form comes back with errors, where the view says 200 (the account pages do)."""

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        form = (response.context_data or {}).get("form")
        if request.method == "POST" and response.status_code == 200 and getattr(form, "errors", None):
            response.status_code = 422
        return response
