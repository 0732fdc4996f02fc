"""Why a conversation cannot be read, as a kind sentence that says what to do next."""

from bot.errors import (
    ChatError,
    Gone,
    ModelAway,
    ModelBusy,
    ModelError,
    ModelKeyRefused,
    ModelUnknown,
    NotAllowed,
    NotThere,
    NotUnderstood,
    Phrase,
    Refused,
    Sorry,
    TooFast,
    TryLater,
    phrase,
)
from bot.threads import TOO_LONG

# What platforms say where the bot is not where it should read.
_NOT_INSIDE = frozenset(
    {"channel_not_found", "missing_access", "not_in_channel", "unknown_channel", "cannot_read_history"}
)
_KEPT_BACK = "no_message_content"
# Our own words: there was nothing to note down; and of a model, that its server did not answer, that it wrote nothing usable,
# that the draft was changed or went meanwhile.
EMPTY, AWAY, UNUSABLE = "empty", "model_away", "model_unusable"
CHANGED, WITHOUT_DRAFT = "draft_changed", "draft_gone"
# Its server lets us ask no more just now, does not know our key, or knows no such model.
BUSY, KEY, UNKNOWN = "model_busy", "model_key", "model_unknown"


def told_of(error: ChatError) -> Sorry:
    """What to say of it."""
    code = str(error)
    if code in _NOT_INSIDE:
        return NotAllowed(_not_inside())
    match error:
        case Refused() if code == _KEPT_BACK:
            return NotAllowed(_kept_back())
        case Refused() if code == TOO_LONG:
            return NotUnderstood(_too_long())
        case Gone():
            return NotThere(phrase("That conversation is not there any more, so there is nothing to read."))
        case TryLater():
            return TooFast(phrase("I am not let to read more just now. Please try again in some minutes."))
        case _:
            return NotThere(_unknown())


def told_by(code: str) -> Phrase:
    """The same where only the platform's word for it was kept."""
    if code in _NOT_INSIDE:
        return _not_inside()
    if code == _KEPT_BACK:
        return _kept_back()
    if code == TOO_LONG:
        return _too_long()
    return nothing_said() if code == EMPTY else _unknown()


def trouble_of(error: ModelError) -> str:
    """Our word for why a model wrote nothing."""
    match error:
        case ModelBusy():
            return BUSY
        case ModelAway():
            return AWAY
        case ModelKeyRefused():
            return KEY
        case ModelUnknown():
            return UNKNOWN
        case _:
            return UNUSABLE


def told_of_model(code: str) -> Phrase:
    """Why the draft is not the model's."""
    if code == CHANGED:
        return phrase("You changed the draft meanwhile, so I kept yours and not the model's.")
    if code == WITHOUT_DRAFT:
        return phrase("The model has written, but the draft is not there any more.")
    if code == BUSY:
        return phrase(
            "The model's server has too much to do just now. Your draft stays as it is; make the note anew in some minutes if you"
            " want the model to try again."
        )
    if code == KEY:
        return phrase(
            "The model's server does not accept our key. Tell whoever runs me: OPENAI_API_KEY has to be set anew. Your draft"
            " stays as it is."
        )
    if code == UNKNOWN:
        return phrase(
            "The model's server does not know the model, or our account there is used up. Tell whoever runs me: OPENAI_BASE_URL,"
            " OPENAI_MODEL and the account have to be looked at. Your draft stays as it is."
        )
    if code == AWAY:
        return phrase("The model's server did not answer. Your draft stays as it is, and nothing is lost.")
    return phrase("The model gave no usable answer. Your draft stays as it is, and nothing is lost.")


def nothing_said() -> Phrase:
    """Only bots wrote there, or nobody."""
    return phrase("I found nothing there that people have written, so there is nothing to note down.")


def too_little() -> Phrase:
    """Somebody said a word or two."""
    return phrase("Too little was said there to make a note of. Try again when there is more.")


def _not_inside() -> Phrase:
    return phrase(
        "I am not in that channel, so I cannot read along there. Add me to it (write @Brobygger there, or invite me), and try"
        " again."
    )


def _kept_back() -> Phrase:
    return phrase(
        "Discord does not show me what people write here. Whoever runs me can change that: in the Discord developer portal, under"
        " Bot, switch on Message Content Intent. Until then you can paste the conversation: {command}.",
        command=phrase("/note text"),
    )


def _too_long() -> Phrase:
    return phrase(
        "That is more than I can read in one go. Choose a shorter time, please: {command}.",
        command=phrase('/note make since:"monday"'),
    )


def _unknown() -> Phrase:
    return phrase(
        "I could not read that conversation. Please try again, or paste it: {command}.", command=phrase("/note text")
    )
