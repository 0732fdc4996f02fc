"""Stands before every request: the right host, the same origin, and headers that let nothing foreign in.

The workspace has no passwords: whoever reaches the address may be anybody. So it must not be reachable through a foreign
name that was pointed at this machine (DNS rebinding), nor from a page of somebody else's.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
_CHANGES = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class Guard:
    """ASGI middleware. ``hosts``: the names that this workspace answers to, without a port."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on what may pass, and adds the headers to every answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        headers = Headers(scope=scope)
        if _name(headers.get("host", "")) not in self._hosts:
            await PlainTextResponse("This workspace does not answer under that name.", 421)(
                scope, receive, send_guarded
            )
        elif scope["method"] in _CHANGES and _foreign(headers):
            await PlainTextResponse("Only the workspace's own pages may do that.", 403)(scope, receive, send_guarded)
        else:
            await self._app(scope, receive, send_guarded)


def _name(host: str) -> str:
    """The name without its port, an IPv6 address with its brackets."""
    if host.startswith("["):
        return host[: host.find("]") + 1].casefold()
    return host.partition(":")[0].casefold()


def _foreign(headers: Headers) -> bool:
    """A browser names the page's origin with everything that changes something; programs need not."""
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc.casefold() != headers.get("host", "").casefold():
        return True
    return headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")
