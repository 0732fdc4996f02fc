"""Times inside longer texts are asked about, and never acted upon; on Tuesday 3 March 2026 at 10:00 in Copenhagen."""

import pytest

from bot.times import Unclear, read_time
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
"""


@pytest.mark.parametrize(("typed", "wanted"), cases(ASKED, REFUSED))
def test_a_time_in_a_longer_text_is_asked_about(typed: str, wanted: str) -> None:
    assert understood(typed) == wanted


def test_it_says_that_it_is_not_sure() -> None:
    found = read_time("måske i morgen", NOW, COPENHAGEN, "da")
    assert isinstance(found, Unclear)
    assert "not sure" in found.question.message


def test_in_a_long_text_nobody_looks() -> None:
    assert understood("og " * 26 + "i morgen kl. 9") == "!unread"
