"""Which installation a request belongs to: a team's own, or that of the whole organisation (Enterprise Grid)."""

from dataclasses import dataclass

_TEAM, _ENTERPRISE = "team", "enterprise"
_ORGANISATION = "E"  # an id begins with it


@dataclass(frozen=True, slots=True)
class Team:
    """One installation: of a team (``T…``) or, with ``org_wide``, of an organisation (``E…``)."""

    id: str
    org_wide: bool = False

    @property
    def external(self) -> str:
        """What the workspace is known by in the directory."""
        return f"{_ENTERPRISE if self.org_wide else _TEAM}:{self.id}"

    @property
    def team_id(self) -> str | None:
        """As the library's stores want it."""
        return None if self.org_wide else self.id

    @property
    def enterprise_id(self) -> str | None:
        """As the library's stores want it."""
        return self.id if self.org_wide else None


def meant_by(team: str | None, enterprise: str | None, *, org_wide: bool) -> tuple[Team, ...]:
    """The installations that a request may come from, the likeliest first.

    Not every payload of an organisation's installation says that it is one, so the organisation is looked at after the
    team; never the other way round. Where a modal was opened Slack names the organisation in the team's place.
    """
    if team and team.startswith(_ORGANISATION):
        team, enterprise = None, enterprise or team
    whole = (Team(enterprise, org_wide=True),) if enterprise else ()
    if org_wide or not team:
        return whole
    return (Team(team), *whole)


def read_external(external: str) -> Team | None:
    """The installation behind a workspace; None for one that is not of Slack."""
    kind, _, id_ = external.partition(":")
    if kind not in (_TEAM, _ENTERPRISE) or not id_:
        return None
    return Team(id_, org_wide=kind == _ENTERPRISE)
