"""In English: the first words, words beside the matter, groups, commands and buttons."""

from __future__ import annotations

from bot.wording.words import TalkWords

TALK = TalkWords(
    welcome=(
        "Hello, this is the automatic assistant of {unit}.\n"
        "Paste a message, link, phone number or bank account you doubt. I say whether it looks like a known scam, why, and "
        "what to do now.\n"
        "I never open your links. Do not send passwords, one-time codes or ID photos."
    ),
    welcome_kept="This chat is kept for at most {days} days; see /privacy.",
    welcome_samples="To try it first, tap a sample below.",
    introduction="I am the automatic assistant of {parent}, not a person. This chat is kept for at most {days} days: /privacy",
    samples={
        "dien-luc": (
            "Power company notice: you owe 3 months of electricity and we cut you off in 2 hours. Pay now at evn-dongtien.top"
        ),
        "viec-nhe": (
            "Work from home, 500k a day for liking videos. Top up 200k first to get your task, refunded with commission, "
            "message us on Telegram."
        ),
        "nguoi-quen": "Hi mum, this is my new number, my phone broke. Please send 5 million for my fees now and don't call the old one.",
    },
    small_talk="I am an automatic assistant that checks messages, links and numbers for signs of a scam. Paste one here.",
    comfort="Take a breath; nothing has to be done in a hurry. Send no money, read out no code. What did they say, what do they want? Tell me or paste it here, and I look at it with you. Already did it? Write “/emergency”.",
    plea="I am here. Paste the message, number or link you doubt, or tell me what they said and want. Already sent money or gave a code? Press “I already did it”, or write “/emergency”.",
    police=(
        "In danger: call 113.\n{unit}: {phone} (on duty), {address}.\n"
        "To report: the nearest police station, or “Tố giác, phản ánh” in the VNeID app."
    ),
    no_person="I am an automatic assistant, not a person, and cannot put you through. To talk to an officer, call or go to:",
    money_back="Whether it can be had back I cannot say. Call your bank as soon as you can, on the number on your card, then go to the nearest police station. Whoever offers to get it back and wants a fee or an app is a fraudster.",
    thanks="You are welcome. Whenever you doubt something, write to me before you do it.",
    help=(
        "Paste a message, link, phone number or bank account, or send a screenshot. You can also ask about a scam by name.\n"
        "Already did what they said? Write “/emergency”, or say “I sent money”.\n\n"
        "Commands:\n"
        "• /emergency: I already did it\n"
        "• /report: report to police\n"
        "• /status and your code\n"
        "• /subscribe, /unsubscribe: warnings\n"
        "• /large: very short answers\n"
        "• /language vi: Vietnamese\n"
        "• /privacy, /mydata, /erase: your data"
    ),
    empty="I see no text. Paste the message, link or number here.",
    stale="That button belongs to an earlier question. Use the latest buttons, or paste the message again.",
    trouble="Something is wrong here and I could not check this yet. Your message is kept. Send no money, give no codes. Already paid: call your bank on the number on your card. In danger: call 113.",
    unstored="Our storage is down: I can answer, but nothing is recorded and no officer is told. To report, go to the nearest police station; in danger call 113.",
    goodbye="Stopped. Write again whenever you need.",
    which_message="Which message do you mean? Paste the message, number or link here, or tell me what they said and want. Already did it? Press the button below, or write “/emergency”.",
    buttons={
        "emergency": "I already did it",
        "report": "Report to police",
        "why": "Why?",
        "share": "Share",
        "wrong": "That is wrong",
        "right": "That is right",
        "yes": "Yes",
        "no": "No",
        "steps": "All steps",
        "agree": "I agree, ask me",
        "skip": "Skip",
        "send": "I agree, send now",
        "stay": "Leave it so",
        "back": "Previous question",
        "change": "Change an answer",
        "answer": "Go on with my report",
        "look": "Something new, check it",
        "cancel": "Do not send",
        "erase": "Erase all my data",
        "keep": "No, keep it",
        "sample-dien-luc": "Sample: power cut",
        "sample-viec-nhe": "Sample: easy job",
        "sample-nguoi-quen": "Sample: “hi mum”",
    },
    sticker="I can only read text. Paste the message here.",
    contact="This contact has no telephone number. Type the number or profile here and I look at it.",
    location="I do not need your location. In danger call 113.",
    language_set="I will answer in English. Tiếng Việt: /ngonngu vi",
    language_usage="Choose: /language vi or /language en",
    elder_on="From now on I answer in three short lines. To undo: /large",
    elder_off="From now on I answer in full. For short answers: /large",
    group_muted="I will be silent in this group. To call me back: /unmute",
    group_awake="I am here. Mention me when you doubt a message.",
    private_only="Please write to me in private for that.",
    group_only="That command is for groups. Here I speak only when you write.",
    choose="Answer with a number:",
    menu={
        "start": "Start, try a few sample scams",
        "emergency": "I already paid, gave a code, installed an app",
        "report": "Report to the police",
        "status": "See how a report stands",
        "subscribe": "Get new warnings",
        "unsubscribe": "No more warnings",
        "large": "Very short answers, for older people",
        "language": "Tiếng Việt, English",
        "mute": "In a group: be silent",
        "unmute": "In a group: call me back",
        "help": "How to use this",
        "privacy": "What we keep, and for how long",
        "mydata": "See my data",
        "erase": "Erase my data",
    },
)
