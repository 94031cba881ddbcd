"""Zalo Official Account, Open API v3: the channel that most citizens use.

``signature`` proves a delivery, ``updates`` reads it, ``channel`` sends, ``tokens`` keeps the access token fresh,
``window`` says when we may write, ``answers`` what an error code means.

What we could not confirm with Zalo's own documents, and where it is set:

* whether v3 takes buttons or lists: ``Account.choices`` (numbers, which always work, are the default; a refused
  message is repeated with numbers at once);
* which secret signs deliveries: ``Account.webhook_secrets`` (the OA secret key of the console's webhook page; some
  say that it equals the app secret);
* that the hash begins with the app's id: ``signature.expected`` (some say the OA's id);
* how old a delivery may be: ``Account.accept_hours`` (the repetitions known to us end within two hours);
* 8 free answers within 48 hours, or unlimited ones: ``window.Rules.free_messages``; whether paid ones are allowed:
  ``window.Rules.pay``;
* whether 2,000 characters are counted in UTF-16 units: ``Account.text_limit``;
* from which hosts attachments come: ``Account.file_hosts``;
* that a new access token ends the old one, and what a used refresh token answers: ``tokens`` expects the worst of both;
* whether the consent link takes a code challenge a request or has one fixed in the console: ``ZaloTokens.exchange``
  takes either verifier;
* when the night of ``-234`` ends, and by whose clock: ``Account.night_ends``, Vietnam's;
* how many messages a second an account of which tier may send: ``Account.per_second`` (4,000 requests a minute are
  documented for an app).
"""

from bot.channels.zalo_oa.channel import Account, Choices, ZaloOa
from bot.channels.zalo_oa.tokens import TokenPair, TokenStore, ZaloTokens
from bot.channels.zalo_oa.window import Rules, Sending, may_send

__all__ = ["Account", "Choices", "Rules", "Sending", "TokenPair", "TokenStore", "ZaloOa", "ZaloTokens", "may_send"]
