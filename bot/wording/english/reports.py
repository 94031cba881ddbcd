"""In English: the interview of a report, its receipt, and the papers to take along."""

from __future__ import annotations

from bot.wording.words import ReportWords

REPORTS = ReportWords(
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
    not_a_denunciation="This is a report, not a formal complaint. For that, go to the nearest police station; in danger call 113.",
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
)
