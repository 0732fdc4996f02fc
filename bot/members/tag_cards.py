"""What a member sees when a sentence of theirs may be said in short tags as well."""

from collections.abc import Sequence

from bot.members.actions import AddTag, EditProfile, KeepSentence, UseTags
from bot.members.domain import Side
from bot.members.suggesting import Suggested
from bot.messages.elements import Accent, Button, Buttons, Card, Element, Footnote, Heading, Paragraph, Quote
from bot.messages.text import Bold, plain
from bot.words import Words


def suggested_card(suggested: Suggested, words: Words) -> Card:
    """The sentence, the tags that may say it, and a button for each. What was added already is told above them."""
    title = words.say("Shall I add short tags for this?")
    elements: list[Element] = [
        Heading(title),
        Quote(plain(suggested.sentence)),
        Paragraph(plain(_why(suggested, words))),
    ]
    added = suggested.added()
    if added:
        elements.append(Paragraph(words.text("Stands beside it now: {tags}.", tags=Bold(words.all_of(added)))))
    side, sentence = suggested.side, suggested.mark
    adding = [
        Button(words.say("Add “{tag}”", tag=tag.text), AddTag(side, sentence, tag.mark))
        for tag in suggested.tags
        if not tag.added
    ]
    if added:
        adding.append(Button(words.say("Only the tags, without my sentence"), UseTags(side, sentence)))
    keep = Button(words.say("Keep both") if added else words.say("Keep mine as it is"), KeepSentence(side, sentence))
    elements += [
        Buttons((*adding, keep)),
        Footnote(plain(words.say("What you wrote stays just as it is unless you choose otherwise."))),
    ]
    return Card(title, tuple(elements), Accent.ASK)


def no_tags_card(words: Words) -> Card:
    """Nothing to suggest for any of the sentences."""
    said = words.say("I find no shorter words for what you wrote. It stands well as it is.")
    return Card(said, (Paragraph(plain(said)), _edit(words)))


def kept_card(words: Words) -> Card:
    """Nothing has changed."""
    said = words.say("It stays just as you wrote it.")
    return Card(said, (Paragraph(plain(said)), _edit(words)), Accent.GOOD)


def used_card(tags: Sequence[str], words: Words) -> Card:
    """The tags stand in the sentence's place."""
    said = words.text("These stand there now instead of your sentence: {tags}.", tags=Bold(words.all_of(tags)))
    notice = words.say("These stand there now instead of your sentence: {tags}.", tags=words.all_of(tags))
    return Card(notice, (Paragraph(said), _edit(words)), Accent.GOOD)


def _why(suggested: Suggested, words: Words) -> str:
    if suggested.side is Side.NEEDS:
        return words.say("A short tag is found by everybody who offers the same, in whatever words.")
    return words.say("A short tag is found by everybody who looks for the same, in whatever words.")


def _edit(words: Words) -> Buttons:
    return Buttons((Button(words.say("Edit"), EditProfile()),))
