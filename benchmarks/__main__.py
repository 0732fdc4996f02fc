"""Runs the benchmarks named on the command line, or all of them, and prints a table as they come."""

import importlib
import os
import sys
import time

BENCHMARKS = (
    "startup",
    "dispatch",
    "roster",
    "windows",
    "delivery",
    "clock",
    "pairing",
    "matching",
    "meaning",
    "novelty",
    "simulation",
    "weights",
    "stations",
    "large",
    "polls",
    "masking",
    "notes",
    "bank",
    "slack_votes",
    "slack_ack",
    "slack_sending",
    "discord_ack",
    "discord_sending",
    "discord_shards",
)


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; there are: {', '.join(BENCHMARKS)}", file=sys.stderr)
        return 2
    for name in names or BENCHMARKS:
        load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"
        print(f"\n{name} ({load})", flush=True)
        started = time.perf_counter()
        for row in importlib.import_module(f"benchmarks.{name}").rows():
            print(f"  {row.line()}", flush=True)
        print(f"  ({time.perf_counter() - started:.0f} s)", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
