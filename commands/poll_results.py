"""What one can take along from a poll: its numbers, its picture, the votes of a named one, and the day that was found."""

from bot.camps.forms import plan_form
from bot.camps.reading import Written as CampWritten
from bot.errors import NotAllowed, NotThere, phrase
from bot.identity import PollId
from bot.interactions import Call, Who, answer
from bot.messages.elements import File
from bot.messages.replies import Hand, OpenForm, Replies
from bot.polls.actions import CampOfDay, HandDay, HandNumbers, HandPicture, HandVotes
from bot.polls.cards import sentence_card
from bot.polls.chart import chart
from bot.polls.counting import result_of
from bot.polls.domain import PollOption
from bot.polls.exports import best_days, day_file, numbers_file, votes_file
from bot.polls.naming import key_name
from bot.polls.resultcards import legend
from bot.polls.standing import Standing


async def numbers(call: Call, action: HandNumbers, _chosen: tuple[str, ...]) -> Replies:
    """The numbers as a file, to those who see them."""
    shown = await _told(call, action.poll)
    return (Hand(sentence_card(call.words.say("The numbers, for a spreadsheet.")), numbers_file(shown, call.words)),)


async def picture(call: Call, action: HandPicture, _chosen: tuple[str, ...]) -> Replies:
    """The result as a picture, with the same in words."""
    shown = await _told(call, action.poll)
    told, bars = legend(shown, call.words), result_of(shown.poll, shown.tally).bars
    names = [key_name(shown.poll, bar.key, call.words) for bar in bars]
    drawn = chart(bars, names, shown.poll.question, call.words.say("Lighter: if need be"))
    return (Hand(sentence_card(told), File("poll.png", "image/png", drawn, told)),)


async def votes(call: Call, action: HandVotes, _chosen: tuple[str, ...]) -> Replies:
    """Who said what, of a named poll, to whoever asked and to organisers."""
    poll, found = await call.services.polls.votes(call.arrival.workspace, action.poll, call.member)
    return (
        Hand(
            sentence_card(call.words.say("Who said what. Please keep it to yourself.")),
            votes_file(poll, found, call.words),
        ),
    )


async def day(call: Call, action: HandDay, _chosen: tuple[str, ...]) -> Replies:
    """The day that fits best, for a calendar."""
    shown = await _told(call, action.poll)
    file = day_file(shown.poll, _best(shown, action.day), call.now, call.words)
    return (Hand(sentence_card(call.words.say("The day, for your calendar.")), file),)


async def camp(call: Call, action: CampOfDay, _chosen: tuple[str, ...]) -> Replies:
    """Opens the form for a camp on the day that fits best."""
    shown = await _told(call, action.poll)
    found = _best(shown, action.day)
    local = (found.at or call.now).astimezone(call.words.zone)
    asks = shown.poll.question.endswith("?")
    hours = "" if found.whole_day else f"{call.words.clock(local)}-"
    written = CampWritten(name="" if asks else shown.poll.question, day=local.date(), hours=hours)
    return (OpenForm(plan_form(call.words, written)),)


async def _told(call: Call, poll: PollId) -> Standing:
    shown = await call.services.polls.look(call.arrival.workspace, poll)
    if not shown.poll.shows_now():
        raise NotAllowed(phrase("The numbers are told when the poll closes."))
    return shown


def _best(shown: Standing, wanted: str) -> PollOption:
    found = next((day for day in best_days(shown) if day.key == wanted), None)
    if found is None:
        raise NotThere(phrase("No day was found."))
    return found


ACTIONS = (
    answer(HandNumbers, numbers),
    answer(HandPicture, picture),
    answer(HandVotes, votes),
    answer(HandDay, day),
    answer(CampOfDay, camp, Who.ORGANISER),
)
