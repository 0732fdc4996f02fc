"""The forms of members and their academy, and how what came back is read."""

from collections.abc import Mapping
from typing import assert_never
from zoneinfo import available_timezones

from bot.errors import Phrase, phrase
from bot.members.actions import BringRoster, EditOptions, EditProfile, NameOrganiser, PauseProfile
from bot.members.domain import Member, WorkspaceOptions
from bot.members.limits import INTROS, NAME, ORGANISATION, SENTENCE, TAG, TAGS
from bot.members.personal import PersonalData, personal_data
from bot.members.profile import Lists, Profile
from bot.messages.elements import Choice
from bot.messages.forms import (
    ChoiceField,
    DateField,
    FileField,
    Form,
    FormValue,
    ListField,
    MemberField,
    TextField,
)
from bot.messages.text import plain
from bot.words import Words

_OFFER_HINTS = ("premises", "volunteers", "data", "money", "access", "knowledge", "competence", "a network")
OPTION_NUMBERS = {"novelty_rounds": (1, 104), "answer_days": (1, 30)}
LANGUAGE_CHOICES = (Choice("da", "Dansk"), Choice("en", "English"))


def profile_form(member: Member, lists: Lists, words: Words, suggested: str = "") -> Form:
    """Who I am, what I look for, what I can give, how often. ``suggested``: the sector to begin with for who has none."""
    themes = tuple(words.in_order(theme.name(words.language) for theme in lists.themes))
    sectors = sorted(lists.sectors, key=lambda sector: words.sort_key(sector.name(words.language)))
    known, sector = {sector.key for sector in sectors}, member.sector or suggested
    # Somebody whose platform told no name is called by their account until they say who they are.
    name = "" if member.name in {account.user for account in member.accounts} else member.name
    return Form(
        title=words.say("Your profile"),
        submit=words.say("Save"),
        action=EditProfile(),
        intro=plain(words.say("Short and concrete works best. You can change everything later.")),
        fields=(
            TextField("name", words.say("Name"), value=name, required=True, max_length=NAME),
            TextField(
                "organisation",
                words.say("Organisation"),
                value=member.organisation,
                required=True,
                max_length=ORGANISATION,
            ),
            ChoiceField(
                "sector",
                words.say("Sector"),
                tuple(Choice(sector.key, sector.name(words.language)) for sector in sectors),
                hint=words.say("I introduce you to people from the other ones."),
                value=(sector,) if sector in known else (),
                required=True,
            ),
            ListField(
                "themes",
                words.say("Themes"),
                hint=words.say("What you work on, one a line: {examples} ...", examples=", ".join(themes[:3])),
                value=member.themes,
                suggestions=themes,
                max_items=TAGS,
                max_length=TAG,
            ),
            ListField(
                "needs",
                words.say("I look for"),
                hint=words.say("One a line, as concrete as you can: a room for 20 people on Mondays ..."),
                value=member.needs,
                suggestions=_offer_hints(words),
                max_items=TAGS,
                max_length=SENTENCE,
                sentences=True,
            ),
            ListField(
                "offers",
                words.say("I can offer"),
                hint=words.say("One a line: {examples} ...", examples=", ".join(_offer_hints(words)[:5])),
                value=member.offers,
                suggestions=_offer_hints(words),
                max_items=TAGS,
                max_length=SENTENCE,
                sentences=True,
            ),
            ChoiceField(
                "language",
                words.say("Language"),
                LANGUAGE_CHOICES,
                hint=words.say("The language in which I write to you."),
                value=(member.language,) if member.language in ("da", "en") else (words.language,),
                required=True,
            ),
            ChoiceField(
                "intros_per_round",
                words.say("Introductions a round"),
                tuple(Choice(str(number), words.number(number)) for number in range(INTROS + 1)),
                hint=words.say("How many you would like at most; 0 means none for now."),
                value=(str(min(member.intros_per_round, INTROS)),),
                required=True,
            ),
        ),
    )


def read_profile(values: Mapping[str, FormValue]) -> Profile:
    """The profile of a form that was read without a problem."""
    return Profile(
        name=text_of(values, "name"),
        organisation=text_of(values, "organisation"),
        sector=one_of(values, "sector"),
        themes=list_of(values, "themes"),
        needs=list_of(values, "needs"),
        offers=list_of(values, "offers"),
        language=one_of(values, "language"),
        intros_per_round=int(one_of(values, "intros_per_round")),
    )


def profile_problems(values: Mapping[str, FormValue]) -> dict[str, Phrase]:
    """What others would read and should not, by field."""
    found = {
        key: next(filter(None, map(personal_data, list_of(values, key))), None) for key in ("themes", "needs", "offers")
    }
    return {key: _without(kind) for key, kind in found.items() if kind is not None}


def pause_form(words: Words) -> Form:
    """Until when the break lasts."""
    return Form(
        title=words.say("Take a break"),
        submit=words.say("Start the break"),
        action=PauseProfile(),
        intro=plain(words.say("While you are away, I introduce you to nobody. I start again by myself.")),
        fields=(DateField("until", words.say("First day back"), required=True),),
    )


def organiser_form(words: Words) -> Form:
    """Who becomes an organiser."""
    return Form(
        title=words.say("Name an organiser"),
        submit=words.say("Name"),
        action=NameOrganiser(),
        intro=plain(words.say("An organiser can run rounds and see who has answered the invitation.")),
        fields=(MemberField("member", words.say("Member"), required=True),),
    )


def options_form(options: WorkspaceOptions, words: Words) -> Form:
    """What the academy chooses for itself."""
    return Form(
        title=words.say("The academy's options"),
        submit=words.say("Save"),
        action=EditOptions(),
        fields=(
            ChoiceField(
                "names",
                words.say("Names in a suggestion"),
                (
                    Choice("shown", words.say("shown at once")),
                    Choice("held_back", words.say("held back until both have said yes")),
                ),
                value=("shown" if options.names_before_yes else "held_back",),
                required=True,
            ),
            TextField(
                "novelty_rounds",
                words.say("Rounds before the same two may meet again"),
                value=str(options.novelty_rounds),
                required=True,
                max_length=3,
            ),
            TextField(
                "answer_days",
                words.say("Days to answer a suggestion"),
                value=str(options.answer_days),
                required=True,
                max_length=2,
            ),
            ChoiceField(
                "language",
                words.say("Language of new members"),
                LANGUAGE_CHOICES,
                value=(options.language,),
                required=True,
            ),
            TextField(
                "timezone",
                words.say("Time zone"),
                hint="Europe/Copenhagen",
                value=options.timezone,
                required=True,
                max_length=60,
            ),
        ),
    )


def roster_form(words: Words) -> Form:
    """The roster as a file."""
    return Form(
        title=words.say("Bring in a roster"),
        submit=words.say("Bring it in"),
        action=BringRoster(),
        intro=plain(
            words.say(
                "A CSV file with a line for each member. Name, organisation and sector are needed. If a line is wrong,"
                " nothing is brought in, and I tell you which."
            )
        ),
        fields=(FileField("file", words.say("File"), required=True, accepts=(".csv", ".txt")),),
    )


def option_problems(values: Mapping[str, FormValue]) -> dict[str, Phrase]:
    """What is wrong in the options, by field."""
    problems = {
        key: phrase("Please write a whole number from {least} to {most}.", least=least, most=most)
        for key, (least, most) in OPTION_NUMBERS.items()
        if not _whole_number(text_of(values, key), least, most)
    }
    if text_of(values, "timezone") not in available_timezones():
        problems["timezone"] = phrase(
            "I don't know that time zone. Try for example: {example}.", example="Europe/Copenhagen"
        )
    return problems


def text_of(values: Mapping[str, FormValue], key: str) -> str:
    """A text field's value."""
    value = values.get(key)
    return value if isinstance(value, str) else ""


def one_of(values: Mapping[str, FormValue], key: str) -> str:
    """What was chosen in a field that takes one choice."""
    return next(iter(list_of(values, key)), "")


def list_of(values: Mapping[str, FormValue], key: str) -> tuple[str, ...]:
    """The entries of a list field, or all that was chosen."""
    value = values.get(key)
    return value if isinstance(value, tuple) else ()


def _without(kind: PersonalData) -> Phrase:
    match kind:
        case PersonalData.CPR:
            return phrase("This looks like a CPR number. Others read what stands here, so please leave it out.")
        case PersonalData.EMAIL:
            return phrase("This looks like an e-mail address. Others read what stands here, so please leave it out.")
        case PersonalData.PHONE:
            return phrase("This looks like a phone number. Others read what stands here, so please leave it out.")
        case _:
            assert_never(kind)


def _offer_hints(words: Words) -> tuple[str, ...]:
    return tuple(words.say(_OFFER_HINTS[place]) for place in range(len(_OFFER_HINTS)))


def _whole_number(text: str, least: int, most: int) -> bool:
    return text.isascii() and text.isdecimal() and least <= int(text) <= most
