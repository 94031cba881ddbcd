"""Telegram: ``updates`` reads what arrives, ``channel`` talks to the Bot API. Off without a token.

python-telegram-bot gives the types and the calls; its own web server and its handlers are not used, for they
acknowledge before anything is stored.
"""

from bot.channels.telegram.channel import ALLOWED_UPDATES, Telegram

__all__ = ["ALLOWED_UPDATES", "Telegram"]
