"""Hypothesis without its stopwatch: a busy machine must not fail a property."""

from hypothesis import HealthCheck, settings

settings.register_profile("portal", deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("portal")
