"""Whether somebody is there, and whether a button is theirs: asked first by every use case around members."""

from bot.errors import NotAllowed, NotThere, Phrase, phrase
from bot.identity import MemberId
from bot.members.domain import Member
from bot.ports import UnitOfWork


async def present(work: UnitOfWork, member: MemberId) -> Member:
    """The member, not erased. Raises NotThere."""
    found = await work.members.get(member)
    if found is None or found.erased_at is not None:
        raise NotThere(phrase("There is nobody behind that any more."))
    return found


def somebody_elses(command: Phrase) -> NotAllowed:
    """Somebody pressed a button that was made for another person."""
    return NotAllowed(phrase("That button was somebody else's. Yours is here: {command}.", command=command))
