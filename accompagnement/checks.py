"""System checks of the project as a whole."""

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security)
def production_has_its_own_key(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """Refuse to start in production with the development key."""
    if settings.PRODUCTION and settings.SECRET_KEY == settings.DEVELOPMENT_KEY:
        return [Error("SECRET_KEY is the development key.", hint="Set SECRET_KEY.", id="accompagnement.E001")]
    return []
