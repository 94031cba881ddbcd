"""The tables. Rows only: what may be done with them is decided by the rooms above."""

from api.models.audit import AuditRow
from api.models.cases import Case, CaseEvent, CaseItem, Counter, SavedView
from api.models.columns import Base, Instant
from api.models.curation import (
    CatalogueEntry,
    CatalogueRemark,
    CatalogueReplica,
    CatalogueRevision,
    FeedFetch,
    LivePublication,
    Publication,
    RegressionRun,
)
from api.models.exports import ExportRequest, Handover
from api.models.indicators import Campaign, Fingerprint, Indicator, IndicatorEvent, Sighting
from api.models.intake import Conversation, InboxUpdate, OutboxReply
from api.models.limits import LimitWindow
from api.models.messengers import ChannelPace, ChannelPoller, ChannelTokens, Executor, PictureReading, Reach
from api.models.records import Attachment, Check, Feedback, Report
from api.models.staff import StaffAccount, StaffSession
from api.models.wishes import Consent, Subscription

__all__ = [
    "Attachment",
    "AuditRow",
    "Base",
    "Campaign",
    "Case",
    "CaseEvent",
    "CaseItem",
    "CatalogueEntry",
    "CatalogueRemark",
    "CatalogueReplica",
    "CatalogueRevision",
    "ChannelPace",
    "ChannelPoller",
    "ChannelTokens",
    "Check",
    "Consent",
    "Conversation",
    "Counter",
    "Executor",
    "ExportRequest",
    "FeedFetch",
    "Feedback",
    "Fingerprint",
    "Handover",
    "InboxUpdate",
    "Indicator",
    "IndicatorEvent",
    "Instant",
    "LimitWindow",
    "LivePublication",
    "OutboxReply",
    "PictureReading",
    "Publication",
    "Reach",
    "RegressionRun",
    "Report",
    "SavedView",
    "Sighting",
    "StaffAccount",
    "StaffSession",
    "Subscription",
]
