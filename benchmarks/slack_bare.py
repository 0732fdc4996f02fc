"""The peer of ``slack_ack``: the smallest application that the library allows, in a process of its own.

Every command is acknowledged and answered with the same message, as the library's own first example does it.
"""

import asyncio
import logging
import sys
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


def bare(api_url: str, token: str, secret: str) -> AsyncApp:
    """The application."""
    client = AsyncWebClient(token, base_url=api_url)
    app = AsyncApp(token=token, client=client, signing_secret=secret, logger=logging.getLogger("bare"))

    async def answer(ack: Any, say: Any) -> None:
        await ack()
        await say("Hello")

    app.command("/help")(answer)
    return app


async def main(transport: str, api_url: str, token: str, app_token: str, secret: str, port: int) -> None:
    app = bare(api_url, token, secret)
    if transport == "socket":
        client = AsyncWebClient(app_token, base_url=api_url)
        handler = AsyncSocketModeHandler(app, app_token, web_client=client)
        await handler.start_async()
        return
    import uvicorn
    from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler

    door = AsyncSlackRequestHandler(app)

    async def events(request: Request) -> Response:
        return await door.handle(request)

    routes = [Route("/slack/events", events, methods=["POST"])]
    config = uvicorn.Config(Starlette(routes=routes), port=port, log_config=None, access_log=False)
    await uvicorn.Server(config).serve()


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    asyncio.run(main(*sys.argv[1:6], int(sys.argv[6])))
