"""Who is meant by a typed name, where Discord has no people picker: in a direct conversation."""

from collections.abc import Sequence

from bot.members.domain import Member
from bot.messages.choosing import fitting
from bot.messages.elements import Choice


def called(typed: str, members: Sequence[Member]) -> Member | None:
    """The one member of that name, or the only one whom the words fit, organisation included; None for nobody or several."""
    wanted = _bare(typed)
    named = [member for member in members if _bare(member.name) == wanted]
    if len(named) == 1:
        return named[0]
    choices = [Choice(str(place), member.name, member.organisation) for place, member in enumerate(members)]
    near = fitting(choices, wanted) if wanted else ()
    return members[int(near[0].value)] if len(near) == 1 else None


def _bare(text: str) -> str:
    return " ".join(text.casefold().split()).lstrip("@ ")
