"""Who looks at which page in which language: every request is one member's, named in its address."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from adapters.web.front import Front
from adapters.web.hub import may_enter
from adapters.web.people import Person, person
from adapters.web.spots import PLATFORM
from bot.identity import Account, ConversationId, MemberId, MessageId
from bot.members.domain import Member, Sector
from bot.playground.domain import Conversation
from bot.ports import UnitOfWork
from bot.words import LANGUAGES, Words

THEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Visit:
    """A member at a window. ``words`` are the window's: in the language ``chosen`` there, or else the member's own."""

    member: Member
    words: Words
    sectors: Mapping[str, Sector]
    chosen: str = ""

    @property
    def account(self) -> Account:
        """The member's account here."""
        return Account(PLATFORM, str(self.member.id))

    def person(self, member: Member) -> Person:
        """Another member as this one sees them."""
        return person(member, self.sectors, self.words)


async def read_visit(front: Front, request: Request) -> Visit:
    """The member of the address. HTTP 404 for nobody, 410 for somebody who was erased."""
    async with front.units(front.workspace.id, reading=True) as work:
        return await visit_in(work, request, front)


async def visit_in(work: UnitOfWork, request: Request, front: Front) -> Visit:
    """The same within a unit of work that is open already."""
    member = await work.members.get(MemberId(_id(request, "member")))
    if member is None:
        raise HTTPException(404)
    if member.erased_at is not None:
        raise HTTPException(410)
    options = await work.vocabulary.options()
    sectors = {sector.key: sector for sector in await work.vocabulary.sectors()}
    zone = ZoneInfo(member.timezone or options.timezone)
    chosen = language_of(request, "")
    return Visit(member, front.languages.words(chosen or member.language, zone), sectors, chosen)


async def conversation_in(work: UnitOfWork, request: Request, member: MemberId) -> Conversation:
    """The conversation of the address. HTTP 404 where there is none that this member may enter."""
    found = await work.playground.conversation(ConversationId(_id(request, "conversation")))
    if found is None or not may_enter(member, found):
        raise HTTPException(404)
    return found


def message_id(request: Request) -> MessageId:
    """The message of the address."""
    return MessageId(_id(request, "message"))


def language_of(request: Request, otherwise: str) -> str:
    """The language chosen in the address or in this browser."""
    for wanted in (request.query_params.get("language"), request.cookies.get("language")):
        if wanted in LANGUAGES:
            return wanted
    return otherwise


def choose_language(response: Response, language: str) -> None:
    """Keeps the language in this browser, for a year."""
    response.set_cookie("language", language, max_age=31_536_000, samesite="lax")


def theme_of(request: Request) -> str:
    """``light``, ``dark``, or empty: as the system."""
    wanted = request.cookies.get("theme", "")
    return wanted if wanted in THEMES else ""


async def with_account(front: Front, visit: Visit) -> Member:
    """The member with an account here, given one if there was none: who is on the roster is known in this workspace."""
    if visit.account in visit.member.accounts:
        return visit.member
    async with front.units(front.workspace.id) as work:
        member = await work.members.get(visit.member.id)
        if member is None or member.erased_at is not None:
            raise HTTPException(410)
        if visit.account not in member.accounts:
            member = replace(member, accounts=(*member.accounts, visit.account))
            await work.members.put(member)
            await work.commit()
    return member


def _id(request: Request, name: str) -> UUID:
    found: object = request.path_params[name]
    if not isinstance(found, UUID):
        raise HTTPException(404)
    return found
