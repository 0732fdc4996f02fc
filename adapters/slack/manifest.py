"""The app's manifest, made from the table of commands: what one pastes into Slack to make the app, or to bring it up to date.

Raises ValueError where the commands do not fit what Slack allows; a test keeps that from ever happening.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from adapters.slack.scopes import EVENTS, SCOPES
from bot.interactions import Command, Verb, Who
from bot.words import Words, prefixed

NAME = "Brobygger"
COLOUR = "#1f4e5f"

# What Slack allows, by its own schema of manifests.
MOST_COMMANDS, MOST_SHORTCUTS = 50, 10
LONGEST = {
    "name": 35,
    "description": 140,
    "display_name": 80,
    "command": 32,
    "command description": 2000,
    "usage_hint": 1000,
    "shortcut": 24,
    "shortcut description": 150,
    "callback_id": 255,
}
# Commands of Slack's own: where an app has one of these names, Slack refuses the whole manifest.
_SLACKS_OWN = (
    "active apps archive away call close collapse dm dnd expand feed feedback invite invite_people join keys kick leave me msg"
    " mute open part pro prefs remind remove rename s search shortcuts shrug star status topic unarchive who"
)
SLACKS_OWN = frozenset(_SLACKS_OWN.split())
_EVENTS_PATH, _REDIRECT_PATH = "/slack/events", "/slack/oauth_redirect"


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the app reaches the bot. Without ``url`` over a socket; ``many``: other workspaces install it, too, which needs
    a ``url``. ``prefix`` stands before every command."""

    url: str = ""
    many: bool = False
    prefix: str = ""


def manifest(commands: Sequence[Command], words: Words, wanted: Wanted) -> str:
    """The manifest as JSON, always the same for the same commands. Descriptions are in the language of ``words``."""
    return json.dumps(manifest_of(commands, words, wanted), indent=2, ensure_ascii=False)


def manifest_of(commands: Sequence[Command], words: Words, wanted: Wanted) -> Mapping[str, object]:
    """The same as a mapping."""
    shortcuts = list(_shortcuts(commands, words))
    slashes = list(_slashes(commands, words, wanted))
    if len(slashes) > MOST_COMMANDS or len(shortcuts) > MOST_SHORTCUTS:
        raise ValueError("there are more commands or shortcuts than Slack takes")
    features: dict[str, object] = {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": NAME, "always_online": True},
        "slash_commands": slashes,
    }
    if shortcuts:
        features["shortcuts"] = shortcuts
    return {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {
            "name": NAME,
            "description": _fitting(
                words.say("Introduces members of an academy to one another, across sectors."), "description"
            ),
            "long_description": words.say(
                "Brobygger introduces people who can help each other: what one looks for, the other has. In rounds, or when"
                " somebody asks, two members from different sectors each get a card with the reasons. Both say yes first;"
                " a no is never shown. Everything can be declined, paused and deleted with one line."
            ),
            "background_color": COLOUR,
        },
        "features": features,
        "oauth_config": {
            **({"redirect_urls": [f"{wanted.url}{_REDIRECT_PATH}"]} if wanted.many else {}),
            "scopes": {"bot": sorted(SCOPES)},
        },
        "settings": _settings(wanted),
    }


def _settings(wanted: Wanted) -> Mapping[str, object]:
    heard = {"request_url": f"{wanted.url}{_EVENTS_PATH}"} if wanted.url else {}
    options = {"message_menu_options_url": f"{wanted.url}{_EVENTS_PATH}"} if wanted.url else {}
    return {
        "event_subscriptions": {**heard, "bot_events": sorted(EVENTS)},
        "interactivity": {"is_enabled": True, **heard, **options},
        "org_deploy_enabled": wanted.many,
        "socket_mode_enabled": not wanted.url,
        # A token that was copied by hand could not be renewed.
        "token_rotation_enabled": wanted.many,
    }


def _slashes(commands: Iterable[Command], words: Words, wanted: Wanted) -> Iterator[Mapping[str, object]]:
    """Each command under its English and its Danish name."""
    for command in commands:
        hint = _hint(command, words)
        for name in sorted({command.name, *command.names.values()}, key=lambda name: (name != command.name, name)):
            if name in SLACKS_OWN and not wanted.prefix:
                raise ValueError("a command has the name of one of Slack's own")
            yield {
                "command": _fitting(prefixed(f"/{name}", wanted.prefix), "command"),
                **({"url": f"{wanted.url}{_EVENTS_PATH}"} if wanted.url else {}),
                "description": _fitting(words.say(command.summary), "command description"),
                **({"usage_hint": _fitting(hint, "usage_hint")} if hint else {}),
                "should_escape": True,
            }


def _hint(command: Command, words: Words) -> str:
    """What can follow: the verbs of members; those of organisers where there are no others."""
    named = [verb for verb in command.verbs if verb.name]
    shown = [verb for verb in named if verb.who is not Who.ORGANISER] or named
    names = [verb.names.get(words.language, verb.name) for verb in shown]
    return f"[{' | '.join(names)}]" if names else ""


def _shortcuts(commands: Iterable[Command], words: Words) -> Iterator[Mapping[str, object]]:
    for command in commands:
        for verb in command.verbs:
            for kind, names in (("global", verb.shortcut), ("message", verb.on_message)):
                if names:
                    yield {
                        "name": _fitting(names.get(words.language) or names["en"], "shortcut"),
                        "type": kind,
                        "callback_id": _fitting(callback_id(command, verb), "callback_id"),
                        "description": _fitting(words.say(verb.summary), "shortcut description"),
                    }


def callback_id(command: Command, verb: Verb) -> str:
    """What Slack calls a shortcut by: ``match.find``; the command alone for a verb without a name."""
    return f"{command.name}.{verb.name}" if verb.name else command.name


def _fitting(text: str, what: str) -> str:
    if not 0 < len(text) <= LONGEST[what]:
        raise ValueError(f"a {what} is empty or longer than Slack takes")
    return text
