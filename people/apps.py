from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class PeopleConfig(AppConfig):
    name = "people"

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added, authenticator_removed

        from people import checks  # noqa: F401 (registers the system checks)
        from people.actions.second_factor import tell_added, tell_removed
        from people.middleware import remembered_at_sign_in
        from people.wall import checks as checks_of_the_wall  # noqa: F401 (the same)
        from people.wall.building import build_after_migrate
        from people.wall.middleware import known_at_sign_in

        authenticator_added.connect(tell_added)
        authenticator_removed.connect(tell_removed)
        user_logged_in.connect(known_at_sign_in)
        user_logged_in.connect(remembered_at_sign_in)
        post_migrate.connect(build_after_migrate)
        autodiscover_modules("audit_verbs", "kept_tables", "opened_pages")
