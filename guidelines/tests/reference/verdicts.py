"""What a rule may answer: a finding, nothing, or that it can't be assessed."""

from typing import Literal

Found = tuple[str, int | None, int | None, str]
"""Severity, value, threshold, confidence."""
LACKING: Literal["lacking"] = "lacking"
Verdict = Found | Literal["lacking"] | None


def found(severity: str, value: int | None = None, threshold: int | None = None, sure: str = "complete") -> Found:
    return severity, value, threshold, sure


def per_cent(part: int, whole: int) -> int:
    return 100 * part // whole
