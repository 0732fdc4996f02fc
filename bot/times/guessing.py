"""The last resort: what dateparser makes of a text, in our languages and the neighbours'.

Our own grammar covers what our members write, and says so where it does not. The library knows many more spellings, and reads
something into almost anything; so what it finds is never acted upon, only asked about.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.errors import phrase
from bot.times.domain import Day, Unclear
from bot.times.pieces import Here
from bot.times.placing import placed

_LANGUAGES = ("da", "en", "nb", "sv", "de")
_LONGEST_GUESS = 60  # characters
_FARTHEST_YEARS = 10


def guessed(typed: str, here: Here, zone: ZoneInfo) -> Unclear | None:
    """A question about the one time that this might be; None where even the library sees none, or none to come."""
    if len(typed) > _LONGEST_GUESS or not any(letter.isdigit() for letter in typed):
        return None
    # A second of processor time to load, and hardly ever needed.
    from dateparser.date import DateDataParser

    parser = DateDataParser(
        languages=list(_LANGUAGES),
        settings={
            "RELATIVE_BASE": here.now.replace(tzinfo=None),
            "PREFER_DATES_FROM": "future",
            "DATE_ORDER": "DMY",
            "PARSERS": ["absolute-time"],
            "REQUIRE_PARTS": ["day", "month"],
            "RETURN_TIME_AS_PERIOD": True,
        },
    )
    found = parser.get_date_data(typed)
    at = found.date_obj
    if at is None or at.year > here.today.year + _FARTHEST_YEARS:
        return None
    return _asked(at.replace(tzinfo=None), found.period == "time", here, zone)


def _asked(at: datetime, timed: bool, here: Here, zone: ZoneInfo) -> Unclear | None:
    question = phrase("I am not sure that I read this rightly. Do you mean this?")
    if not timed:
        day = at.date()
        return Unclear(question, (Day(day, day),)) if day >= here.today else None
    moments = tuple(moment for moment in placed(at.replace(second=0, microsecond=0), zone) if moment.at > here.now)
    return Unclear(question, moments) if moments else None
