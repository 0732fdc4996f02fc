"""``brobygger run`` on its own settings, but for the pace: what the usual limits spread over an hour is played in seconds."""

import asyncio
import faulthandler
import signal
from datetime import timedelta

from bot.deliveries.limits import Limits
from bot.logs import set_up_logs
from bot.serving import serve
from bot.settings import read_settings
from bot.terminal import say

# A process that is starved on a busy machine is not to outlive its lease for that.
LIMITS = Limits(
    lease=timedelta(seconds=6),
    call=timedelta(seconds=3),
    polls=timedelta(seconds=0.5),
    settles=timedelta(seconds=0.3),
    first_pause=timedelta(seconds=0.1),
    longest_pause=timedelta(seconds=0.5),
    lane_rests={"slack": timedelta(0), "discord": timedelta(0)},
)


def main() -> None:
    # Whoever hangs is asked where.
    faulthandler.register(signal.SIGUSR1)
    read = read_settings()
    set_up_logs(read.brobygger_log)
    asyncio.run(serve(read, say, LIMITS, {}))


if __name__ == "__main__":
    main()
