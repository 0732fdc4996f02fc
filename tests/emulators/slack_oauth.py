"""Installation: the page where somebody allows the application, and the exchange of codes for tokens."""

import html
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlencode

from aiohttp import web

from tests.emulators.slack_call import Call, Method, Methods
from tests.emulators.slack_state import Json, State, Token
from tests.emulators.slack_world import Refusal, World

_CODE_LIVES = timedelta(minutes=10)


@dataclass(slots=True)
class _Code:
    team: str
    user: str
    scopes: tuple[str, ...]
    redirect: str
    org_wide: bool
    made: datetime
    used: bool = False


@dataclass(slots=True)
class OAuth:
    world: World
    codes: dict[str, _Code] = field(default_factory=dict)

    def methods(self) -> Methods:
        return {"oauth.v2.access": Method(self.access, (), 4, "none")}

    async def page(self, request: web.Request) -> web.Response:
        """``/oauth/v2/authorize``: who asks for what, with a button a signed-in person presses."""
        query = request.query
        app = self.world.app
        problem = ""
        if query.get("client_id") != app.client_id:
            problem = "Invalid client_id parameter"
        elif not query.get("scope"):
            problem = "No scopes requested"
        elif unknown := [s for s in query["scope"].split(",") if s not in app.scopes]:
            problem = f"Invalid permissions requested: {', '.join(unknown)}"
        elif not self._back(query) or (
            app.redirect_urls and not any(self._back(query).startswith(url) for url in app.redirect_urls)
        ):
            problem = "redirect_uri did not match any configured URIs"
        if problem:
            return web.Response(
                text=f"<html><p>{html.escape(problem)}</p></html>", content_type="text/html", status=400
            )
        fields = "".join(
            f'<input type="hidden" name="{html.escape(name)}" value="{html.escape(value)}">'
            for name, value in query.items()
        )
        text = (
            f"<html><h1>{html.escape(app.name)} is requesting permission</h1>"
            f'<form method="post" action="/oauth/v2/allow">{fields}<button>Allow</button></form></html>'
        )
        return web.Response(text=text, content_type="text/html")

    def allow(self, query: Mapping[str, str], team: State, user: str, *, org_wide: bool) -> str:
        """The address a person is sent back to after "Allow"."""
        code = secrets.token_hex(16)
        scopes = tuple(query["scope"].split(","))
        redirect = query.get("redirect_uri", "")
        self.codes[code] = _Code(team.id, user, scopes, redirect, org_wide, self.world.clock.now())
        return f"{self._back(query)}?{urlencode({'code': code, 'state': query.get('state', '')})}"

    def refuse(self, query: Mapping[str, str]) -> str:
        """The address after "Cancel"."""
        return f"{self._back(query)}?{urlencode({'error': 'access_denied', 'state': query.get('state', '')})}"

    def _back(self, query: Mapping[str, str]) -> str:
        """Where the person is sent: as asked, else the first address of the application's entry."""
        return query.get("redirect_uri") or (self.world.app.redirect_urls or ("",))[0]

    async def access(self, call: Call) -> Json:
        client, secret = call.basic or (call.text("client_id"), call.text("client_secret"))
        if client != self.world.app.client_id:
            raise Refusal("invalid_client_id")
        if secret != self.world.app.client_secret:
            raise Refusal("bad_client_secret")
        if call.text("grant_type") == "refresh_token":
            return self._refreshed(call.text("refresh_token"))
        code = self.codes.get(call.required("code", "invalid_code"))
        if code is None or self.world.clock.now() - code.made > _CODE_LIVES:
            raise Refusal("invalid_code")
        if code.used:
            raise Refusal("code_already_used")
        if call.text("redirect_uri") != code.redirect:
            raise Refusal("bad_redirect_uri")
        code.used = True
        team = self.world.teams[code.team]
        token = self.world.new_token(team, code.scopes, org_wide=code.org_wide)
        return self._told(team, token, code.user)

    def _refreshed(self, value: str) -> Json:
        old = next((t for t in self.world.tokens.values() if t.refresh and t.refresh == value and not t.revoked), None)
        if old is None:
            raise Refusal("invalid_refresh_token")
        old.refresh = ""
        team = next(iter(self.world.reach(old)))
        token = self.world.new_token(team, old.scopes, org_wide=bool(old.enterprise))
        return self._told(team, token, "")

    def _told(self, team: State, token: Token, user: str) -> Json:
        answer: Json = {
            "app_id": self.world.app.id,
            "scope": ",".join(token.scopes),
            "token_type": "bot",
            "access_token": token.value,
            "bot_user_id": token.user,
            "team": None if token.enterprise else {"id": team.id, "name": team.name},
            "enterprise": {"id": team.enterprise, "name": team.enterprise_name} if team.enterprise else None,
            "is_enterprise_install": bool(token.enterprise),
        }
        if user:
            answer["authed_user"] = {"id": user}
        if token.refresh:
            answer |= {"refresh_token": token.refresh, "expires_in": 43_200}
        return answer
