"""What is sent around linking."""

from bot.deliveries.letters import Reading, written
from bot.introductions.reaching import reaches
from bot.linking.cards import notice_card
from bot.linking.kinds import AccountsLinked
from bot.linking.profiles import Accounts
from bot.messages.elements import Card


async def _linked(reading: Reading, letter: AccountsLinked) -> Card | None:
    """Nothing where the two are apart again."""
    reader = reading.reader
    if reader is None or len(reader.accounts) < 2:
        return None
    found = await reaches(reading.work, [reader])
    return notice_card(Accounts(reader, tuple(found[letter.member]), ()), reading.words)


LETTERS = (written(AccountsLinked, _linked),)
