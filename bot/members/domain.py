"""Members, sectors and themes as values. Pure: no clock, no database, no platform."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.identity import Account, MemberId

# As those write whose keyboard has no Danish letters.
_SPELLED = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


class Role(StrEnum):
    """What a member may do. An organiser may run rounds and change what everybody sees."""

    MEMBER = "member"
    ORGANISER = "organiser"


class Consent(StrEnum):
    """What a member has answered to the invitation. Nobody is introduced before a ``YES``."""

    NOT_ASKED = "not_asked"
    ASKED = "asked"
    YES = "yes"
    NOT_NOW = "not_now"
    NEVER = "never"


class Side(StrEnum):
    """The two sides of a profile that find each other: what one looks for, another can give."""

    NEEDS = "needs"
    OFFERS = "offers"


@dataclass(frozen=True, slots=True)
class Sector:
    """One group of actors in society. ``key`` is stable (``municipality``); ``names`` by language; data, not code."""

    key: str
    names: Mapping[str, str]

    def name(self, language: str) -> str:
        """The sector's name in a language; English or the key where it has none."""
        return self.names.get(language) or self.names.get("en") or self.key


@dataclass(frozen=True, slots=True)
class Theme:
    """A social problem or field that the academy works on; members may name others as well."""

    key: str
    names: Mapping[str, str]

    def name(self, language: str) -> str:
        """The theme's name in a language; English or the key where it has none."""
        return self.names.get(language) or self.names.get("en") or self.key

    def goes_by(self, typed: str) -> bool:
        """Whether this is what somebody wrote: its key, or its name in any language; also where æ, ø and å are ae, oe and aa."""
        wanted = _as_typed(typed.strip())
        return wanted == _as_typed(self.key) or any(wanted == _as_typed(name) for name in self.names.values())


def _as_typed(text: str) -> str:
    return text.casefold().translate(_SPELLED)


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Words that mean the same to this academy, as an organiser wrote them: ``("minibus", "transport", "kørsel")``.

    ``key`` is the folded first word; a word of the academy's own wins over the table that comes with the bot.
    """

    key: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the academy. ``roster_id`` is the ``id`` column of the roster, kept so that an import is idempotent.

    ``roster_said``: marks of what the roster last said in each column, so that only what has changed there since is taken
    over. ``consent_at``: when the member was last asked, or answered. ``accounts``: messages go to the first.
    ``role_from``: the platform whose rights made an organiser of the member, for as long as it says so; empty where
    organisers, the roster or the settings did. ``shares_email``: shown to those the member is introduced to.
    ``announcements_muted``: wants none of them; ``notes_muted``: nothing about case notes; ``challenges_muted``: is
    asked about no challenges. ``away_since``: since when nobody is there under the account that is written to.
    """

    id: MemberId
    name: str
    organisation: str = ""
    sector: str = ""
    themes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    language: str = "da"
    email: str = ""
    roster_id: str = ""
    accounts: tuple[Account, ...] = ()
    role: Role = Role.MEMBER
    consent: Consent = Consent.NOT_ASKED
    paused_until: date | None = None
    intros_per_round: int = 1
    timezone: str = ""
    joined_at: datetime | None = None
    erased_at: datetime | None = None
    consent_at: datetime | None = None
    roster_said: str = ""
    role_from: str = ""
    shares_email: bool = False
    announcements_muted: bool = False
    notes_muted: bool = False
    challenges_muted: bool = False
    away_since: datetime | None = None

    def is_organiser(self) -> bool:
        """May run rounds, announcements and camps."""
        return self.role is Role.ORGANISER and self.erased_at is None

    def is_complete(self) -> bool:
        """Has what matching needs at the least: an organisation and a sector."""
        return bool(self.organisation and self.sector)

    def takes_part(self, today: date) -> bool:
        """May be introduced to somebody on this day: has said yes, is not paused, has not left, wants any at all, and is
        there to be asked."""
        return (
            self.erased_at is None
            and self.away_since is None
            and self.consent is Consent.YES
            and not self.is_paused(today)
            and self.intros_per_round > 0
            and self.is_complete()
        )

    def is_paused(self, today: date) -> bool:
        """``paused_until`` is the first day on which the member is back."""
        return self.paused_until is not None and today < self.paused_until

    def entries(self, side: Side) -> tuple[str, ...]:
        """The member's needs or offers."""
        return self.needs if side is Side.NEEDS else self.offers

    def account_on(self, platform: str) -> Account | None:
        """The member's account on a platform, if there is one."""
        return next((account for account in self.accounts if account.platform == platform), None)


@dataclass(frozen=True, slots=True)
class Reader:
    """As much of a member as one needs to answer them: ``language`` and ``timezone`` as the member has them."""

    id: MemberId
    language: str
    timezone: str


@dataclass(frozen=True, slots=True)
class Block:
    """``member`` asked never to be introduced to ``other``. Only ``member`` ever sees it."""

    member: MemberId
    other: MemberId
    at: datetime


class LinkKind(StrEnum):
    """What a code links: two accounts of one person, or two homes of one academy."""

    PROFILE = "profile"
    ACADEMY = "academy"


@dataclass(frozen=True, slots=True)
class LinkCode:
    """A code that was given out: for what, to whom and where, and until when it is good.

    ``proven``: the whole code was told, and not only the half that finds it.
    """

    kind: LinkKind
    member: MemberId
    account: Account
    good_until: datetime
    proven: bool = True


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: counts of rows."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


# The five groups of actors of the domain, in the alphabet's order of their keys: no sector is first.
SECTORS = (
    Sector("business", {"en": "business", "da": "erhvervsliv"}),
    Sector("civil_society", {"en": "civil society", "da": "civilsamfund"}),
    Sector("foundation", {"en": "foundation", "da": "fond"}),
    Sector("municipality", {"en": "municipality", "da": "kommune"}),
    Sector("research", {"en": "research", "da": "forskning"}),
)

THEMES = (
    Theme("ageing", {"en": "ageing", "da": "ældre"}),
    Theme("children", {"en": "children with special needs", "da": "børn med særlige behov"}),
    Theme("health", {"en": "health", "da": "sundhed"}),
    Theme("homelessness", {"en": "homelessness", "da": "hjemløshed"}),
    Theme("loneliness", {"en": "loneliness", "da": "ensomhed"}),
    Theme("sickness_benefit", {"en": "sickness benefit", "da": "sygedagpenge"}),
    Theme("youth", {"en": "young people", "da": "unge"}),
)


@dataclass(frozen=True, slots=True)
class WorkspaceOptions:
    """What an academy chooses for itself; every option has a default that suits a new one.

    ``announcements_approved``: a second organiser approves of each before it goes out. ``..._wait``: for whom, by default
    (:class:`bot.announcements.quiet.Waits`). ``..._missed``: what happens to those whose time passed while nothing ran
    (:class:`bot.schedules.domain.CatchUp`). ``camps_among_events``: whether a camp that is announced stands among the events of a
    Discord server. ``notes_model``: whether whoever makes a case note is asked before a model gets the masked text
    (:class:`bot.notes.modelling.Sends`); ``notes_objection_hours``: how long one may object before a note is open to all.
    """

    language: str = "da"
    timezone: str = "Europe/Copenhagen"
    names_before_yes: bool = True
    novelty_rounds: int = 12
    answer_days: int = 6
    follow_up_days: int = 7
    prefix: str = ""
    announcements_wait: str = "no"
    announcements_approved: bool = False
    announcements_missed: str = "within_six_hours"
    rounds_missed: str = "always"
    camps_among_events: bool = True
    notes_model: str = "ask"
    notes_objection_hours: int = 72
    extra: Mapping[str, str] = field(default_factory=dict[str, str])
