"""Every fixed word of the public pages, by a short name, so that the templates hold no language of their own."""

from collections.abc import Mapping

from bot.words import Words


def bank_words(words: Words) -> Mapping[str, str]:
    """What stands around the notes."""
    say = words.say
    return {
        "bank": say("Knowledge bank"),
        "skip": say("Skip to the content"),
        "intro": say(
            "What people from municipalities, associations, companies, foundations and universities found out together. Names"
            " and numbers were left out before a note was published."
        ),
        "search": say("Search the notes"),
        "words": say("What do you look for?"),
        "words_hint": say("Danish and English both find it"),
        "look": say("Look"),
        "narrow": say("Narrow it down"),
        "theme": say("Theme"),
        "sector": say("What a sector sees"),
        "place": say("Place"),
        "since": say("From"),
        "until": say("Until"),
        "worked": say("Only what worked somewhere"),
        "any": say("All"),
        "all": say("All notes"),
        "nothing": say("No note fits that yet. Try fewer or other words."),
        "empty": say("Nothing has been published here yet."),
        "tried": say("Who has tried it"),
        "tags": say("Keywords"),
        "pages": say("Pages"),
        "newer": say("Previous page"),
        "older": say("Next page"),
        "language": say("Language"),
        "as_files": say("Take it with you"),
        "feed": say("Follow new notes (Atom)"),
        "spreadsheet": say("Spreadsheet (CSV)"),
        "document": say("Document (Markdown)"),
        "data": say("Data (JSON)"),
        "meant": say("Other words, but it may mean the same."),
        "to_ask": say(
            "Do you want to try it yourself? The academy can put you in touch with whoever has done it; members find the note"
            " with /find."
        ),
        "gone": say("This note was withdrawn"),
        "gone_why": say("Whoever published it, or somebody who took part, has taken it back."),
        "missing": say("There is no such page"),
        "missing_why": say("The address may be mistyped, or the note was never public."),
        "slow": say("Too many questions at once"),
        "slow_why": say("Please wait a moment, then load the page again."),
        "away": say("The knowledge bank can't be reached just now"),
        "away_why": say("Nothing is lost. Please try again in a minute."),
    }
