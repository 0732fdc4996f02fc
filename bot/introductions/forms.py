"""The two dialogs around rounds: what to change in a draft, and what to look for."""

from bot.introductions.actions import ChangeDraft, LookFor
from bot.messages.elements import Choice
from bot.messages.forms import ChoiceField, Form, MemberField, TextField
from bot.messages.text import plain
from bot.words import Words

TOGETHER, APART, SWAP = "together", "apart", "swap"
LONGEST_TERM = 120


def change_form(action: ChangeDraft, words: Words) -> Form:
    """Two members, and what is to become of them in this round."""
    choices = (
        Choice(TOGETHER, words.say("Put these two together")),
        Choice(APART, words.say("Keep these two apart")),
        Choice(SWAP, words.say("Let these two change places")),
    )
    return Form(
        title=words.say("Change the round"),
        submit=words.say("Change"),
        action=action,
        fields=(
            ChoiceField("what", words.say("What"), choices, value=(TOGETHER,), required=True),
            MemberField("one", words.say("The one"), required=True),
            MemberField("other", words.say("The other"), required=True),
        ),
        intro=plain(words.say("Your wish stays when the round is drawn again.")),
    )


def look_form(words: Words) -> Form:
    """What somebody looks for now."""
    return Form(
        title=words.say("Find somebody"),
        submit=words.say("Look"),
        action=LookFor(),
        fields=(
            TextField(
                "term",
                words.say("What do you need, or which theme?"),
                hint=words.say("A few words, for example: premises in the evening"),
                required=True,
                max_length=LONGEST_TERM,
            ),
        ),
    )
