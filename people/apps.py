from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class PeopleConfig(AppConfig):
    name = "people"

    def ready(self) -> None:
        from people.middleware import seen_at_sign_in

        user_logged_in.connect(seen_at_sign_in)
