from django.apps import AppConfig


class MentoringConfig(AppConfig):
    name = "mentoring"

    def ready(self) -> None:
        from mentoring import records
        from mentoring.absence_gestures import ABSENCES
        from mentoring.actions.departures import pause_what_they_left, tell_what_they_left
        from mentoring.gestures import DYADS
        from people.signals import accounts_closed, students_left
        from programs.gestures.kinds import declare

        records.declare()
        declare(*DYADS, *ABSENCES)
        accounts_closed.connect(tell_what_they_left, dispatch_uid="mentoring.tell_what_they_left")
        students_left.connect(pause_what_they_left, dispatch_uid="mentoring.pause_what_they_left")
