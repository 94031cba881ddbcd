"""The messengers as the service has them."""
