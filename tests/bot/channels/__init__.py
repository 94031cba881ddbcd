"""The messengers: what they deliver, what we send, how they fail."""
