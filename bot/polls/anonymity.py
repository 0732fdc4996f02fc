"""Who voted what in an anonymous poll is known to nobody, also not to whoever reads the database.

While the poll is open, a ballot lies under a pseudonym: a keyed digest of the member's id, so that the same person finds their
ballot again and can change it. The key is made for the one poll and kept, sealed, with it. At the close it is destroyed, and
the ballots with it: what is left is how many said the same (docs/decisions/0032).
"""

import hashlib
import hmac
import secrets
from datetime import datetime

from bot.identity import MemberId
from bot.polls.domain import Poll, VoterKey

_BYTES = 32


def new_secret() -> bytes:
    """A key for one poll."""
    return secrets.token_bytes(_BYTES)


def voter_key(poll: Poll, member: MemberId) -> VoterKey:
    """Under which a member's ballot lies. Raises ValueError where the key of an anonymous poll is gone: then nobody's can be
    found again."""
    if not poll.anonymous:
        return VoterKey(str(member))
    return VoterKey(_digest(poll, f"voter:{member}"))


def arrival_key(poll: Poll, arrival: str) -> str:
    """The id by which a vote is known when it comes a second time. In an anonymous poll it does not tell whose it was."""
    return f"vote:{_digest(poll, f'arrival:{arrival}')}" if poll.anonymous else arrival


def arrival_time(poll: Poll, now: datetime) -> datetime:
    """When a vote arrived, as far as that is written down: of an anonymous one only the hour."""
    return now.replace(minute=0, second=0, microsecond=0) if poll.anonymous else now


def _digest(poll: Poll, text: str) -> str:
    if not poll.secret:
        raise ValueError("the key of this poll's pseudonyms is gone")
    return hmac.new(poll.secret, text.encode(), hashlib.sha256).hexdigest()
