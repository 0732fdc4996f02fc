"""Questions that start from a citizen's life, one for each theme that comes with the bot: easier to begin from than a rule."""

from collections.abc import Sequence

from bot.words import Words


def example(themes: Sequence[str], words: Words) -> str:
    """A question about the first of these themes for which there is one, else about whichever life."""
    known = {
        "ageing": words.say("What does it take for a senior who lives alone to have somebody to eat with?"),
        "children": words.say("How do we give a family whose child has special needs an everyday that hangs together?"),
        "health": words.say("What would help somebody with a long illness to move a little more each day?"),
        "homelessness": words.say(
            "How do we make the first month in a flat of one's own a good one for somebody who was homeless?"
        ),
        "loneliness": words.say("How do we see to it that nobody in our town is alone who doesn't want to be?"),
        "sickness_benefit": words.say(
            "What does somebody who is on sick leave need to dare the first hours at work again?"
        ),
        "youth": words.say("What would make a young person who has dropped out want to come back on a Monday morning?"),
    }
    otherwise = words.say("How do we create the best possible life situation for those whom it is about?")
    return next((known[theme] for theme in themes if theme in known), otherwise)
