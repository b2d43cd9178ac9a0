from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    name = "programs"

    def ready(self) -> None:
        from programs import checks, records  # noqa: F401 (checks registers the system checks)

        records.declare()
