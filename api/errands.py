"""What the service does by the clock, and how often. What each step does is written where its matter belongs."""

from __future__ import annotations

from datetime import timedelta

from api.access import retention
from api.casework import retention as casework
from api.console import telling
from api.curation import subscriber
from api.durable.jobs import Job
from api.intake import waking
from api.messengers import renewal

RENEWAL = Job("renew tokens", timedelta(minutes=5), {"zalo_oa": renewal.renew})
WAKING = Job("wake messages", timedelta(minutes=1), {"waiting": waking.wake})
TELLING = Job("tell decisions", timedelta(minutes=1), {"untold": telling.finish_all})
SWEEP = Job("sweep", timedelta(hours=1), {**retention.STEPS, **casework.STEPS})
FEEDS = Job("follow feeds", timedelta(hours=6), {"feed": subscriber.follow})
ALL = (RENEWAL, WAKING, TELLING, SWEEP, FEEDS)
