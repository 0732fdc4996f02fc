"""Which academy the command line means, where a database holds several."""

from bot.errors import NotUnderstood, phrase
from bot.ports import Workspace, WorkspaceDirectory


async def meant_by(directory: WorkspaceDirectory, wanted: str) -> Workspace | None:
    """The only academy, or the one that is named by its id or by one of its homes; None where there is none at all yet.

    Raises NotUnderstood where there are several and none, or an unknown one, was named.
    """
    every = await directory.every()
    if not every and not wanted:
        return None
    chosen = [one for one in every if not wanted or wanted in (str(one.id), *await directory.externals(one.id))]
    if len(chosen) == 1:
        return chosen[0]
    known = ", ".join(f"{workspace.external} ({workspace.name})" for workspace in every)
    if wanted:
        raise NotUnderstood(phrase("There is no such academy here. There are: {known}.", known=known or "–"))
    raise NotUnderstood(phrase("There are several academies here. Choose one with --workspace: {known}.", known=known))
