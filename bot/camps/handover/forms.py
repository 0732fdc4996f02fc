"""The dialogs after a camp: who came, how it was, and the notes of the day."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from bot.camps.domain import Answer, Camp, Signup
from bot.camps.handover.actions import SayHowItWas, TickWhoCame, WriteDayNotes
from bot.camps.handover.cards import rating_name
from bot.camps.handover.domain import Opinion, Rating
from bot.camps.handover.service import MOST_NOTES, AfterCamp
from bot.camps.stations.remembering import stays_away
from bot.identity import MemberId
from bot.messages.elements import Choice
from bot.messages.forms import ChoiceField, Form, FormValue, MemberField, TextField
from bot.messages.text import clean, plain, shortened
from bot.words import Words

OTHER, RATING, GOES_ON, WORDS, NOTES = "other", "rating", "goes_on", "words", "notes"
_CAME = "came_"
# As many people as every platform shows in one list.
_A_LIST = 100
_LABEL = 75
_YES, _NO = "yes", "no"
_MOST_WORDS = 600


def came_form(after: AfterCamp, words: Words) -> Form:
    """Everybody who might have come; ticked are those who are known to have, or else had a seat."""
    listed = expected(after)
    ticked = {one.member for one in listed if (one.attended if after.ticked else not stays_away(one))}
    lists = [listed[start : start + _A_LIST] for start in range(0, len(listed), _A_LIST)]
    fields = [_list(after, number, some, ticked, words) for number, some in enumerate(lists, start=1)]
    return Form(
        title=words.say("Who came?"),
        submit=words.say("Keep"),
        action=TickWhoCame(after.camp.id),
        fields=(*fields, MemberField(OTHER, words.say("Somebody else who came"), hint=words.say("One at a time."))),
        intro=plain(words.say("Take the tick from those who did not come.")),
    )


def expected(after: AfterCamp) -> Sequence[Signup]:
    """Those who might have come, by name: who said yes or maybe, and whoever was noted before."""
    might = [
        one
        for one in after.signups
        if one.member in after.people and (one.answer in {Answer.YES, Answer.MAYBE} or one.attended is not None)
    ]
    return sorted(might, key=lambda one: (after.people[one.member].name.casefold(), one.member))


def who_came(values: Mapping[str, FormValue]) -> tuple[set[MemberId], MemberId | None]:
    """Those who are ticked, and somebody else."""
    ticked = [value for key, value in values.items() if key.startswith(_CAME) and isinstance(value, tuple)]
    other = values[OTHER]
    somebody = MemberId(UUID(str(other))) if other else None
    return {MemberId(UUID(one)) for some in ticked for one in some}, somebody


def how_form(camp: Camp, words: Words) -> Form:
    """Three questions."""
    ratings = tuple(Choice(one.value, rating_name(one, words)) for one in Rating)
    answers = (Choice(_YES, words.say("yes")), Choice(_NO, words.say("not this time")))
    return Form(
        title=words.say("How was it?"),
        submit=words.say("Send"),
        action=SayHowItWas(camp.id),
        fields=(
            ChoiceField(RATING, words.say("The day was …"), ratings, required=True),
            ChoiceField(GOES_ON, words.say("Did you meet somebody you want to go on with?"), answers),
            TextField(
                WORDS,
                words.say("What should we do differently?"),
                hint=words.say("Leave out names, also your own: everybody who organises can read it."),
                multiline=True,
                max_length=_MOST_WORDS,
            ),
        ),
        intro=plain(words.say("Nobody can see which answer is yours, and it can’t be changed afterwards.")),
    )


def opinion_of(values: Mapping[str, FormValue]) -> Opinion:
    """What came back."""
    goes_on = _one(values[GOES_ON])
    said = clean(str(values[WORDS] or "")).strip()
    return Opinion(Rating(_one(values[RATING])), goes_on == _YES if goes_on else None, said)


def notes_form(after: AfterCamp, words: Words) -> Form:
    """The notes of the day as they stand."""
    kept = after.handover
    return Form(
        title=words.say("Notes of the day"),
        submit=words.say("Show me how it looks"),
        action=WriteDayNotes(after.camp.id, kept.revision),
        fields=(
            TextField(
                NOTES,
                words.say("What did the day come to?"),
                hint=words.say("Ideas, agreements, who does what. Leave out what tells who a citizen is."),
                value=kept.notes,
                required=True,
                multiline=True,
                max_length=MOST_NOTES,
            ),
        ),
        intro=plain(words.say("You see it before anything goes out.")),
    )


def _list(
    after: AfterCamp, number: int, some: Sequence[Signup], ticked: Collection[MemberId], words: Words
) -> ChoiceField:
    names = [after.people[one.member] for one in some]
    choices = tuple(
        Choice(str(person.id), shortened(f"{person.name} ({person.organisation})", _LABEL)) for person in names
    )
    label = words.say("They came") if number == 1 else words.say("They came ({number})", number=number)
    chosen = tuple(str(person.id) for person in names if person.id in ticked)
    return ChoiceField(f"{_CAME}{number}", label, choices, value=chosen, multiple=True)


def _one(value: FormValue) -> str:
    return "".join(value) if isinstance(value, tuple) else ""
