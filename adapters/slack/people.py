"""What Slack knows of a person and we may use: how they are called there, their time zone and their language.

All of it is a help for somebody new; where Slack does not answer, it is blank.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from adapters.slack.api import SlackApi
from adapters.slack.reading import part_at, text_at
from bot.errors import ChatError, Gone, Refused
from bot.identity import WorkspaceId
from bot.messages.text import clean
from bot.ports import Clock
from bot.recent import Recent

_PEOPLE, _DAY, _WHILE = 5_000, timedelta(days=1), timedelta(minutes=10)
_NAME = 200
_DANISH = "da"


@dataclass(frozen=True, slots=True)
class About:
    """A person as Slack shows them. ``language``: ``da``, ``en``, or blank; ``timezone``: a name of the zone data."""

    name: str = ""
    timezone: str = ""
    language: str = ""


class People:
    """Asks for each person once a day."""

    def __init__(self, api: SlackApi, clock: Clock) -> None:
        self._api = api
        self._known: Recent[tuple[WorkspaceId, str], About] = Recent(clock, _PEOPLE, _DAY)
        self._silent: Recent[tuple[WorkspaceId, str], About] = Recent(clock, _PEOPLE, _WHILE)

    async def about(self, workspace: WorkspaceId, user: str) -> About:
        """What is known; blank where Slack does not answer now, and then it is asked again the next time."""
        one = (workspace, user)
        known = self._known.get(one) or self._silent.get(one)
        if known is not None:
            return known
        try:
            answer = await self._api.call(workspace, "users.info", user=user, include_locale=True)
        except (Refused, Gone):
            # Without the scope, or for somebody of elsewhere, it is no use to ask at each press.
            self._silent.put(one, About())
            return About()
        except ChatError:
            return About()
        found = part_at(answer, "user")
        told = About(_name(found), text_at(found, "tz"), _language(text_at(found, "locale")))
        self._known.put(one, told)
        return told


def _name(user: Mapping[str, object]) -> str:
    """The real name, which others know the person by elsewhere, too."""
    profile = part_at(user, "profile")
    names = (
        text_at(profile, "real_name"),
        text_at(user, "real_name"),
        text_at(profile, "display_name"),
        text_at(user, "name"),
    )
    return clean(next(filter(None, (name.strip() for name in names)), ""))[:_NAME]


def _language(locale: str) -> str:
    if not locale:
        return ""
    return _DANISH if locale.partition("-")[0].casefold() == _DANISH else "en"
