from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.utils.module_loading import autodiscover_modules


class PeopleConfig(AppConfig):
    name = "people"

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added, authenticator_removed

        from people import checks  # noqa: F401 (registers the system checks)
        from people.actions.second_factor import tell_added, tell_removed
        from people.middleware import remembered_at_sign_in

        authenticator_added.connect(tell_added)
        authenticator_removed.connect(tell_removed)
        user_logged_in.connect(remembered_at_sign_in)
        autodiscover_modules("audit_verbs", "kept_tables", "opened_pages")
