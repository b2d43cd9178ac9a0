from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    name = "programs"

    def ready(self) -> None:
        from people.signals import accounts_closed
        from programs import checks, records  # noqa: F401 (checks registers the system checks)
        from programs.actions.departures import end_what_they_led
        from programs.gestures.groups import GROUPS
        from programs.gestures.kinds import declare
        from programs.gestures.programmes import PROGRAMMES
        from programs.gestures.years import YEARS

        records.declare()
        declare(*GROUPS, *PROGRAMMES, *YEARS)
        accounts_closed.connect(end_what_they_led, dispatch_uid="programs.end_what_they_led")
