"""In English: first aid, and danger to life."""

from __future__ import annotations

from bot.wording.words import EmergencyWords
from knowledge.catalogue import Situation

EMERGENCIES = EmergencyWords(
    emergency_menu="Stay calm, one step at a time. What has happened?",
    emergency_lead="DO THIS NOW",
    emergency_fallback=(
        "🔴 DO THIS NOW\n1. Stop: no more payments, no codes, no more calls with them.\n2. Call your bank on the number on your "
        "card or in its app and ask them to block and trace. If you installed an app, go offline and use another phone.\n"
        "3. Keep messages and receipts; go to the nearest police station. In danger call 113."
    ),
    misheard=(
        "Then I misunderstood, sorry. Staff will be told. If anybody urges you to pay or asks for a code, wait and paste the "
        "message here. If you already did what they asked, press the button below."
    ),
    own_life=(
        "You do not have to carry this alone. If you are thinking of harming yourself, call 115 now, or ask somebody close to "
        "come and sit with you. Under 18, call 111, free of charge.\n"
        "Being cheated or threatened is not your fault. I am an automatic assistant; when you are ready, tell me, and we "
        "take one thing at a time."
    ),
    violence=(
        "If you are in danger where you are, call 113 now, go where people are, shout for the neighbours. Children call 111. I am "
        "an automatic assistant and cannot call for you."
    ),
    still_here="I am still here. Do not pick up, do not answer, send them nothing more. Take the steps above first. If something new happens, or another message needs a look, tell me or paste all of it.",
    step_done="Good, that is one step done. These are all of them; go on with those that are left:",
    which_bank="Which bank do you use? Type its name and I tell you where to call to lock it.",
    say="Say: “{text}”",
    keep="Keep: {text}",
    bank="{owner}: call {line}",
    bank_on_card="the number on the back of your card or in its app",
    say_for={
        Situation.PAID: "I was tricked into a transfer. Please trace it and block it urgently. My account is … I sent … at … to account …, bank …, name … Please give me a reference number.",
        Situation.DISCLOSED: "I gave a one-time code or password to a fraudster. Please block my card and e-banking now and tell me the latest transactions.",
        Situation.INSTALLED: "A strange app is on my phone and others may control it. Please block my e-banking and card now. I am calling from another phone.",
        Situation.SIM_LOST: "My number lost its signal; I fear my SIM was taken over. Please block the SIM now and cancel all call forwarding.",
        Situation.BLACKMAILED: "Somebody threatens to publish pictures of me and demands money. I have not paid and I kept the messages. I want to report it.",
        Situation.ISOLATED: "Somebody who says he is police makes me stay alone and demands money. I am at … Please help me.",
        Situation.CONTACTED: "I do nothing by telephone. I will come to your office and ask.",
    },
    keep_for={
        Situation.PAID: "the receipt with its transaction code; the account, name and bank that were paid; the whole chat with dates",
        Situation.DISCLOSED: "their message or call log; the address of the page; the bank's alerts, with times",
        Situation.INSTALLED: "the name of the app and where you got it; screenshots, before you remove it; the phone as it is",
        Situation.CLICKED: "the message with the link (do not tap it again); the name of any file it loaded",
        Situation.ACCOUNT_LOST: "the messages sent in your name; e-mails about the change; the address of your profile",
        Situation.SIM_LOST: "the time when the signal went; messages before it; the bank's alerts",
        Situation.BLACKMAILED: "the whole chat, their profile and its address; the account they want paid",
        Situation.ISOLATED: "their numbers and names; the papers they sent; the account they want paid",
        Situation.CONTACTED: "their number, date and time; a screenshot (do not tap the link again)",
    },
    situations={
        Situation.PAID: "I sent money",
        Situation.DISCLOSED: "I gave a code or papers",
        Situation.INSTALLED: "I installed an app",
        Situation.CLICKED: "I only tapped a link",
        Situation.ACCOUNT_LOST: "I lost an account",
        Situation.SIM_LOST: "My SIM stopped working",
        Situation.BLACKMAILED: "They threaten me with pictures",
        Situation.ISOLATED: "They keep me on the line",
        Situation.CONTACTED: "They only contacted me",
    },
    advice_stale="Details are being reviewed. Ask your bank (the number on your card) or the nearest police; in danger call 113.",
    steps_end="Reading these steps is not yet a report to the police. For that, go to the nearest police station, or use “Tố giác, phản ánh” in the VNeID app; in danger call 113.",
)
