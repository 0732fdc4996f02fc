"""The forms of the academy's vocabulary: a sector, a theme, a group of words that mean the same."""

from collections.abc import Mapping, Sequence

from bot.members.actions import WriteSector, WriteTheme, WriteWords
from bot.members.domain import Sector, Theme
from bot.members.limits import SECTOR_KEY, SECTOR_NAME, WORD, WORDS
from bot.members.wording import WordGroup
from bot.messages.forms import Form, FormField, ListField, TextField
from bot.messages.text import Text, plain, shortened
from bot.words import Words

_KNOWN_SHOWN = 300


def sector_form(key: str, sectors: Sequence[Sector], words: Words) -> Form:
    """A sector's names; its key is asked only for a new one."""
    found = next((sector for sector in sectors if sector.key == key), None)
    return Form(
        title=words.say("Rename a sector") if found else words.say("Add a sector"),
        submit=words.say("Save"),
        action=WriteSector(found.key if found else ""),
        fields=_names(found, words),
    )


def theme_form(key: str, themes: Sequence[Theme], words: Words) -> Form:
    """A theme's names; its key is asked only for a new one."""
    found = next((theme for theme in themes if theme.key == key), None)
    renaming = words.say("Who has it in their profile has it by the new name.")
    return Form(
        title=words.say("Rename a theme") if found else words.say("Add a theme"),
        submit=words.say("Save"),
        action=WriteTheme(found.key if found else ""),
        intro=plain(renaming) if found else (),
        fields=_names(found, words),
    )


def words_form(
    group: WordGroup | None, words: Words, action: WriteWords, *, typed: Sequence[str] = (), known: Sequence[str] = ()
) -> Form:
    """The words of a group. ``typed``: what a new one begins with; ``known``: what the bot's own table says with it."""
    intro: Text = plain(
        words.say("Words that mean the same here, one a line. Other forms of a word need not be written.")
    )
    if known:
        intro = plain(
            words.say(
                "I know these as the same already: {words}. Here your words count: write those that you want to keep"
                " together.",
                words=shortened(", ".join(known), _KNOWN_SHOWN),
            )
        )
    return Form(
        title=words.say("Change words") if group else words.say("Add words"),
        submit=words.say("Save"),
        action=action,
        intro=intro,
        fields=(
            ListField(
                "words",
                words.say("Words that mean the same"),
                hint=words.say("In Danish and English, as you say it here: a word or a short expression a line."),
                value=group.words if group else tuple(typed),
                required=True,
                max_items=WORDS,
                max_length=WORD,
            ),
        ),
    )


def _names(found: Sector | Theme | None, words: Words) -> tuple[FormField, ...]:
    names: Mapping[str, str] = found.names if found else {}
    asked = TextField(
        "key",
        words.say("Short key"),
        hint=words.say("Small letters a to z and _; files use it. It stays when the names change."),
        required=True,
        max_length=SECTOR_KEY,
    )
    return (
        *(() if found else (asked,)),
        TextField("da", words.say("Name in Danish"), value=names.get("da", ""), required=True, max_length=SECTOR_NAME),
        TextField("en", words.say("Name in English"), value=names.get("en", ""), required=True, max_length=SECTOR_NAME),
    )
