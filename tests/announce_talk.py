"""What dialogues about announcements have in common."""

from tests.introductions_talk import Academy, Answer, Somebody, words_of

ALL = ("Olga", "Anna", "Bo", "Carl", "Dorte")


def copies(somebody: Somebody) -> list[str]:
    """The announcements that somebody has got, as they look now; what organisers are told about them is none."""
    said = [words_of(post.card) for post in somebody.posts()]
    return [one for one in said if "\nFrom " in one or "\nFra " in one]


def received(academy: Academy, *names: str) -> list[int]:
    """How many announcements each has got."""
    return [len(copies(academy[name])) for name in names or ALL]


async def written(olga: Somebody, line: str, button: str = "Schedule") -> Answer:
    """Writes one and presses the button of its preview."""
    shown = await olga.types(line)
    return await olga.presses(shown.buttons[button])
