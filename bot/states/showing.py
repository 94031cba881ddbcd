"""What is shown instead of written: a picture, film, sound, file or contact, and the words below it.

What nobody has seen is never answered as if it had been: only its caption is. Must not open anything.
"""

from __future__ import annotations

from dataclasses import replace

from bot import answers, wording
from bot.answers.buttons import RISKY
from bot.events import Media
from bot.pictures import transcript
from bot.replies import Reply
from bot.states import answering, checking, commands, emergency, referring, reporting
from bot.states.asking import Asking, Unjudged
from bot.turn import Turn
from bot.wording import Words
from knowledge.verdict import Intent

LINES_READ = 5
_SILENT = {
    "audio": "sound",
    "video": "sound",
    "file": "sound",
    "location": "location",
    "contact": "contact",
    "image": "picture_unreadable",
}
_ATTACHED = frozenset({"image", "file", "video", "audio"})
_UNSEEN = _ATTACHED - {"image"}
_APPS = (".apk", ".apks", ".xapk", ".apkm", ".exe", ".msi", ".scr")


def shown(asking: Asking, media: Media) -> Turn:
    """Kept with a report that is being written; else looked at, with its caption."""
    if media.kind in _ATTACHED or words_of(media):
        asking = reporting.left(asking)
    if asking.context.state == "reporting" and (told := _in_interview(asking, media)):
        return told
    if commands.is_cry(_own(media)):
        return emergency.menu(asking.in_language_of(media.caption))
    if referring.asks_again(_own(media)):  # "thật không?" below a picture is no part of what the picture says
        media = replace(media, caption="")
    if not words_of(media):
        return _silent(asking, media)
    after = _checked(asking, media)
    if media.kind == "image":
        return _read(after, media)
    return _unseen(asking, media, after) if media.kind in _UNSEEN else after


def words_of(media: Media) -> str:
    """The caption, and everything that was read."""
    codes = tuple(transcript.words_of(code) for code in media.qr)
    return "\n".join(part for part in (media.caption, media.text, *codes) if part.strip())


def _own(media: Media) -> str:
    """What the sender says below it; of what is passed on, the caption is another's."""
    return "" if media.forwarded_from else media.caption


def _references(media: Media) -> tuple[str, ...]:
    return tuple(reference for reference in (media.reference, *media.more) if reference)


def _in_interview(asking: Asking, media: Media) -> Turn | None:
    """An attachment, whose caption answers like any words; a contact is an answer."""
    if media.kind not in _ATTACHED:
        return answering.told(asking, words_of(media)) if words_of(media) else None
    references = _references(media)
    kept = replace(asking, context=reporting.with_files(asking.context, *references))
    if commands.is_cry(_own(media)):
        return emergency.menu(kept.in_language_of(media.caption))
    if cried := answering.first_aid(kept, _own(media)):
        return cried
    if reporting.has_rested(asking):
        return reporting.returned(asking, words_of(media), media.caption, *references)
    return reporting.attached(asking, media.caption, *references)


def _silent(asking: Asking, media: Media) -> Turn:
    if media.kind in _ATTACHED:  # whoever asks "thật không?" now means this
        asking = replace(asking, context=replace(asking.context, answered_at=""))
    if _installs(media):
        return asking.say_with_help(asking.words.app_file)
    return asking.say_with_help(str(getattr(asking.words, _SILENT.get(media.kind, "sticker"))))


def _installs(media: Media) -> bool:
    return media.name.lower().endswith(_APPS)


def _checked(asking: Asking, media: Media) -> Turn:
    """Everything together; a cry for help in the caption is heard whatever stands in a picture."""
    after = checking.check(asking, words_of(media), media.forwarded_from)
    own = _own(media)
    if after.context.state == "emergency" or not own.strip() or own == words_of(media) or referring.asks(own):
        return after
    try:
        verdict = asking.judged(own)
    except Unjudged:  # everything together could be judged, and is answered
        return after
    if verdict.intent is not Intent.EMERGENCY or verdict.situation is None:
        return after
    card = emergency.card(replace(asking, context=after.context), verdict.situation, own)
    return replace(card, effects=(*after.effects, *card.effects))


def _read(after: Turn, media: Media) -> Turn:
    """What was read in a picture, before the answer; first aid needs nothing before it."""
    words = wording.of(after.context.language)
    was_read = bool(media.text.strip())
    context = replace(after.context, read=was_read, pictures=_references(media)[: reporting.MOST_FILES])
    if context.state == "emergency":
        return replace(after, context=context)
    if not was_read and not media.qr:
        return replace(after, context=context, replies=(Reply(words.picture_unreadable), *after.replies))
    return replace(after, context=context, replies=(*_reading(media, words), *after.replies))


def _unseen(asking: Asking, media: Media, after: Turn) -> Turn:
    """The answer to a caption says that it is one; beside an app's file a calm one would be taken for the file's."""
    words = wording.of(after.context.language)
    if after.context.state == "emergency":
        return after
    if _installs(media) and not any(reply.level in RISKY for reply in after.replies):
        return _silent(asking, media)
    said = words.app_file if _installs(media) else words.caption_only
    return replace(after, replies=(Reply(said), *after.replies))


def _reading(media: Media, words: Words) -> tuple[Reply, ...]:
    """What we read in a picture, so that a misreading can be corrected: a few short lines, nothing to tap."""
    lines = [line for line in media.text.splitlines() if sum(c.isalnum() for c in line) > 1]
    told = [f"“{answers.quoted(line)}”" for line in lines[:LINES_READ]]
    if len(lines) > LINES_READ:
        told.append(words.picture_more.format(count=len(lines) - LINES_READ))
    told += [
        answers.transfer(code, words) or words.code_says.format(value=answers.quoted(code)) for code in media.qr[:2]
    ]
    if not told:
        return ()
    said = words.picture_read.format(lines="\n".join(told))
    return (Reply(f"{said}\n{words.picture_misread}" if lines else said),)  # a code cannot be typed anew
