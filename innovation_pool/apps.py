"""The ground is an app of its own so that its filters, checks and signals are found."""

from django.apps import AppConfig


class GroundConfig(AppConfig):
    """Registers what every app above stands on."""

    name = "innovation_pool"
    label = "innovation_pool"
