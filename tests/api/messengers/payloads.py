"""The deliveries of the simulator."""

from tests.simulator.payloads import *  # noqa: F403
