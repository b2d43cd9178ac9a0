from django.apps import AppConfig


class AccompagnementConfig(AppConfig):
    name = "accompagnement"

    def ready(self) -> None:
        from accompagnement import checks, kept_tables  # noqa: F401 (they register themselves)
        from accompagnement.operations.errors import tell_errors

        tell_errors()
