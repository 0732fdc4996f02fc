"""Whom an invitation is for, where it is not everybody: read as an announcement's audience is, and kept between the look at the
invitation and the button that sends it."""

import json
from datetime import datetime
from hashlib import sha256

from bot.announcements.audience import EVERYONE, Audience, Known, audience_from, channels_in, read_audience
from bot.announcements.campers import camps_to_ask
from bot.errors import NotThere, NotUnderstood, phrase
from bot.identity import CampId
from bot.ports import UnitOfWork

# The kind of landmark that keeps one, by the camp and the audience's mark.
INVITED = "camp_invited"
# It belongs to no platform.
_ANYWHERE = ""
_MARK = 16


async def read_invited(work: UnitOfWork, typed: str, now: datetime, language: str) -> Audience:
    """The audience that was typed; everybody where nothing was. Raises NotUnderstood."""
    if not typed.strip():
        return EVERYONE
    if channels_in(typed):
        raise NotUnderstood(
            phrase("An invitation goes to each person by name, not to a channel. Choose a sector, a theme or a role.")
        )
    sectors, themes = await work.vocabulary.sectors(), await work.vocabulary.themes()
    return read_audience(typed, Known(sectors, themes, now, await camps_to_ask(work), language))


async def keep_invited(work: UnitOfWork, camp: CampId, audience: Audience, now: datetime) -> str:
    """Keeps what was looked at, for some days. Returns its mark, empty for everybody."""
    if audience == EVERYONE:
        return ""
    stored = json.dumps(audience.stored())
    mark = sha256(stored.encode()).hexdigest()[:_MARK]
    await work.landmarks.put(_ANYWHERE, INVITED, _key(camp, mark), stored, now)
    return mark


async def kept_invited(work: UnitOfWork, camp: CampId, mark: str) -> Audience:
    """What was looked at. Raises NotThere for what was too long ago."""
    if not mark:
        return EVERYONE
    stored = await work.landmarks.get(_ANYWHERE, INVITED, _key(camp, mark))
    if stored is None:
        raise NotThere(phrase("You looked at this invitation a while ago. Look at it once more before you send it."))
    return audience_from(json.loads(stored))


def _key(camp: CampId, mark: str) -> str:
    return f"{camp}:{mark}"
