from guidelines.models.evaluations import Evaluation
from guidelines.models.flags import Flag, FlagEvent, Severity

__all__ = ["Evaluation", "Flag", "FlagEvent", "Severity"]
