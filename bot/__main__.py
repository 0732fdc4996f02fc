"""The command line: ``brobygger``, the same as ``python -m bot``.

Nothing but Typer is imported before a command runs, so that ``--help`` is there at once. Errors are one plain sentence on
stderr; the exit status is 0 fine, 1 the work failed, 2 wrong use.
"""

import sys
from collections.abc import Callable, Coroutine, Generator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TypeVar

import typer

if TYPE_CHECKING:
    from bot.bootstrap import App
    from bot.identity import WorkspaceId
    from bot.settings import Settings
    from bot.words import Words

T = TypeVar("T")


def _group(told: str) -> typer.Typer:
    """Plain help, since the rich one takes twice as long to show."""
    return typer.Typer(
        help=told, no_args_is_help=True, rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False
    )


main_app = _group("Brobygger introduces members of an academy to one another, across sectors.")
members_app = _group("The roster: who is in the academy.")
database_app = _group("Migrations, and copies of what is kept.")
main_app.add_typer(members_app, name="members")
main_app.add_typer(database_app, name="database")


class Format(StrEnum):
    """How ``match`` prints rounds."""

    JSON = "json"
    TABLE = "table"
    CSV = "csv"


WorkspaceOption = Annotated[
    str, typer.Option("--workspace", metavar="ID", help="Which academy, where there is more than one.")
]


@main_app.command()
def demo(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free port.")] = 8080,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open a browser.")] = False,
    database: Annotated[
        str, typer.Option(metavar="URL", help="Where the demo is kept.")
    ] = "sqlite+aiosqlite:///data/demo.db",
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    anyone_may_be_anyone: Annotated[
        bool,
        typer.Option("--anyone-may-be-anyone", help="Said with --host: others on the network may act as any member."),
    ] = False,
) -> None:
    """The local workspace in the browser: an academy of invented members."""
    with _told():
        from bot.settings import LOOPBACK

        if host not in LOOPBACK and not anyone_may_be_anyone:
            _stop(
                f"In the demo anyone who opens the page can be any member, so it listens on this machine only. To open it to "
                f"the network all the same, say so twice: --host {host} --anyone-may-be-anyone",
                status=2,
            )
        settings = _settings(database_url=database, brobygger_host=host, brobygger_port=port)
        from bot.bootstrap import serve_demo

        _run(serve_demo(settings, open_browser=not no_browser, say=_say))


@main_app.command()
def run() -> None:
    """The service: every platform whose settings are present, and the web pages."""
    with _told():
        settings = _settings()
        from bot.bootstrap import serve

        _run(serve(settings, say=_say))


@main_app.command()
def doctor() -> None:
    """Tells what is configured, what is missing, and what to do about it."""
    with _told():
        settings = _settings()
        from bot.bootstrap import examine

        findings = _run(examine(settings))
        for finding in findings:
            typer.echo(f"{'ok     ' if finding.well else 'mend   '}{finding.what}: {finding.told}")
        if not all(finding.well for finding in findings):
            raise typer.Exit(1)


@members_app.command("import")
def members_import(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv")],
    workspace: WorkspaceOption = "",
) -> None:
    """Brings in a roster: all of it or nothing. Doing it again changes nothing."""
    with _told() as words:
        data = _read(file)

        async def work(app: "App", academy: "WorkspaceId") -> str:
            with _progress("Importing") as progress:
                report = await app.services.members.import_roster(academy, data, progress)
            return words().say(
                "{added} added, {changed} changed, {unchanged} as before.",
                added=report.added,
                changed=report.changed,
                unchanged=report.unchanged,
            )

        _say(_with_app(work, workspace))


@members_app.command("export")
def members_export(
    file: Annotated[Path | None, typer.Argument(metavar="[FILE.csv]", help="Without a file: to the terminal.")] = None,
    workspace: WorkspaceOption = "",
) -> None:
    """Writes the roster, in the form that import reads."""
    with _told():

        async def work(app: "App", academy: "WorkspaceId") -> bytes:
            return await app.services.members.export_roster(academy)

        data = _with_app(work, workspace)
        if file is None:
            sys.stdout.buffer.write(data)
        else:
            _write(file, data)


@members_app.command("erase")
def members_erase(
    member: Annotated[str, typer.Argument(metavar="ID", help="The member's id, or the id column of the roster.")],
    workspace: WorkspaceOption = "",
) -> None:
    """Makes the bot forget a member: profile, accounts, messages. A nameless trace stays for the figures."""
    with _told() as words:

        async def work(app: "App", academy: "WorkspaceId") -> str:
            await app.services.members.erase(academy, member)
            return words().say("Done. Everything about this member is gone.")

        _say(_with_app(work, workspace))


@main_app.command("match")
def match_rounds(
    members: Annotated[Path, typer.Option(metavar="FILE.csv", help="The roster.")],
    history: Annotated[Path | None, typer.Option(metavar="FILE.csv", help="Who met before: round,members.")] = None,
    rounds: Annotated[int, typer.Option(min=1, max=520, help="How many rounds, one after the other.")] = 1,
    size: Annotated[int, typer.Option(min=2, max=3, help="Pairs, or groups of three.")] = 2,
    seed: Annotated[int, typer.Option(help="The same seed gives the same rounds.")] = 0,
    form: Annotated[Format, typer.Option("--format", help="json, table or csv.")] = Format.TABLE,
) -> None:
    """Plans rounds from a spreadsheet, without a chat. Writes nothing."""
    with _told():
        import time
        from datetime import date

        from bot.introductions.printing import Terminal, print_rounds
        from bot.introductions.spreadsheet import Format as Form

        roster, past = _read(members), _read(history) if history else b""
        terminal = Terminal(typer.echo, _say, time.perf_counter, date.today())  # noqa: DTZ011 - the day where this runs
        print_rounds(roster, past, terminal, rounds=rounds, size=size, seed=seed, form=Form(form.value))


@database_app.command("upgrade")
def database_upgrade() -> None:
    """Brings the database to the form that this version needs."""
    with _told():
        settings = _settings()
        from bot.bootstrap import upgrade_database

        _run(upgrade_database(settings))
        _say("The database is up to date.")


@database_app.command("backup")
def database_backup(file: Annotated[Path, typer.Argument(metavar="FILE")]) -> None:
    """A consistent copy, also while the service is running."""
    with _told():
        settings = _settings()
        from bot.bootstrap import backup_database

        _run(backup_database(settings, file))
        _say(f"Copied to {file}.")


@database_app.command("restore")
def database_restore(file: Annotated[Path, typer.Argument(metavar="FILE")]) -> None:
    """Puts a copy back. The service must not be running."""
    with _told():
        settings = _settings()
        from bot.bootstrap import restore_database

        _run(restore_database(settings, file))
        _say("Restored.")


def _with_app(work: "Callable[[App, WorkspaceId], Coroutine[Any, Any, T]]", workspace: str) -> T:
    settings = _settings()
    from bot.bootstrap import opened_app, the_workspace

    async def whole() -> T:
        async with opened_app(settings) as app:
            academy = await the_workspace(app, workspace)
            return await work(app, academy.id)

    return _run(whole())


def _settings(**given: str | int) -> "Settings":
    from bot.logs import set_up_logs
    from bot.settings import read_settings

    settings = read_settings(**given)
    set_up_logs(settings.brobygger_log)
    return settings


def _run(work: "Coroutine[Any, Any, T]") -> T:
    import asyncio

    return asyncio.run(work)


@contextmanager
def _told() -> "Generator[Callable[[], Words], None, None]":
    """Turns the errors of the house into one plain sentence each, and the right exit status."""
    from bot.errors import BrobyggerError, InputError, SettingsError, Sorry

    def words() -> "Words":
        from zoneinfo import ZoneInfo

        from bot.settings import spoken_language
        from bot.words import Languages

        return Languages.load().words(spoken_language(), ZoneInfo("UTC"))

    try:
        yield words
    except SettingsError as error:
        _stop("These settings need a look:\n" + "\n".join(f"  {problem}" for problem in error.problems), status=2)
    except InputError as error:
        shown = error.problems[:50]
        lines = [words().tell(problem) for problem in shown]
        if len(error.problems) > len(shown):
            lines.append(words().say("... and {count} more.", count=len(error.problems) - len(shown)))
        _stop("\n".join(lines))
    except Sorry as error:
        _stop(words().tell(error.said))
    except BrobyggerError as error:
        _stop(f"That could not be done: {error}. Nothing was changed; `brobygger doctor` tells what needs a look.")
    except KeyboardInterrupt:
        raise typer.Exit(130) from None


@contextmanager
def _progress(label: str) -> Generator[Callable[[int, int], None], None, None]:
    """A progress bar on stderr; none where nobody looks."""
    if not sys.stderr.isatty():
        yield lambda _done, _all: None
        return
    with typer.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def show(done: int, of: int) -> None:
            bar.length = of
            bar.update(done - bar.pos)

        yield show


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        _stop(f"{file} cannot be read: {error.strerror}.", status=2)


def _write(file: Path, data: bytes) -> None:
    try:
        file.write_bytes(data)
    except OSError as error:
        _stop(f"{file} cannot be written: {error.strerror}.", status=2)


def _say(text: str) -> None:
    typer.echo(text, err=True)


def _stop(text: str, status: int = 1) -> NoReturn:
    typer.echo(text, err=True)
    raise typer.Exit(status)


def main() -> None:
    """The entry point of ``brobygger``."""
    main_app(prog_name="brobygger")


if __name__ == "__main__":
    main()
