"""Which model writes case notes by the settings, and what the doctor is told of it.

A conversation can only leave through what is made here, and what is made here masks it first.
"""

from typing import TYPE_CHECKING

from adapters.summarisers.offline import OfflineSummariser
from bot.doctor import Finding
from bot.errors import ModelError
from bot.notes.asking import Asker
from bot.settings import Settings

if TYPE_CHECKING:
    from adapters.summarisers.openai_summariser import OpenaiSummariser

_NONE = "written by the rules of this house, and nothing leaves this machine; for a language model set OPENAI_MODEL"


def asker_for(settings: Settings) -> Asker:
    """Writes notes with the model that is set, or without one."""
    return Asker(_chosen(settings), OfflineSummariser())


async def look_at_model(settings: Settings) -> Finding:
    """Asks the server for one word in a form, since what is configured says little."""
    model = _chosen(settings)
    if model is None:
        return Finding("Case notes", well=True, told=_NONE)
    told = f"{settings.openai_model} at {settings.openai_base_url}"
    try:
        able = await model.look()
    except ModelError as error:
        return Finding(
            "Case notes", well=False, told=f"{told}: {error}; until then, the rules of this house write them"
        )
    told += ", which answers" if able.listed else ", which answers but does not list this model"
    if able.form:
        return Finding("Case notes", well=True, told=f"{told} and keeps to a form")
    return Finding("Case notes", well=True, told=f"{told} but keeps to no form: more of its answers are thrown away")


def _chosen(settings: Settings) -> "OpenaiSummariser | None":
    if not settings.openai_model:
        return None
    # The package takes half a second to load, and most installations ask no model.
    from adapters.summarisers.openai_chat import Server
    from adapters.summarisers.openai_errand import Bounds
    from adapters.summarisers.openai_summariser import OpenaiSummariser

    server = Server(
        settings.openai_base_url,
        settings.openai_api_key.get_secret_value(),
        settings.openai_model,
        settings.openai_timeout,
    )
    bounds = Bounds(
        settings.openai_context, settings.openai_patience, settings.openai_price_in, settings.openai_price_out
    )
    return OpenaiSummariser(server, bounds)
