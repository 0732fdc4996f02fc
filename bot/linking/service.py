"""What handlers call to link accounts and academies."""

from collections.abc import Callable

from bot.linking.academies import AcademyLinks
from bot.linking.codes import new_code
from bot.linking.profiles import ProfileLinks
from bot.linking.proving import Proving
from bot.ports import Clock, Units, WorkspaceDirectory


class LinkService:
    """The use cases of linking, by what is linked. ``make`` makes codes."""

    def __init__(
        self, units: Units, directory: WorkspaceDirectory, clock: Clock, make: Callable[[], str] = new_code
    ) -> None:
        proving = Proving(units, directory, clock, make)
        self.profiles = ProfileLinks(units, clock, proving)
        self.academies = AcademyLinks(units, directory, proving)
