"""``/note search``: the case notes of the knowledge bank alone, without the members' offers."""

from bot.bank.forms import LONGEST_WORDS
from bot.bank.searching import Question
from bot.interactions import Call, Option, Verb
from bot.messages.replies import OpenForm, Replies
from commands import find
from commands.suggestions import terms


async def search(call: Call) -> Replies:
    """The notes that fit best; the form where nothing was typed."""
    if not call.text("words").strip():
        return (OpenForm(await find.form(call)),)
    return await find.found(call, Question(call.text("words")), offers=False)


VERB = Verb(
    run=search,
    summary="look in the case notes that were published",
    name="search",
    names={"en": "search", "da": "søg"},
    options=(
        Option(
            "words",
            {"en": "words", "da": "ord"},
            summary="what you look for",
            max_length=LONGEST_WORDS,
            rest=True,
            suggests=terms,
        ),
    ),
    opens_form=True,
    example='/note search "transport"',
)
