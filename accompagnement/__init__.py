"""Wires the apps together: settings, addresses, Celery."""

from accompagnement.celery import app as celery_app

__all__ = ["celery_app"]
