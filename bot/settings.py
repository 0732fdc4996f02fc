"""Settings from the environment or a ``.env`` file: typed, with a default or reported, all problems at once.

Read in ``__main__`` only; everything else is handed what it needs. ``FIELDS`` of the class are the promises of the README's
table, which a test compares with this file.
"""

import re
from enum import StrEnum
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingsError
from bot.matching.domain import Weights
from bot.words import LANGUAGES

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_DRIVERS = ("sqlite+aiosqlite", "postgresql+psycopg")
_PLATFORMS = ("slack", "discord", "web")
_PREFIX = re.compile(r"[a-z0-9]{1,12}")
# The bot's number, when the token was made, and what only Discord can check.
_DISCORD_TOKEN = re.compile(r"[\w-]{18,}\.[\w-]{5,}\.[\w-]{20,}")
_USUAL = Weights()


class LogStyle(StrEnum):
    """How log lines look: for a person at a terminal, or for a machine that collects them."""

    TEXT = "text"
    JSON = "json"


class MeaningOf(StrEnum):
    """By what needs, offers and themes are compared. Words always count; a model, here or on a server, knows more."""

    BEST = "best"
    LOCAL = "local"
    SERVER = "server"
    WORDS = "words"


class Settings(BaseSettings):
    """Each field is one setting, named as in the environment. Empty means: not set."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", env_ignore_empty=True)

    database_url: Annotated[str, Field(description="Where everything is kept")] = (
        "sqlite+aiosqlite:///data/brobygger.db"
    )
    brobygger_language: Annotated[str, Field(description="The language of a new workspace: da or en")] = "da"
    brobygger_timezone: Annotated[str, Field(description="The time zone of a new workspace")] = "Europe/Copenhagen"
    brobygger_host: Annotated[str, Field(description="The address that the web pages listen on")] = "127.0.0.1"
    brobygger_port: Annotated[int, Field(ge=0, le=65535, description="The port of the web pages")] = 8080
    brobygger_public_url: Annotated[str, Field(description="How the web pages are reached from outside")] = ""
    brobygger_secret_key: Annotated[
        SecretStr,
        Field(description="Encrypts personal columns; several keys with commas: the first one encrypts, all decrypt"),
    ] = SecretStr("")
    brobygger_organisers: Annotated[str, Field(description="The first organisers, such as slack:U123,discord:456")] = ""
    brobygger_prefix: Annotated[
        str, Field(description="Stands before every command, where another app owns a name: bro makes /bro-poll")
    ] = ""
    brobygger_log: Annotated[LogStyle, Field(description="text or json")] = LogStyle.TEXT
    brobygger_meaning: Annotated[
        MeaningOf,
        Field(
            description="What compares tags beside words: local (a model on this machine), server (OPENAI_EMBEDDING_MODEL), "
            "words (nothing), or the best that is there"
        ),
    ] = MeaningOf.BEST
    brobygger_metrics_token: Annotated[
        SecretStr, Field(description="Whoever asks for /metrics must know it; empty: only this machine may ask")
    ] = SecretStr("")
    slack_bot_token: Annotated[SecretStr, Field(description="Slack, one workspace: the bot's token (xoxb-…)")] = (
        SecretStr("")
    )
    slack_app_token: Annotated[
        SecretStr, Field(description="Slack over a socket (Socket Mode), without a public address: xapp-…")
    ] = SecretStr("")
    slack_signing_secret: Annotated[
        SecretStr, Field(description="Slack over HTTP, at /slack/events: proves that a request comes from Slack")
    ] = SecretStr("")
    slack_client_id: Annotated[str, Field(description="Slack, many workspaces: they install it at /slack/install")] = ""
    slack_client_secret: Annotated[SecretStr, Field(description="Belongs to SLACK_CLIENT_ID")] = SecretStr("")
    slack_api_url: Annotated[str, Field(description="Where Slack's Web API is")] = "https://slack.com/api/"
    discord_token: Annotated[SecretStr, Field(description="Discord: the bot's token")] = SecretStr("")
    discord_api_url: Annotated[
        str, Field(description="Where Discord's API is; the gateway is found through it, so a proxy may stand here")
    ] = "https://discord.com/api/v10"
    openai_api_key: Annotated[SecretStr, Field(description="The key of an OpenAI-compatible server")] = SecretStr("")
    openai_base_url: Annotated[str, Field(description="Where that server is")] = "https://api.openai.com/v1"
    openai_embedding_model: Annotated[
        str,
        Field(
            validate_default=True,
            description="The server's embedding model; where it is set, members' tags (no names) are sent there",
        ),
    ] = ""
    openai_model: Annotated[
        str,
        Field(
            description="The server's language model for case notes; a conversation is masked, shown and agreed to before it is "
            "sent there"
        ),
    ] = ""
    openai_context: Annotated[
        int, Field(ge=4_096, le=2_000_000, description="How many tokens that model reads at once, its answer included")
    ] = 32_000
    openai_timeout: Annotated[
        float, Field(gt=0, le=3600, allow_inf_nan=False, description="How many seconds it may take for one answer")
    ] = 120.0
    openai_patience: Annotated[
        float,
        Field(gt=0, le=36_000, allow_inf_nan=False, description="How many seconds it may take for all of a case note"),
    ] = 900.0
    openai_price_in: Annotated[
        float | None, Field(ge=0, allow_inf_nan=False, description="What a million tokens cost that it reads")
    ] = None
    openai_price_out: Annotated[
        float | None, Field(ge=0, allow_inf_nan=False, description="What a million tokens cost that it writes")
    ] = None
    brobygger_weight_need_offer: Annotated[
        float, Field(ge=0, le=1000, allow_inf_nan=False, description="Points for a need that the other can meet")
    ] = _USUAL.need_offer
    brobygger_weight_theme: Annotated[
        float, Field(ge=0, le=1000, allow_inf_nan=False, description="Points for themes that two share")
    ] = _USUAL.theme
    brobygger_weight_sector_balance: Annotated[
        float, Field(ge=0, le=1000, allow_inf_nan=False, description="Points for two sectors that seldom meet")
    ] = _USUAL.sector_balance
    brobygger_weight_novelty: Annotated[
        float, Field(ge=0, le=1000, allow_inf_nan=False, description="Points for two who have never met")
    ] = _USUAL.novelty
    brobygger_weight_draw: Annotated[
        float, Field(ge=0, le=1000, allow_inf_nan=False, description="Points that luck gives two, at the most")
    ] = _USUAL.draw
    brobygger_new_first: Annotated[
        bool,
        Field(description="Nobody meets anybody twice while somebody new is left; false: novelty alone speaks for it"),
    ] = _USUAL.new_first

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if value.partition("://")[0] not in _DRIVERS:
            raise ValueError(f"starts with {' or '.join(f'{driver}://' for driver in _DRIVERS)}")
        return value

    @field_validator("brobygger_language")
    @classmethod
    def _known_language(cls, value: str) -> str:
        if value not in LANGUAGES:
            raise ValueError(f"is {' or '.join(LANGUAGES)}")
        return value

    @field_validator("brobygger_timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError("is the name of a time zone, such as Europe/Copenhagen") from error
        return value

    @field_validator("openai_embedding_model")
    @classmethod
    def _there_for_the_server(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("brobygger_meaning") is MeaningOf.SERVER and not value:
            raise ValueError("names the server's model; BROBYGGER_MEANING=server needs it")
        return value

    @field_validator("brobygger_public_url", "openai_base_url", "slack_api_url", "discord_api_url")
    @classmethod
    def _whole_url(cls, value: str, info: ValidationInfo) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0):
            raise ValueError("is a whole address, such as https://bro.example.org")
        # Slack's own libraries put a method's name straight behind theirs.
        return value.rstrip("/") + ("/" if info.field_name == "slack_api_url" else "")

    @field_validator("brobygger_prefix")
    @classmethod
    def _short_prefix(cls, value: str) -> str:
        prefix = value.strip("/-")
        if prefix and not _PREFIX.fullmatch(prefix):
            raise ValueError("is at most 12 small letters or digits, such as bro")
        return prefix

    @model_validator(mode="after")
    def _platforms_are_whole(self) -> "Settings":
        problems = [problem for problem in (slack_problem(self), discord_problem(self)) if problem]
        if problems:
            raise ValueError("\n".join(problems))
        return self

    @field_validator("brobygger_organisers")
    @classmethod
    def _platform_and_user(cls, value: str, info: ValidationInfo) -> str:
        del info
        for entry in filter(None, (part.strip() for part in value.split(","))):
            platform, colon, user = entry.partition(":")
            if platform not in _PLATFORMS or not colon or not user:
                raise ValueError("lists platform:user, such as slack:U123,discord:456")
            if platform == "discord" and not user.isdecimal():
                raise ValueError("names people on Discord by their number (Developer Mode, then Copy User ID)")
        return value

    def speaks_slack(self) -> bool:
        """Whether one Slack workspace, or many, are to be served."""
        return bool(self.slack_bot_token.get_secret_value() or self.slack_client_id)

    def speaks_discord(self) -> bool:
        """Whether Discord is to be served."""
        return bool(self.discord_token.get_secret_value())

    def weights(self) -> Weights:
        """What counts how much in a round. The window is each academy's own choice."""
        return Weights(
            need_offer=self.brobygger_weight_need_offer,
            theme=self.brobygger_weight_theme,
            sector_balance=self.brobygger_weight_sector_balance,
            novelty=self.brobygger_weight_novelty,
            draw=self.brobygger_weight_draw,
            new_first=self.brobygger_new_first,
        )

    def first_organisers(self) -> frozenset[str]:
        """The entries of ``BROBYGGER_ORGANISERS``."""
        return frozenset(filter(None, (part.strip() for part in self.brobygger_organisers.split(","))))


def slack_problem(settings: Settings) -> str:
    """What is missing for Slack, as one sentence that begins with the setting; empty where it is whole, or not wanted."""
    token, app = settings.slack_bot_token.get_secret_value(), settings.slack_app_token.get_secret_value()
    many = settings.slack_client_id, settings.slack_client_secret.get_secret_value()
    if any(many) and not all(many):
        return "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET: set both or neither"
    if token and not token.startswith("xox"):
        return "SLACK_BOT_TOKEN: begins with xoxb-; copy the Bot User OAuth Token from the app's page"
    if app and not app.startswith("xapp"):
        return "SLACK_APP_TOKEN: begins with xapp-; make an app-level token with the scope connections:write"
    hears = app or settings.slack_signing_secret.get_secret_value()
    if (token or all(many)) and not hears:
        return "SLACK_APP_TOKEN or SLACK_SIGNING_SECRET: set one, so that Slack can reach the bot (a socket, or HTTP)"
    if hears and not token and not all(many):
        return "SLACK_BOT_TOKEN: set it for one workspace, or SLACK_CLIENT_ID and SLACK_CLIENT_SECRET for many"
    return ""


def discord_problem(settings: Settings) -> str:
    """What is wrong with Discord's settings, in the same way."""
    token = settings.discord_token.get_secret_value()
    if not token or _DISCORD_TOKEN.fullmatch(token):
        return ""
    where = "Developer Portal, your application, Bot, Reset Token"
    if token.casefold().startswith(("bot ", "bearer ")):
        return "DISCORD_TOKEN: leave out the word before the token"
    if token.isdecimal():
        return f"DISCORD_TOKEN: that is the application's ID; the bot's token is found under {where}"
    return f"DISCORD_TOKEN: has three parts with dots between them; copy it again: {where}"


def read_settings(**given: str | int) -> Settings:
    """The settings; ``given`` ones (from the command line) win. Raises SettingsError with one sentence a problem."""
    try:
        return Settings(**given)  # type: ignore[arg-type]  # pydantic checks each value; that is what it is for
    except ValidationError as error:
        told = [_problem(entry["loc"], str(entry["msg"])) for entry in error.errors()]
        raise SettingsError([line for problem in told for line in problem.splitlines()]) from None


def _problem(place: tuple[int | str, ...], said: str) -> str:
    reason = said.removeprefix("Value error, ")
    # What several settings say together names them itself.
    return f"{str(place[0]).upper()}: {reason[:1].lower()}{reason[1:]}" if place else reason


def spoken_language() -> str:
    """The language of the command line: English, as its help is, unless ``BROBYGGER_LANGUAGE`` says otherwise."""
    try:
        settings = read_settings()
    except SettingsError:
        return "en"
    return settings.brobygger_language if "brobygger_language" in settings.model_fields_set else "en"
