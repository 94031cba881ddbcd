"""In English: own data, the state of a report, warnings on demand, and corrections."""

from __future__ import annotations

from bot.wording.words import RightsWords
from knowledge.catalogue import Group

RIGHTS = RightsWords(
    privacy=(
        "Data controller: {controller}.\n"
        "• Kept: what you send (numbers partly hidden), my answers, reports you agreed to send; of pictures only a copy drawn anew, for a day unless reported. No real name; your chat "
        "account only in encrypted form, to answer you.\n"
        "• When you cry for help (money sent, a code given, threats): the officers on duty see that message at once, numbers hidden.\n"
        "• Why: to answer you, to warn others, to prevent crime.\n"
        "• How long: conversations {conversations} days, reports {reports} days after the case is closed.\n"
        "• Your rights: see /mydata, erase /erase, withdraw /withdraw.\n"
        "Contact: {contact}."
    ),
    data_asked="This is what is kept about you.",
    data_given="We hold about you:\n• Questions: {checks}\n• Reports: {reports}\n• Cries for help, which officers on duty can see: {cries}\n• Subscriptions: {subscriptions}",
    data_none="We hold nothing about you besides this conversation.",
    erase_confirm="Erase everything you asked, reported and subscribed to? It cannot be undone. Evidence under review may have to stay; I will say so.",
    erased="Your data is erased. Receipt: {code}",
    erase_held="{count} reports must be kept by law while they are reviewed; the rest is erased. Receipt: {code}",
    erase_kept="Nothing was erased.",
    consent_withdrawn="Your consent is withdrawn. I will ask again before any report. To erase what was sent: /erase.",
    status_usage="Write /status and your code, for example: /status 7K2M9QX4A",
    status={
        "new": "Report {code}: received, waiting for an officer.",
        "claimed": "Report {code}: an officer is looking at it.",
        "resolved": "Report {code}: an officer has finished with it.",
    },
    status_unknown="I find no report of yours with this code. Please check the code.",
    status_too_often="Too many tries. Please wait an hour.",
    subscribe_menu="Which warnings would you like? For one commune, write for example: /subscribe xã Tam Anh",
    subscribed="Subscribed to warnings: {topic}, {commune}. Stop at any time: /unsubscribe",
    unsubscribed="No more warnings: {topic}, {commune}. You can still ask me anything.",
    everything="all kinds",
    everywhere="the whole province",
    topics={
        Group.IMPERSONATION: "Impersonation",
        Group.DEEPFAKE: "Faked faces and voices",
        Group.INVESTMENT_WORK: "Investment and jobs",
        Group.TRADE: "Buying and selling",
        Group.DATA_THEFT: "Stolen codes and accounts",
        Group.EXTORTION: "Blackmail and debt threats",
        Group.RELATIONSHIP: "Romance",
    },
    unknown_topic="I did not understand which kind you want. Tap a button, or write the name of a commune.",
    a_scam="of a kind we do not know yet",
    review_right="An officer looked at what you asked: it is a scam: {name}. Do not follow it, and tell your family.",
    review_wrong="A correction: I found no sign in what you asked; an officer has found that it is a scam: {name}. If you already did it, write “/emergency” now.",
    review_cleared="A correction: I doubted what you asked; an officer has found that it is not a scam. Thank you for asking.",
)
