from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    name = "programs"

    def ready(self) -> None:
        from programs import checks, records  # noqa: F401 (checks registers the system checks)
        from programs.gestures.groups import GROUPS
        from programs.gestures.kinds import declare
        from programs.gestures.programmes import PROGRAMMES

        records.declare()
        declare(*GROUPS, *PROGRAMMES)
