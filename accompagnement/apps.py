from django.apps import AppConfig


class AccompagnementConfig(AppConfig):
    name = "accompagnement"

    def ready(self) -> None:
        from accompagnement import checks  # noqa: F401 (registers the system checks)
