"""The command line: ``brobygger``, the same as ``python -m bot``.

Nothing but Typer is imported before a command runs, so that ``--help`` is there at once. Errors are one plain sentence on
stderr; the exit status is 0 fine, 1 the work failed, 2 wrong use.
"""

import sys
from collections.abc import Callable, Coroutine
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from bot.errors import NotUnderstood
from bot.offline.masking import mask_text, unmask_text
from bot.offline.notes import make_note
from bot.offline.platforms import discord_invite, slack_manifest
from bot.offline.rounds import match_rounds
from bot.offline.stations import make_stations
from bot.terminal import (
    crashed,
    hear_crashes,
    progress_bar,
    read_file,
    run_async,
    say,
    stop,
    told,
    write_file,
    wrong_use,
)

if TYPE_CHECKING:
    from bot.bootstrap import App
    from bot.identity import WorkspaceId
    from bot.ports import Embedder
    from bot.settings import Settings

T = TypeVar("T")


class WhenFormat(StrEnum):
    """How an understood time is printed."""

    JSON = "json"
    TEXT = "text"


def _group(told: str) -> typer.Typer:
    """Plain help, since the rich one takes twice as long to show."""
    return typer.Typer(
        help=told, no_args_is_help=True, rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False
    )


main_app = _group("Brobygger introduces members of an academy to one another, across sectors.")
members_app = _group("The roster: who is in the academy.")
database_app = _group("Migrations, and copies of what is kept.")
slack_app = _group("What Slack has to know of this bot.")
discord_app = _group("How this bot comes into a Discord server.")
main_app.add_typer(members_app, name="members")
main_app.add_typer(database_app, name="database")
main_app.add_typer(slack_app, name="slack")
main_app.add_typer(discord_app, name="discord")


@main_app.callback()
def models(context: typer.Context) -> None:
    """Brobygger introduces members of an academy to one another, across sectors."""
    context.obj = _model


def _model(settings: "Settings") -> "Embedder | None":
    """The model that compares tags where there is no academy: asked for only then, so that all else starts at once."""
    from adapters.embedders.choice import chosen

    return chosen(settings)


# Those that need no academy are in bot/offline.
main_app.command("match")(match_rounds)
main_app.command("stations")(make_stations)
main_app.command("note")(make_note)
main_app.command("mask")(mask_text)
main_app.command("unmask")(unmask_text)
slack_app.command("manifest")(slack_manifest)
discord_app.command("invite")(discord_invite)


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
    with told():
        from bot.settings import LOOPBACK

        if host not in LOOPBACK and not anyone_may_be_anyone:
            stop(
                f"In the demo anyone who opens the page can be any member, so it listens on this machine only. To open it to "
                f"the network all the same, say so twice: --host {host} --anyone-may-be-anyone",
                status=2,
            )
        settings = _settings(database_url=database, brobygger_host=host, brobygger_port=port)
        from adapters.planner import ProcessPlanner

        planner = ProcessPlanner()
        try:
            if _is_new(database):
                # A new academy begins with the rounds of its past: who plans them loads beside everything else.
                planner.wake()
            from bot.serving import serve_demo

            run_async(serve_demo(settings, planner, open_browser=not no_browser, say=say))
        finally:
            planner.close()


def _is_new(database: str) -> bool:
    """Whether there is no SQLite file yet. What is on PostgreSQL cannot be told so quickly."""
    scheme, _, file = database.partition(":///")
    return scheme.startswith("sqlite") and not Path(file).exists()


@main_app.command()
def run() -> None:
    """The service: every platform whose settings are present, and the web pages."""
    with told():
        settings = _settings()
        from bot.serving import serve

        run_async(serve(settings, say=say))


@main_app.command()
def doctor() -> None:
    """Tells what is configured, what is missing, and what to do about it."""
    with told():
        settings = _settings()
        from bot.serving import examine

        findings = run_async(examine(settings))
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
    with told() as words:
        data = read_file(file)

        async def work(app: "App", academy: "WorkspaceId") -> str:
            with progress_bar("Importing") as progress:
                report = await app.services.members.import_roster(academy, data, progress)
            return words().say(
                "{added} added, {changed} changed, {unchanged} as before.",
                added=report.added,
                changed=report.changed,
                unchanged=report.unchanged,
            )

        say(_with_app(work, workspace))


@members_app.command("export")
def members_export(
    file: Annotated[Path | None, typer.Argument(metavar="[FILE.csv]", help="Without a file: to the terminal.")] = None,
    workspace: WorkspaceOption = "",
) -> None:
    """Writes the roster, in the form that import reads."""
    with told():

        async def work(app: "App", academy: "WorkspaceId") -> bytes:
            return await app.services.members.export_roster(academy)

        data = _with_app(work, workspace)
        if file is None:
            sys.stdout.buffer.write(data)
        else:
            write_file(file, data)


@members_app.command("erase")
def members_erase(
    member: Annotated[str, typer.Argument(metavar="ID", help="The member's id, or the id column of the roster.")],
    workspace: WorkspaceOption = "",
) -> None:
    """Makes the bot forget a member: profile, accounts, messages. A nameless trace stays for the figures."""
    with told() as words:

        async def work(app: "App", academy: "WorkspaceId") -> str:
            await app.services.members.erase(academy, member)
            return words().say("Done. Everything about this member is gone.")

        say(_with_app(work, workspace))


@database_app.command("upgrade")
def database_upgrade() -> None:
    """Brings the database to the form that this version needs."""
    with told() as words:
        settings = _settings()
        from bot.serving import upgrade_database

        run_async(upgrade_database(settings))
        say(words().say("The database is up to date."))


@database_app.command("backup")
def database_backup(file: Annotated[Path, typer.Argument(metavar="FILE")]) -> None:
    """A consistent copy, also while the service is running."""
    with told() as words:
        settings = _settings()
        from bot.serving import backup_database

        run_async(backup_database(settings, file))
        say(words().say("Copied to {file}.", file=str(file)))


@database_app.command("restore")
def database_restore(
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    replace: Annotated[bool, typer.Option("--replace", help="Do not keep the database that is there now.")] = False,
) -> None:
    """Puts a copy back, and keeps the database that is there now. The service must not be running."""
    with told() as words:
        settings = _settings()
        from bot.serving import restore_database

        restored = run_async(restore_database(settings, file, keep=not replace))
        say(words().count("Restored: {number} member.", "Restored: {number} members.", restored.members))
        if restored.before is not None:
            say(
                words().say(
                    "What was here before is kept in {file}. Delete that file when all is well.",
                    file=str(restored.before),
                )
            )
        if restored.on_their_way:
            say(
                words().count(
                    "{number} message was on its way in this copy. At the next start it is looked for on its platform "
                    "before it is sent, so that it does not arrive twice.",
                    "{number} messages were on their way in this copy. At the next start each is looked for on its platform "
                    "before it is sent, so that none arrives twice.",
                    restored.on_their_way,
                )
            )


@main_app.command()
def when(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A time as people write it, in Danish or English.")],
    now: Annotated[str, typer.Option(metavar="ISO", help="As if it were this time. Without: the present.")] = "",
    timezone: Annotated[
        str,
        typer.Option("--timezone", "--zone", metavar="TZ", help="The zone to read it in, such as Europe/Copenhagen."),
    ] = "",
    language: Annotated[str, typer.Option(metavar="da|en", help="The language of the one who wrote it.")] = "",
    form: Annotated[WhenFormat, typer.Option("--format", help="json, or text for people.")] = WhenFormat.JSON,
) -> None:
    """Tells how the bot understands a time, and what it would ask. Changes nothing."""
    with told() as words, wrong_use(words):
        from bot.offline.when import present, spoken_in, told_time

        spoken = spoken_in(language, timezone)
        at = present(now, spoken.zone) if now else datetime.now(spoken.zone)
        try:
            lines = list(told_time(text, at, spoken, as_json=form is WhenFormat.JSON))
        except NotUnderstood as error:
            stop(spoken.tell(error.said))
        for line in lines:
            typer.echo(line)


def _with_app(work: "Callable[[App, WorkspaceId], Coroutine[Any, Any, T]]", workspace: str) -> T:
    settings = _settings()
    from bot.bootstrap import opened_app, the_workspace

    async def whole() -> T:
        async with opened_app(settings) as app:
            academy = await the_workspace(app, workspace)
            return await work(app, academy.id)

    return run_async(whole())


def _settings(**given: str | int) -> "Settings":
    from bot.logs import set_up_logs
    from bot.settings import read_settings

    settings = read_settings(**given)
    set_up_logs(settings.brobygger_log)
    return settings


def main() -> None:
    """The entry point of ``brobygger``."""
    hear_crashes()
    try:
        main_app(prog_name="brobygger")
    except Exception as error:  # noqa: BLE001 - the last door: its text may hold what a person wrote
        crashed(error)


if __name__ == "__main__":
    main()
