"""What the service does by the clock, and how often. What each step does is written where its matter belongs."""

from __future__ import annotations

from api.durable.jobs import Job

ALL: tuple[Job, ...] = ()
