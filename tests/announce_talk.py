"""What dialogues about announcements have in common."""

from tests.introductions_talk import Academy, Answer, Somebody

ALL = ("Olga", "Anna", "Bo", "Carl", "Dorte")


def received(academy: Academy, *names: str) -> list[int]:
    """How many messages each has got."""
    return [len(academy[name].posts()) for name in names or ALL]


async def written(olga: Somebody, line: str, button: str = "Schedule") -> Answer:
    """Writes one and presses the button of its preview."""
    shown = await olga.types(line)
    return await olga.presses(shown.buttons[button])
