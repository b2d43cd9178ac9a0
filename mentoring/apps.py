from django.apps import AppConfig


class MentoringConfig(AppConfig):
    name = "mentoring"

    def ready(self) -> None:
        from mentoring import records
        from mentoring.gestures import DYADS
        from programs.gestures.kinds import declare

        records.declare()
        declare(*DYADS)
