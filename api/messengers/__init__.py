"""The messengers as this deployment has them: their settings, how they are built, polled and started, Zalo's tokens."""
