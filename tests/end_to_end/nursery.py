"""Has the house loaded, and forks off process after process of it: ``python -m tests.end_to_end.nursery SOCKET``.

A process that answers one question, or that is killed and started twenty times, would spend most of its life loading libraries.
Each one that is started here is what ``python -m MODULE WORDS`` would be, in a folder, an environment and with files of its own;
``tests/end_to_end/born.py`` asks for it. What a start from nothing does is proven in ``test_command_line.py``.
"""

import atexit
import ctypes
import gc
import json
import os
import runpy
import select
import signal
import socket
import sys
import threading
import traceback
from contextlib import suppress
from importlib import import_module
from types import FrameType
from typing import NoReturn

_DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG
# Loaded here so that no process has to.
_LOADED = (
    "adapters.discord.checking", "adapters.discord.service", "adapters.embedders.choice", "adapters.planner",
    "adapters.slack.checking", "adapters.slack.service", "alembic.command", "bot.demo.academy", "bot.doctor",
    "bot.introductions.printing", "bot.introductions.simulation.season", "bot.introductions.spreadsheet", "bot.logs",
    "bot.matching.meanings.calibration", "bot.matching.meanings.vectors", "bot.matching.plan", "bot.offline.asking",
    "bot.offline.platforms", "bot.offline.rounds", "bot.offline.stations", "bot.serving", "bot.terminal",
    "multiprocessing.popen_spawn_posix", "storage.backup", "typer._adapters", "uvicorn.protocols.http.httptools_impl",
)  # fmt: skip


def goes_with_its_parent() -> None:
    """Where the tests themselves are killed, nobody stays behind."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGKILL)


def live(order: dict[str, str | list[str] | dict[str, str]], files: list[int]) -> NoReturn:
    """One process, to its end."""
    goes_with_its_parent()
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    module, words, folder, settings = order["module"], order["words"], order["folder"], order["settings"]
    assert isinstance(module, str)
    assert isinstance(words, list)
    assert isinstance(folder, str)
    assert isinstance(settings, dict)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(settings)
    sys.argv = [module, *words]
    status: int | str | None = 0
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        status = ended.code
    except BaseException:  # noqa: BLE001 - a process that ends says why
        traceback.print_exc()
        status = 1
    # What an interpreter does when it ends, but for taking apart all that is loaded.
    threading._shutdown()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status if isinstance(status, int) else int(status is not None))


def keep(asked: socket.socket) -> NoReturn:
    """Starts one process and tells its number; then waits for its end and tells how it ended."""
    goes_with_its_parent()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _, files, _, _ = socket.recv_fds(asked, 1, 3)
    with asked.makefile("rb") as lines:
        order = json.loads(lines.readline())
    child = os.fork()
    if child == 0:
        asked.close()
        live(order, files)
    for file in files:
        os.close(file)
    asked.sendall(b"%d\n" % child)
    _, status = os.waitpid(child, 0)
    asked.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))
    os._exit(0)


def bury(number: int, frame: FrameType | None) -> None:
    """Whoever kept a child and is done with it."""
    del number, frame
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def main(path: str) -> None:
    """Until its input ends, which is when its starter does."""
    for module in _LOADED:
        import_module(module)
    gc.freeze()
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(path)
        door.listen()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        signal.signal(signal.SIGCHLD, bury)
        while door in select.select((door, sys.stdin), (), ())[0]:
            asked, _ = door.accept()
            if os.fork() == 0:
                door.close()
                keep(asked)
            asked.close()


if __name__ == "__main__":
    main(sys.argv[1])
