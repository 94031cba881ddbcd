"""One citizen's conversation, on any channel: plain functions over plain data.

A turn takes what the citizen did and returns what to say and what to record. Must not know the web, the database or
the clock; only ``channels`` and ``media`` touch the outside.
"""
