from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.utils.module_loading import autodiscover_modules


class PeopleConfig(AppConfig):
    name = "people"

    def ready(self) -> None:
        from people import checks  # noqa: F401 (registers the system checks)
        from people.middleware import seen_at_sign_in

        user_logged_in.connect(seen_at_sign_in)
        autodiscover_modules("audit_verbs", "kept_tables", "opened_pages")
