"""Messengers on loopback that speak their platform's own language, and a phone to write to the service with.

``python -m tests.simulator`` starts them with the real service between. The tests use the same servers. Never shipped.
"""
