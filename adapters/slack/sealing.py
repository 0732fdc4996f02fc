"""slack_sdk's own stores on our database: tokens are sealed before they reach it, and writers wait their turn.

A team's installation is kept without the organisation that the team may be in: a team's id is nobody else's, and a team that
joins an organisation stays the same academy. An installation for a whole organisation is kept without a team.
"""

import copy
import logging
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar, cast

from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.installation_store.sqlalchemy import AsyncSQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.oauth.state_store.sqlalchemy import AsyncSQLAlchemyOAuthStateStore

from adapters.slack.discreet import silence

T = TypeVar("T", Bot, Installation)

STATE_SECONDS = 600
# What opens a door: never in the database as it is.
_SECRETS = ("bot_token", "bot_refresh_token", "user_token", "user_refresh_token", "incoming_webhook_url")


class Seal(Protocol):
    """Encrypts a text and opens it again."""

    def close(self, text: str) -> str:
        """The sealed text."""
        ...

    def open(self, sealed: str) -> str:
        """The text again. Raises SettingsError where the key is another one."""
        ...


class Database(Protocol):
    """What storage offers a library that runs its own statements; SQLAlchemy's engines are named by storage alone."""

    @property
    def engine(self) -> object:
        """For writing, within :meth:`alone`."""
        ...

    @property
    def reading_engine(self) -> object:
        """For reading, within :meth:`for_reading`."""
        ...

    @property
    def once_engine(self) -> object:
        """For reading a row and then removing it: of two at once one comes through."""
        ...

    @property
    def seal(self) -> Seal:
        """The seal of the personal columns."""
        ...

    def alone(self) -> AbstractAsyncContextManager[None]:
        """The turn to write. Errors are the house's."""
        ...

    def for_reading(self) -> AbstractAsyncContextManager[None]:
        """Waits for nobody. Errors are the house's."""
        ...


@dataclass(frozen=True, slots=True)
class Stores:
    """Both stores of one app."""

    installations: "SealedInstallations"
    states: "SingleUseStates"


def stores_in(database: Database, client_id: str, tidy: Callable[[], Awaitable[object]]) -> Stores:
    """The stores of the app ``client_id``. ``tidy`` removes the states that are too old; the library does not."""
    reading = AsyncSQLAlchemyInstallationStore(client_id, cast(Any, database.reading_engine), logger=silence())
    writing = AsyncSQLAlchemyInstallationStore(client_id, cast(Any, database.engine), logger=silence())
    states = AsyncSQLAlchemyOAuthStateStore(STATE_SECONDS, cast(Any, database.once_engine), logger=silence())
    return Stores(
        SealedInstallations(reading, writing, database), SingleUseStates(cast(States, states), database, tidy)
    )


class SealedInstallations(AsyncInstallationStore):
    """Seals on the way in and opens on the way out; raises the house's StorageError."""

    def __init__(self, reading: AsyncInstallationStore, writing: AsyncInstallationStore, database: Database) -> None:
        self._reading = reading
        self._writing = writing
        self._database = database

    @property
    def logger(self) -> logging.Logger:
        """Says nothing: the library would write of what it reads."""
        return silence()

    async def async_save(self, installation: Installation) -> None:
        """Keeps an installation and its bot's token."""
        async with self._database.alone():
            await self._writing.async_save(self._sealed(installation))

    async def async_save_bot(self, bot: Bot) -> None:
        """Keeps a bot's token; one of the same installation is written over."""
        async with self._database.alone():
            await self._writing.async_save_bot(self._sealed(bot))

    async def async_find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        """The newest bot of a team or an organisation."""
        enterprise, team = _kept_as(enterprise_id, team_id, org_wide=bool(is_enterprise_install))
        async with self._database.for_reading():
            found = await self._reading.async_find_bot(
                enterprise_id=enterprise, team_id=team, is_enterprise_install=is_enterprise_install
            )
        return None if found is None else self._opened(found)

    async def async_find_installation(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None = None,
        is_enterprise_install: bool | None = False,
    ) -> Installation | None:
        """The newest installation of a team or an organisation, or of one person there."""
        enterprise, team = _kept_as(enterprise_id, team_id, org_wide=bool(is_enterprise_install))
        async with self._database.for_reading():
            found = await self._reading.async_find_installation(
                enterprise_id=enterprise,
                team_id=team,
                user_id=user_id,
                is_enterprise_install=is_enterprise_install,
            )
        return None if found is None else self._opened(found)

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Removes every bot token of a team, or of an organisation where no team is named."""
        enterprise, team = _kept_as(enterprise_id, team_id, org_wide=team_id is None)
        async with self._database.alone():
            await self._writing.async_delete_bot(enterprise_id=enterprise, team_id=team)

    async def async_delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """Removes the installations of a team or an organisation, or those of one person there."""
        enterprise, team = _kept_as(enterprise_id, team_id, org_wide=team_id is None)
        async with self._database.alone():
            await self._writing.async_delete_installation(enterprise_id=enterprise, team_id=team, user_id=user_id)

    def _sealed(self, kept: T) -> T:
        sealed = copy.copy(kept)
        if not sealed.is_enterprise_install:
            sealed.enterprise_id = None
        else:
            sealed.team_id = None
        for name in _SECRETS:
            secret: str | None = getattr(sealed, name, None)
            if secret is not None:
                setattr(sealed, name, self._database.seal.close(secret))
        return sealed

    def _opened(self, kept: T) -> T:
        for name in _SECRETS:
            secret: str | None = getattr(kept, name, None)
            if secret is not None:
                setattr(kept, name, self._database.seal.open(secret))
        return kept


class States(Protocol):
    """What we use of the library's state store, which says nothing of its arguments."""

    async def async_issue(self) -> str:
        """A new state."""
        ...

    async def async_consume(self, state: str) -> bool:
        """Whether it was issued, and still holds."""
        ...


class SingleUseStates(AsyncOAuthStateStore):
    """The states of the OAuth flow: good once, for ten minutes."""

    def __init__(self, states: States, database: Database, tidy: Callable[[], Awaitable[object]]) -> None:
        self._states = states
        self._database = database
        self._tidy = tidy

    @property
    def logger(self) -> logging.Logger:
        """Says nothing: the library would write the states themselves."""
        return silence()

    async def async_issue(self, *args: object, **kwargs: object) -> str:
        """A new state."""
        del args, kwargs  # the library names none
        await self._tidy()
        async with self._database.alone():
            return await self._states.async_issue()

    async def async_consume(self, state: str) -> bool:
        """True once, for a state that was issued and is not too old."""
        async with self._database.alone():
            return await self._states.async_consume(state)


def _kept_as(enterprise: str | None, team: str | None, *, org_wide: bool) -> tuple[str | None, str | None]:
    return (enterprise, None) if org_wide or team is None else (None, team)
