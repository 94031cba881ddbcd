"""The tables. Rows only: what may be done with them is decided by the rooms above."""

from api.models.columns import Base, Instant
from api.models.intake import Conversation, InboxUpdate, OutboxReply
from api.models.limits import LimitWindow
from api.models.records import Check, Feedback, Report
from api.models.staff import StaffAccount, StaffSession
from api.models.wishes import Consent, Subscription

__all__ = [
    "Base",
    "Check",
    "Consent",
    "Conversation",
    "Feedback",
    "InboxUpdate",
    "Instant",
    "LimitWindow",
    "OutboxReply",
    "Report",
    "StaffAccount",
    "StaffSession",
    "Subscription",
]
