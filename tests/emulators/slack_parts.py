"""The parts of the emulator that people work through."""

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import parse_qsl, urljoin, urlsplit

import aiohttp

from tests.emulators.slack_answers import Answers
from tests.emulators.slack_delivery import Delivery
from tests.emulators.slack_messages import Store
from tests.emulators.slack_methods_views import ViewMethods, view_json
from tests.emulators.slack_oauth import OAuth
from tests.emulators.slack_payloads import Payloads
from tests.emulators.slack_state import Json, State, View
from tests.emulators.slack_world import World

_LINK = re.compile(r'href="([^"]*/oauth/v2/authorize[^"]*)"')
_MOST_STEPS = 10


@dataclass(slots=True)
class Parts:
    world: World
    store: Store
    views: ViewMethods
    answers: Answers
    payloads: Payloads
    delivery: Delivery
    oauth: OAuth

    def view_json(self, team: State, view: View) -> Json:
        return view_json(self.world, team, view)

    async def walk(self, url: str, team: State, user: str, *, allows: bool, org_wide: bool) -> str:
        """As a browser does: keeps cookies, follows redirects, presses the link to Slack and there "Allow"."""
        at = urlsplit(url)
        # Browsers keep secure cookies of this machine's own addresses too.
        jar = aiohttp.CookieJar(unsafe=True, treat_as_secure_origin=f"{at.scheme}://{at.netloc}")
        async with aiohttp.ClientSession(cookie_jar=jar) as browser:
            for _step in range(_MOST_STEPS):
                async with browser.get(url, allow_redirects=False) as response:
                    text = await response.text()
                    moved = response.headers.get("Location", "")
                    status = response.status
                if moved:
                    url = urljoin(url, moved)
                elif url.startswith(f"{self.world.origin}/oauth/v2/authorize") and status == 200:
                    asked = dict(parse_qsl(urlsplit(url).query))
                    answer = (
                        self.oauth.allow(asked, team, user, org_wide=org_wide) if allows else self.oauth.refuse(asked)
                    )
                    url = answer
                elif link := _LINK.search(text):
                    url = unescape(link[1])
                else:
                    return text
        raise AssertionError("the installation goes round in circles")
