"""Every fixed word of the pages, by a short name, so that templates and scripts hold no language of their own."""

from collections.abc import Mapping

from bot.words import Words


def interface(words: Words) -> Mapping[str, str]:
    """What stands around the messages: navigation, composer, people, settings of the window."""
    say = words.say
    return {
        "skip": say("Skip to the messages"),
        "menu": say("Show conversations"),
        "close": say("Close"),
        "cancel": say("Cancel"),
        "conversations": say("Conversations"),
        "channels": say("Channels"),
        "direct": say("Direct messages"),
        "rooms": say("Rooms"),
        "no_rooms": say("A room opens here when two people have both said yes."),
        "you_are": say("You are"),
        "be_somebody": say("Be somebody else"),
        "be_hint": say(
            "This is a playground: choose whose window this is. Open a second window to be two people at once."
        ),
        "find_person": say("Find a person"),
        "find_person_hint": say("Name, organisation or sector"),
        "nobody_yet": say("Nobody is here yet. Bring the members in from a spreadsheet, then load this page again:"),
        "nobody_found": say("Nobody by that name."),
        "organiser": say("organiser"),
        "new_window": say("Open in a new window"),
        "language": say("Language"),
        "theme": say("Light or dark"),
        "messages": say("Messages"),
        "earlier": say("Show earlier messages"),
        "composer": say("Write a message"),
        "composer_hint": say("Write a message, or / for a command"),
        "composer_help": say("Enter sends, Shift and Enter makes a new line."),
        "send": say("Send"),
        "suggestions": say("Suggestions"),
        "only_you": say("Only you can see this"),
        "edited": say("edited"),
        "bot": say("bot"),
        "reply": say("Reply in thread"),
        "thread": say("Thread"),
        "thread_composer": say("Write a reply"),
        "no_replies": say("No replies yet. Yours can be the first."),
        "today": say("Today"),
        "yesterday": say("Yesterday"),
        "new_below": say("New messages"),
        "working": say("One moment ..."),
        "offline": say("The connection is lost. I keep trying; nothing you typed is lost."),
        "failed": say("That did not get through. What you typed is still here; please try again."),
        "too_long": say("That is too long to send. It is still here; please shorten it or split it in two."),
        "choose": say("Choose"),
        "choose_here": say("Choose ..."),
        "no_choice": say("No answer"),
        "needed": say("needed"),
        "remove": say("Remove {item}", item="{item}"),
        "add_more": say("Type, and press Enter for each"),
        "download": say("Download"),
        "details": say("Show guide"),
        "put_away": say("Put the guide away"),
        "step_done": say("done"),
        "unread": say("unread"),
        "check_fields": say("Almost there: please look at the marked fields."),
        "table": say("Table, scroll sideways to see all of it"),
        "unreadable": say("This message is from another time and can't be shown any more."),
        "somebody": say("Somebody who has left"),
        "home": say("To the workspace"),
        "needs_script": say("To write here, the page needs JavaScript. Reading works without it."),
        "recall": say("Arrow up brings back what you last typed."),
    }


def unread_count(words: Words, number: int) -> str:
    """For a screen reader beside a bare number."""
    return words.count("{number} unread message", "{number} unread messages", number)


def reply_count(words: Words, number: int) -> str:
    """Under a message that has a thread."""
    return words.count("{number} reply", "{number} replies", number)
