from guidelines.models.evaluations import Evaluation
from guidelines.models.flags import SUBJECTS, Flag, FlagEvent, Severity, Subject
from guidelines.models.settings import GuidelineSetting

__all__ = ["SUBJECTS", "Evaluation", "Flag", "FlagEvent", "GuidelineSetting", "Severity", "Subject"]
