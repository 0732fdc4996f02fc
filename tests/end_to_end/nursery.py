"""Has the service loaded, and forks off process after process of it: ``python -m tests.end_to_end.nursery``.

A process that is killed and started twenty times would spend most of its life loading libraries. Each process that this
one starts is ``brobygger run`` on its own settings, but for the pace: what the usual limits spread over an hour is played
in seconds.
"""

import asyncio
import ctypes
import faulthandler
import json
import os
import signal
import sys
import traceback
from datetime import timedelta

import adapters.discord.service
import adapters.slack.service
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
_DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG
# Loaded here so that no process has to.
LOADED = (adapters.discord.service, adapters.slack.service)


def live(settings: dict[str, str], folder: str, log: str) -> None:
    """One process of the service, to its end; where the tests themselves are killed, it goes with them."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGKILL)
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(out, 1)
    os.dup2(out, 2)
    # Whoever hangs is asked where.
    faulthandler.register(signal.SIGUSR1)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(settings)
    read = read_settings()
    set_up_logs(read.brobygger_log)
    asyncio.run(serve(read, say, LIMITS, {}))


def main() -> None:
    # Nobody waits for the children: those that end are gone at once.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            status = 1
            try:
                live(**order)
                status = 0
            except BaseException:  # noqa: BLE001 - a process that ends says why
                traceback.print_exc()
            finally:
                sys.stdout.flush()
                os._exit(status)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
