"""A stage for the tests of the pages: an academy that is served, and a browser to look at it with."""

from dataclasses import dataclass

from playwright.async_api import Browser

from tests.adapters.web_academy import Academy


@dataclass(frozen=True, slots=True)
class Scene:
    """An academy that is being served, and a browser to look at it with."""

    academy: Academy
    browser: Browser
    url: str

    async def general(self, member: str = "anna") -> str:
        place = await self.academy.general()
        return f"{self.url}/as/{self._id(member)}/c/{place}"

    def home(self, member: str = "anna") -> str:
        return f"{self.url}/as/{self._id(member)}"

    def _id(self, member: str) -> object:
        return {"anna": self.academy.anna, "bo": self.academy.bo, "carla": self.academy.carla}[member].id
