"""Hypothesis without its stopwatch: a busy machine must not fail a property."""

from hypothesis import settings

settings.register_profile("portal", deadline=None, database=None)
settings.load_profile("portal")
