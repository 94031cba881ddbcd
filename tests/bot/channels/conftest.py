"""Generated replies and payloads without a stopwatch: the machine that tests is often busy with other things."""

from hypothesis import HealthCheck, settings

settings.register_profile("channels", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("channels")
