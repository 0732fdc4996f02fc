"""What dialogues about camps have in common: a camp that is made, announced and answered."""

from datetime import UTC, datetime

from bot.camps.domain import Camp, CampState
from bot.messages.forms import Form, FormField, TextField
from tests.fake_chat import Posted
from tests.introductions_talk import Academy, Answer, Somebody, a_small_academy, buttons_of, words_of

# The clock of the tests stands at Monday 2 March 2026, 10:00 in Copenhagen; the camp is three weeks later, in another offset
# only a week after that.
CREATE = '/camp create "Camp 3" "22 march" "09.00-16.00" place:"Broparken, Rødovre"'
EVERYBODY = ("Olga", "Anna", "Bo", "Carl", "Dorte")


async def a_camp(more: str = "", *, academy: Academy | None = None, line: str = CREATE) -> Academy:
    """Olga makes a camp; nobody has heard of it."""
    academy = academy or await a_small_academy()
    made = await academy["Olga"].types(f"{line} {more}")
    assert "The camp is made." in made.text
    return academy


async def an_announced_camp(more: str = "", *, academy: Academy | None = None) -> Academy:
    """The camp, and everybody has the invitation."""
    academy = await a_camp(more, academy=academy)
    shown = await academy["Olga"].types("/camp invite")
    await academy["Olga"].presses(shown.buttons["Send the invitations"])
    await academy.delivers()
    return academy


async def camp_of(academy: Academy) -> Camp:
    """The only camp there is."""
    async with academy.memory.units(academy.workspace, reading=True) as work:
        (camp,) = await work.camps.in_states(tuple(CampState))
    return camp


def card_of(somebody: Somebody) -> str:
    """Their invitation, as it looks now."""
    return words_of(invitation_of(somebody).card)


def invitation_of(somebody: Somebody) -> Posted:
    """The first message about a camp."""
    return next(post for post in somebody.posts() if post.card.notice.startswith("Camp 3 · "))


def labels_of(somebody: Somebody) -> list[str]:
    """The buttons of their invitation, as it looks now."""
    return list(buttons_of(invitation_of(somebody).card))


def notices(somebody: Somebody) -> list[str]:
    """What came by itself after the invitation, a line each."""
    return [post.card.notice.partition(" · ")[0] for post in somebody.posts()[1:]]


def values_of(form: Form) -> dict[str, str | tuple[str, ...]]:
    """A form as it was shown, ready to be changed and sent."""
    return {field.key: _value(field) for field in form.fields}


async def edits(olga: Somebody, **changes: str) -> Answer:
    """Changes the camp through the form."""
    form = (await olga.types("/camp edit")).form
    return await olga.fills(form, **{**values_of(form), **changes})


def at(text: str) -> datetime:
    """An instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _value(field: FormField) -> str | tuple[str, ...]:
    if isinstance(field, TextField):
        return field.value
    value = getattr(field, "value", "")
    return value if isinstance(value, tuple) else str(value or "")
