"""Makes the tables of the documentation from the code: ``python -m tests.readme``.

Each stands between two markers (``<!-- commands -->`` and ``<!-- /commands -->``); what is around them is a person's work.
"""

import inspect
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from pydantic import SecretStr

import bot.errors
from adapters.discord.scopes import PERMISSIONS, SHOWN
from adapters.slack.scopes import SCOPES
from bot.errors import BrobyggerError
from bot.interactions import Command, Verb, Who
from bot.settings import Settings
from commands import COMMANDS

ROOT = Path(__file__).parent.parent
_WHO = {Who.ALL: "everybody", Who.MEMBER: "members", Who.ORGANISER: "organisers"}


def commands_table(commands: Iterable[Command] = COMMANDS) -> str:
    """Every command and verb, with its Danish name where that is another one."""
    rows = [
        f"| {_called(command, verb)} | {_WHO[verb.who]} | {_cell(verb.summary)}{_example(verb)} |"
        for command in commands
        for verb in command.verbs
    ]
    return "\n".join(["| Command | Who | What |", "| --- | --- | --- |", *rows])


def _called(command: Command, verb: Verb) -> str:
    english = f"/{command.name} {verb.name}".rstrip()
    danish = f"/{command.names.get('da', command.name)} {verb.names.get('da', verb.name)}".rstrip()
    return f"`{english}`" if danish == english else f"`{english}` (`{danish}`)"


def _example(verb: Verb) -> str:
    return f": `{_cell(verb.example)}`" if verb.example else ""


def settings_table() -> str:
    """Every setting with its default, as it is written in the environment."""
    rows: list[str] = []
    for name, field in Settings.model_fields.items():
        default = field.default
        shown = (
            default.get_secret_value() if isinstance(default, SecretStr) else "" if default is None else str(default)
        )
        rows.append(f"| `{name.upper()}` | {f'`{shown}`' if shown else 'not set'} | {_cell(field.description or '')} |")
    return "\n".join(["| Setting | Default | What it does |", "| --- | --- | --- |", *rows])


def scopes_table() -> str:
    """What the app may do in Slack, each scope with its reason."""
    rows = [f"| `{scope}` | {_cell(reason)} |" for scope, reason in sorted(SCOPES.items())]
    return "\n".join(["| Scope | What the bot does with it |", "| --- | --- |", *rows])


def permissions_table() -> str:
    """What the bot may do in a Discord server, each permission with its reason, in the order of Discord's own pages."""
    rows = [f"| {SHOWN[name]} | {_cell(reason)} |" for name, reason in PERMISSIONS.items()]
    return "\n".join(["| Permission | What the bot does with it |", "| --- | --- |", *rows])


def errors() -> dict[str, type[BrobyggerError]]:
    """Every class of the error tree, in the order of the file."""
    return {
        name: value
        for name, value in vars(bot.errors).items()
        if inspect.isclass(value) and issubclass(value, BrobyggerError)
    }


def errors_table() -> str:
    """Every error with the one it is a kind of, and what it says of itself."""
    rows = [
        f"| `{name}` | {f'`{error.__base__.__name__}`' if error.__base__ else ''} | {_cell(inspect.getdoc(error) or '')} |"
        for name, error in errors().items()
    ]
    return "\n".join(["| Error | Is a | Meaning |", "| --- | --- | --- |", *rows])


def _cell(text: str) -> str:
    return " ".join(text.replace("``", "`").split()).replace("|", "\\|")


TABLES: Mapping[str, tuple[str, Callable[[], str]]] = {
    "commands": ("README.md", commands_table),
    "settings": ("README.md", settings_table),
    "scopes": ("README.md", scopes_table),
    "permissions": ("README.md", permissions_table),
    "errors": ("docs/errors.md", errors_table),
}


def put(text: str, name: str, table: str) -> str:
    """The text with the table between its markers. Raises LookupError where the markers are not there."""
    pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
    if not pattern.search(text):
        raise LookupError(f"there are no markers for {name}")
    return pattern.sub(lambda found: f"{found[1]}\n{table}\n\n{found[2]}", text)


def main() -> int:
    """Writes every table into its file."""
    for name, (file, make) in TABLES.items():
        path = ROOT / file
        path.write_text(put(path.read_text("utf-8"), name, make()), "utf-8")
        sys.stdout.write(f"{file}: {name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
