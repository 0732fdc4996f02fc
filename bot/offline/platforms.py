"""``brobygger slack`` and ``brobygger discord``: what a platform has to be told so that the bot comes there.

Whoever asks has no token yet, or half of them.
"""

from typing import Annotated

import typer

from bot.terminal import run_async, say, stop, told


def slack_manifest(
    url: Annotated[
        str, typer.Option(metavar="URL", help="Slack calls this address (https). Without: over a socket.")
    ] = "",
    many: Annotated[
        bool, typer.Option("--many", help="With --url: other workspaces install the app, too, at URL/slack/install.")
    ] = False,
    prefix: Annotated[
        str | None, typer.Option(metavar="WORD", help="Stands before every command: bro makes /bro-profile.")
    ] = None,
    language: Annotated[str | None, typer.Option(metavar="da|en", help="Of the descriptions.")] = None,
) -> None:
    """Prints the app's manifest, to paste into Slack: api.slack.com/apps, Create New App, From a manifest."""
    with told():
        if many and not url:
            stop("--many needs --url: other workspaces install the app through the bot's own pages.", status=2)
        from bot.settings import read_settings

        # Whoever makes the app has no token of it yet, or half of them.
        given = {"brobygger_public_url": url, "brobygger_prefix": prefix, "brobygger_language": language}
        tokens = dict.fromkeys(("bot_token", "app_token", "signing_secret", "client_id", "client_secret"), "")
        settings = read_settings(
            **{name: value for name, value in given.items() if value is not None},
            **{f"slack_{name}": value for name, value in tokens.items()},
        )
        from zoneinfo import ZoneInfo

        from adapters.slack.manifest import Wanted, manifest
        from bot.words import Languages
        from commands import COMMANDS

        words = Languages.load(prefix=settings.brobygger_prefix).words(settings.brobygger_language, ZoneInfo("UTC"))
        wanted = Wanted(settings.brobygger_public_url, many, settings.brobygger_prefix)
        typer.echo(manifest(COMMANDS, words, wanted))
        if wanted.url and not wanted.url.startswith("https://"):
            say("Slack itself calls https addresses only; this one is for trying out.")


def discord_invite(
    application: Annotated[
        str, typer.Option("--application", metavar="ID", help="Instead of asking Discord whose DISCORD_TOKEN is.")
    ] = "",
) -> None:
    """Prints the link that brings the bot into a server, with the few permissions that it needs."""
    with told():
        if application and not application.isdecimal():
            stop("--application is a number: Developer Portal, your application, Application ID.", status=2)
        from adapters.discord.invite import invite_link, own_link

        if application:
            typer.echo(invite_link(int(application)))
            return
        from bot.settings import read_settings

        typer.echo(run_async(own_link(read_settings())))
