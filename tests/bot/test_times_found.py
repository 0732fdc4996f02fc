"""Times inside longer texts are asked about, and never acted upon; on Tuesday 3 March 2026 at 10:00 in Copenhagen."""

import pytest

from bot.times import Unclear, read_time
from bot.words import Languages
from tests.bot.test_times_danish import cases
from tests.bot.times_cases import COPENHAGEN, NOW, understood

ASKED = """
kan vi sige på fredag kl. 12? | ? 2026-03-06 12:00
måske i morgen | ? 2026-03-04
hvad med uge 12 | ? 2026-03-16..2026-03-22
vi mødes onsdag den 4. marts kl. 14.30 på rådhuset | ? 2026-03-04 14:30
husk kaffen i morgen tidlig | ? 2026-03-04 08:00~
could we meet on Friday at noon please | ? 2026-03-06 12:00
lad os mødes hver tirsdag kl. 9 | ? FREQ=WEEKLY;BYDAY=TU @ 2026-03-10 09:00
skriv til alle hver anden fredag kl. 14 om kampen | ? FREQ=WEEKLY;INTERVAL=2;BYDAY=FR @ 2026-03-06 14:00
kl. 3 hos os | ? 2026-03-03 15:00 | 2026-03-04 03:00
vis alle påmindelser for i morgen | ? 2026-03-04
9pm Elbonian tomorrow | ? 2026-03-04 21:00
i morgen hos Anna kl. 12 | ? 2026-03-04 12:00
vi mødes på fredag hos Anna kl. 12 | ? 2026-03-06 12:00
aflever planen sidst på dagen hver mandag | ? FREQ=WEEKLY;BYDAY=MO @ 2026-03-09 16:00~
"""

REFUSED = """
ikke i morgen | !unread
vi kan ikke på fredag kl. 12 | !unread
mandag passer os bedre end fredag | !unread
i morgen mellem 9 og 10 | !unread
fredag efter kl. 12 | !unread
fredag efter arbejde måske | !unread
hver tirsdag i lige uger | !unread
hver mandag kl. 9 i juni | !unread
hver mandag kl. 9 i maj | !unread
hver tirsdag hos jer eller hver fredag hos os | !unread
hver gang det regner | !unread
hver måned når lønnen kommer | !unread
den 30. februar på rådhuset | !unread
bestil frokost til os | !unread
det varer 2 uger for os | !unread
kan man sige det sådan | !unread
vi ses en dag i parken | !unread
hver mandag ved midnat | !unread
vi ses i morgen og så hver mandag | !unread
i morgen eller måske i overmorgen | !unread
i morgen hos Anna, i overmorgen hos Bo | !unread
"""


@pytest.mark.parametrize(("typed", "wanted"), cases(ASKED, REFUSED))
def test_a_time_in_a_longer_text_is_asked_about(typed: str, wanted: str) -> None:
    assert understood(typed) == wanted


@pytest.mark.parametrize(
    ("typed", "language", "question"),
    [
        ("måske i morgen", "da", "Jeg forstod ikke “måske”, kun resten. Er det det her, du mener?"),
        ("Grønkålsfesten, kl. 12!", "da", "Jeg forstod ikke “Grønkålsfesten”, kun resten. Er det det her, du mener?"),
        ("9pm Elbonian tomorrow", "en", "I didn't understand “Elbonian”, only the rest. Do you mean this?"),
        ("Thursday at noon, Elbonian clock", "en", "I didn't understand “Elbonian”, “clock”, only the rest. Do you mean this?"),
        ("bimonthly on the 1st at 9", "en", "I didn't understand “bimonthly”, only the rest. Do you mean this?"),
        ("every monday 9am Elbonian", "en", "I didn't understand “Elbonian”, only the rest. Do you mean this?"),
        ("could we meet on Friday at noon", "en", "I understood only “on Friday at noon” of that. Do you mean this?"),
        ("vi mødes på fredag hos Anna kl. 12", "da", "Jeg forstod kun “på fredag … kl 12” af det. Er det det her, du mener?"),
        # Where the spelling was mended across a space, the word is told as it was read.
        ("Sildefesten kl. 9 p. m.", "da", "Jeg forstod ikke “sildefesten”, kun resten. Er det det her, du mener?"),
    ],
)  # fmt: skip
def test_it_says_what_it_did_not_understand(typed: str, language: str, question: str) -> None:
    found = read_time(typed, NOW, COPENHAGEN, language)
    assert isinstance(found, Unclear)
    assert Languages.load().words(language, COPENHAGEN).tell(found.question) == question


def test_in_a_long_text_nobody_looks() -> None:
    assert understood("og " * 26 + "i morgen kl. 9") == "!unread"
