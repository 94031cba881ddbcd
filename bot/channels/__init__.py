"""The messengers: each module turns one channel's deliveries into events and our replies into its messages.

The only place in ``bot`` that touches the outside. Must not decide what is said.
"""
