"""What the bot says in English, for visitors."""

# ruff: noqa: E501 - one sentence a line reads better than one broken over three

from __future__ import annotations

from bot.wording.vietnamese import VI
from bot.wording.words import Words
from knowledge.catalogue import Group, Situation
from knowledge.verdict import AddressJudgement, Frame, IndicatorKind, Level

EN = Words(
    level={
        Level.SCAM: "MATCHES A KNOWN SCAM",
        Level.SUSPICIOUS: "SIGNS OF A SCAM",
        Level.NONE: "NO SIGN FOUND, STILL BE CAREFUL",
        Level.UNKNOWN: "NOT ENOUGH TO TELL",
    },
    mark=VI.mark,
    welcome=(
        "Hello, this is the automatic assistant of {unit}.\n"
        "Paste a message, link, phone number or bank account you doubt. I say whether it looks like a known scam, why, and "
        "what to do now.\n"
        "I never open your links. Do not send passwords, one-time codes or ID photos."
    ),
    welcome_kept="This chat is kept for at most {days} days; see /privacy.",
    welcome_samples="To try it first, tap a sample below.",
    introduction="I am the automatic assistant of {parent}, not a person. This chat is kept for at most {days} days: /privacy",
    wrong_choice="Thank you. Not knowing which scam it is, be all the more careful: send no money, give no code, ask your family.",
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
    looks_like="Looks like: {name}",
    may_look_like="Somewhat like: {name}",
    looks_like_several="It has traits of several scams",
    looks_like_unnamed="No single scam fits, but something is suspicious",
    reasons="Why:",
    phrase_of="typical of: {name}",
    link_signs={
        AddressJudgement.OFFICIAL: "official address",
        AddressJudgement.LOOKALIKE: "imitates an official address",
        AddressJudgement.SUSPICIOUS: "address of a kind used in scams",
        AddressJudgement.APP_FILE: "downloads a file",
        AddressJudgement.SHORTENER: "hides where it leads",
        AddressJudgement.OPEN_PLATFORM: "a page anyone can make",
        AddressJudgement.UNKNOWN: "not an official address we know",
    },
    cue_signs={
        "giục làm gấp": "hurries you",
        "mượn danh cơ quan, tổ chức": "borrows the name of an authority or a company",
        "bắt giữ kín, tách khỏi người thân": "wants it secret, keeps you from your family",
        "dọa cho sợ": "frightens you",
        "nhử bằng quà, tiền thưởng": "lures with a gift or a prize",
        "nhử lời cao, việc nhẹ lương cao": "lures with high profit or an easy job",
        "làm thân, tạo lòng tin": "wins your trust first",
        "đòi đóng tiền trước mới được": "wants money before you get anything",
        "xin chuyển tiền": "asks you to send money",
        "đưa tiền mặt": "asks for cash",
        "xin mã OTP": "asks for a one-time code",
        "xin mật khẩu": "asks for a password",
        "xin thông tin thẻ": "asks for your card details",
        "xin ảnh căn cước, giấy tờ": "asks for a photo of your ID or papers",
        "đòi quét khuôn mặt": "wants to scan your face",
        "bảo cài ứng dụng": "tells you to install an app",
        "đòi xem hoặc điều khiển màn hình": "wants to see or control your screen",
        "bảo bấm vào đường link": "tells you to open a link",
        "bảo quét mã QR": "tells you to scan a QR code",
        "bảo bấm phím, soạn cú pháp lạ": "tells you to press keys or send a strange code",
        "kéo sang Zalo, Telegram, nhóm riêng": "draws you into a private chat or group",
        "nhờ mua hộ, mua thẻ, gửi hàng": "asks you to buy or send something for them",
        "nhờ mượn, thuê tài khoản ngân hàng": "wants to use your bank account",
        "đòi ảnh, clip riêng tư": "asks for private pictures",
        "chữ bị chen ký tự để né bộ lọc tin rác": "letters scrambled to get past spam filters",
    },
    cue_other="wording often seen in scams",
    do_now="Do now:",
    careful="This is not in our warnings. That does not make it harmless: new scams appear every day.",
    ask_back="One question would help:",
    ask_anything="Do they press you to pay, ask for a code, or want you to open a link or install an app?",
    decided_by="Compared automatically with our warnings, revision {revision}.",
    decided_by_whom="An automatic answer; no officer has seen this message.",
    truncated="The message is very long; I looked at the first part only.",
    quoted_warning="This is a warning that quotes a scam; it does not itself ask you for money or codes.",
    would_be_scam={
        Frame.NOTICE: "It would be a scam if someone calls for the code in it, or a strange link asks you to log in or install.",
        Frame.ADVERT: "It would be a scam if you must pay a deposit to a private account, give a code, or enter your card elsewhere.",
        Frame.PERSONAL: "If a friend asks for money, call them on the number you saved before you pay.",
        Frame.WARNING_QUOTE: "It would be a scam if it adds a link or number to contact for “support” or “your money back”.",
        Frame.NEWS: "It would be a scam if it adds a strange link to log in, download a file or pay.",
        Frame.QUESTION: "Whoever presses you to pay, give a code or install an app: stop, whoever they claim to be.",
        Frame.STORY: "It would be a scam if they press you to pay, give a code, install an app, or keep it secret.",
    },
    would_be_scam_else="It would be a scam if they press you to pay, give a code, install an app, or keep it secret.",
    elder_step={
        Level.SCAM: "Stop. Send no money, read out no code. Call your family.",
        Level.SUSPICIOUS: "Wait. Call your family before you do anything.",
        Level.NONE: "If anyone asks for money or a code, stop and call your family.",
        Level.UNKNOWN: "Do nothing yet. Call your family.",
    },
    about="About “{quote}”",
    how_sure="I am a machine that compares messages with our warnings, so I can be wrong; no officer has seen this one. Do nothing yet, and ask whoever they claim to be on a number you find yourself.",
    hold_on="While you are not sure, wait: open no link, send no money, give nobody a code.",
    which_message="Which message do you mean? Paste the message, number or link here, or tell me what they said and want. Already did it? Press the button below, or write “/emergency”.",
    which="Which of these is most like yours?",
    none_of_these="None of these",
    address={
        AddressJudgement.OFFICIAL: "{value}: the real address of {owner}. Type it yourself all the same; sender names can be faked.",
        AddressJudgement.LOOKALIKE: "{value}: IMITATES {owner}. Do not open it or log in.",
        AddressJudgement.SUSPICIOUS: "{value}: an address of a kind often used in scams. Do not open it.",
        AddressJudgement.APP_FILE: "{value}: downloads a file. Do not open or install it.",
        AddressJudgement.SHORTENER: "{value}: a shortened link that hides where it leads. Do not open it unless you expect it.",
        AddressJudgement.OPEN_PLATFORM: "{value}: anyone can make such a page; it says nothing of who is behind it.",
        AddressJudgement.UNKNOWN: "{value}: not in our directory of official addresses; I cannot tell.",
    },
    no_conclusion={
        IndicatorKind.PHONE: "Number {value}: no conclusion about this number.",
        IndicatorKind.ACCOUNT: "Account {value}: no conclusion about this account.",
        IndicatorKind.WALLET: "Crypto wallet {value}: no conclusion about this wallet.",
        IndicatorKind.HANDLE: "Profile {value}: no conclusion about this person.",
        IndicatorKind.EMAIL: "E-mail {value}: no conclusion about this address.",
        IndicatorKind.QR: "QR code: no conclusion about who is paid.",
    },
    things={
        IndicatorKind.PHONE: "Number {value}",
        IndicatorKind.ACCOUNT: "Account {value}",
        IndicatorKind.WALLET: "Crypto wallet {value}",
        IndicatorKind.HANDLE: "Profile {value}",
        IndicatorKind.LINK: "Site {value}",
        IndicatorKind.QR: "The account in the QR code, {value}",
    },
    listed_title={
        "suspected": "🟠 REPORTED, BEING LOOKED INTO",
        "confirmed": "🔴 CONFIRMED AS A SCAM BY OFFICERS",
    },
    listed={
        "suspected": "{thing}: several people reported it and officers are looking into it; nothing is decided. Do not pay yet.",
        "confirmed": "{thing}: officers confirmed it is used for scams. Do not pay and do not answer. If you already paid, write “/emergency” now.",
    },
    how_to_check={
        IndicatorKind.LINK: "To check: do not tap it. Type the address you normally use, or open the official app.",
        IndicatorKind.PHONE: "To check: do not call back. Find the official number of whoever they claim to be and ask there.",
        IndicatorKind.ACCOUNT: "To check: type the account into your bank app to see the owner's name, and do not send.",
        IndicatorKind.WALLET: "To check: ask why it must be crypto. What went to a stranger's wallet cannot be called back.",
        IndicatorKind.HANDLE: "To check: call the person on a number you saved, do not ask this profile.",
        IndicatorKind.EMAIL: "To check: find their number on their own website and ask there; do not reply.",
        IndicatorKind.QR: "To check: read the payee's name on the last screen. If it is a stranger, leave.",
    },
    transfer_code="A payment QR code to {bank}, account {account}, name in the code: {name}.",
    transfer_unnamed="A payment QR code to {bank}, account {account}; the code gives no name.",
    transfer_bank="an unknown bank",
    transfer_amount="The amount is already filled in: {amount} VND.",
    more_things="… and {count} more. Send them one at a time for a closer look.",
    question_how="How they do it:",
    question_truths="Remember:",
    question_end="Is this happening to you? Paste the message or tell me what they said.",
    question_unknown="I have no page about this. What holds for every scam:",
    emergency_menu="Stay calm, one step at a time. What has happened?",
    emergency_lead="DO THIS NOW",
    emergency_fallback=(
        "🔴 DO THIS NOW\n1. Stop: no more payments, no codes, no more calls with them.\n2. Call your bank on the number on your "
        "card or in its app and ask them to block and trace. If you installed an app, go offline and use another phone.\n"
        "3. Keep messages and receipts; go to the nearest police station. In danger call 113."
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
    why_title="I go by:",
    why_nothing="No words or addresses in it match our warnings.",
    laws="Law:",
    truths="Facts:",
    sources="Sources: {names}.",
    report_start=(
        "I will pass this to {unit}, to look at it and warn others.\n"
        "• Sent: the message you asked about, your answers, your pictures; at the end, if you like, your age and commune for the figures. Write no codes or passwords.\n"
        "• Kept by: {controller}, at most {days} days after the case is closed.\n"
        "• See it, erase it, withdraw at any time: /mydata, /erase, /withdraw.\n"
        "You need not send anything; I check messages for you all the same."
    ),
    report_questions={
        "story": "What happened? Tell it shortly, or paste their message.",
        "who": "Who contacted you, and how?",
        "number": "Their phone number or account name?",
        "account": "Which bank account were you told to pay?",
        "amount": "How much did you lose? (0 if nothing)",
        "when": "When did it happen?",
        "given": "What did you give them? Name it only; never write codes or passwords here.",
    },
    report_fields={
        "story": "What happened",
        "who": "Who contacted you",
        "number": "Their number or profile",
        "account": "Account that was paid",
        "amount": "Sum of money",
        "when": "When",
        "given": "What you gave",
        "files": "Drop the attached files",
    },
    report_so_far="So far: “{answer}”",
    report_which="Which answer would you like to change?",
    report_returned="You have an unfinished report; I still have it. Does this go into it, or is it something new to check? For something new the unfinished report is dropped.",
    report_progress="Question {number}/{total}. {question}",
    report_summary="I will send this. Check it and press send:",
    report_message="The message",
    report_files="With {count} pictures or files",
    report_added="Added to “What happened”. To change it, press “Change an answer”.",
    report_no_room="“What happened” is full, so that was not added. To write it shorter, press “Change an answer”.",
    report_attached="Added to the report.",
    report_filed=(
        "Your report is recorded. Code: {code}\nKeep it; write “/status {code}” to see how it stands. I cannot promise a "
        "result.\n{formal}"
    ),
    report_cancelled="Nothing was sent. Paste another message whenever you like.",
    report_dropped="The unfinished report is dropped; nothing was sent. Paste another message whenever you like.",
    nothing_to_report="Paste the message, link or number first.",
    nothing_to_share="There is no warning to share yet. Paste the message you doubt first.",
    advice_stale="Details are being reviewed. Ask your bank (the number on your card) or the nearest police; in danger call 113.",
    not_a_denunciation="This is a report, not a formal complaint. For that, go to the nearest police station; in danger call 113.",
    steps_end="Reading these steps is not yet a report to the police. For that, go to the nearest police station, or use “Tố giác, phản ánh” in the VNeID app; in danger call 113.",
    paper_intro="A draft to take to the police. Check it, correct it, fill in who you are, and sign it:",
    paper_title="REPORT OF A SUSPECTED SCAM",
    paper_head="To: the police of …\nI am … (name, year of birth, address, telephone)",
    paper_lines={
        "story": "What happened: {answer}",
        "who": "Who contacted me: {answer}",
        "number": "Their number or profile: {answer}",
        "account": "Account that was paid: {answer}",
        "amount": "Money lost: {answer}",
        "when": "When: {answer}",
        "given": "What I gave them: {answer}",
        "situation": "What has happened: {answer}",
        "method": "It looks like: {answer}",
        "code": "Code of my report to the assistant: {answer}",
    },
    paper_message="From the message: “{quote}” (screenshots attached).",
    paper_end="Attached: dated screenshots, receipts, the original messages.",
    paper_5656="Tell the network about the call or message, free of charge: text LD (their number) (content) to {number}.",
    paper_5656_ready="Tell the network, free of charge: copy this line and text it to {number}.\n{text}",
    ask_age="Two more questions; you may skip both. They only count who is targeted: no name, nobody shown alone.\nWhich age group are you in?",
    ages={"0-17": "Under 18", "18-29": "18–29", "30-44": "30–44", "45-59": "45–59", "60+": "60 or over"},
    ask_commune="Which ward or commune do you live in? For example: Hoi An ward, Tam Anh commune.",
    described="Thank you. If you doubt another message, paste it here.",
    share_title="⚠️ Warning from {unit}",
    share_signs="Somebody in the family met something like this. An automatic assistant found signs; no officer has seen it. If you get the like, do nothing yet.",
    share_unnamed="Something suspicious: do nothing yet",
    card_title="SCAM WARNING",
    card_call="In doubt? Ask before you act:",
    share_end="In doubt? Ask at {link} before you act.",
    thanks_right="Thank you. Please tell your family too.",
    thanks_wrong="Thank you for saying so. Staff will see it. Meanwhile, send no money and give no codes.",
    picture_read="In the picture I read:\n{lines}",
    picture_misread="If I misread a line, type it as it really is and I look at the whole picture again.",
    picture_more="… and {count} more lines",
    picture_corrected="I corrected that line and looked at the whole picture again.",
    code_says="The QR code holds: “{value}”",
    picture_unreadable="I cannot read the text in this picture. Please type the most suspicious sentence.",
    sound="I cannot listen to or watch this. Tell me what they said and asked. Do not open strange files.",
    caption_only="I cannot listen to or watch this; I only read the words below it. Tell me what they said and asked. Do not open strange files.",
    sticker="I can only read text. Paste the message here.",
    contact="This contact has no telephone number. Type the number or profile here and I look at it.",
    app_file="This file installs an app. Do not open or install it, whoever they say they are. If you already did, press the button below or write “/emergency”.",
    location="I do not need your location. In danger call 113.",
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
    language_set="I will answer in English. Tiếng Việt: /ngonngu vi",
    language_usage="Choose: /language vi or /language en",
    elder_on="From now on I answer in three short lines. To undo: /large",
    elder_off="From now on I answer in full. For short answers: /large",
    group_muted="I will be silent in this group. To call me back: /unmute",
    group_awake="I am here. Mention me when you doubt a message.",
    private_only="Please write to me in private for that.",
    group_only="That command is for groups. Here I speak only when you write.",
    a_scam="of a kind we do not know yet",
    review_right="An officer looked at what you asked: it is a scam: {name}. Do not follow it, and tell your family.",
    review_wrong="A correction: I found no sign in what you asked; an officer has found that it is a scam: {name}. If you already did it, write “/emergency” now.",
    review_cleared="A correction: I doubted what you asked; an officer has found that it is not a scam. Thank you for asking.",
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
