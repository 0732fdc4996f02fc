"""What somebody who looks after the service sees: figures and reasons while it works, a calm end in the middle of its work,
and logs in which each thing can be followed and nobody is named."""

import asyncio
import json
import re
from pathlib import Path

import httpx
from prometheus_client.parser import text_string_to_metric_families

from tests.end_to_end.houses import free_port
from tests.end_to_end.killing import Academy, academy, planned, replicas, states

MEMBERS = 72
SECRET = "Kagemanden-kommer-klokken-ni"
# What people are called, what they wrote, and where they are.
PLANTED = re.compile(
    rf"{SECRET}|Slack \d|Discord \d|Organisation|Akademiet|loneliness|premises|Hemmelig|maja@example|010190",
    re.IGNORECASE,
)
_PATIENCE = 40.0


async def announced(here: Academy) -> None:
    """The organiser sends one to everybody, after some words that the bot could not use."""
    organiser = here.here[0]
    for typed in ("Hemmelig besked til Maja", "new Hemmelig to:maja@example.org", "cancel 010190-1234"):
        await organiser.types("/announce", typed, here.general)
        if organiser.modal is not None:
            await organiser.closes(all_of_them=True)
    await organiser.types("/match", "find Hemmelig Maja", here.general)
    await here.there[0].types("/match find", term="Hemmelig Maja")
    await organiser.types("/announce", f"new {SECRET}", here.general)
    await organiser.until(lambda: any("Send now" in text for text in organiser.sees(here.general)), _PATIENCE)
    await organiser.presses("Send now")


async def test_the_service_tells_what_it_does_and_ends_calmly(sqlite_url: str, tmp_path: Path) -> None:
    async with academy(sqlite_url, tmp_path, MEMBERS) as here:
        port = free_port()
        settings = {**here.settings, "BROBYGGER_LOG": "json", "BROBYGGER_PORT": str(port)}
        async with (
            replicas(tmp_path, settings) as processes,
            httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=5) as operator,
            asyncio.timeout(120),
        ):
            await processes.start()
            await until_ready(operator)
            await announced(here)
            while here.said() < 40:  # noqa: ASYNC110 - two platforms, and nobody who tells of both
                await asyncio.sleep(0.02)
            told = await figures(operator)
            assert told["brobygger_database_up"] == 1
            assert told["brobygger_deliveries state=waiting"] > 0
            assert told["brobygger_academies state=active"] == 1
            assert told["brobygger_interaction_seconds_count kind=command outcome=sorry platform=slack"] >= 1
            assert told["brobygger_platform_call_seconds_count outcome=ok platform=slack"] >= 40
            async with asyncio.timeout(10):
                reasons = asyncio.create_task(reasons_until_gone(operator))
                await processes.stop()
            assert "stopping" in await reasons
            left = await states(sqlite_url)
            assert left["sending"] == 0
            assert left["waiting"] > 0
            await processes.start()
            await until_ready(operator)
            while (await states(sqlite_url))["sent"] < MEMBERS:  # noqa: ASYNC110 - another process's
                await asyncio.sleep(0.1)
            told = await figures(operator)
            assert told["brobygger_platform_call_seconds_count outcome=ok platform=discord"] > 0
            assert told["brobygger_delivery_seconds_count platform=discord"] > MEMBERS / 4
        copies = here.on_slack(SECRET) + here.on_discord(SECRET)
        assert len(copies) == MEMBERS
        assert set(copies.values()) == {1}
        assert await planned(sqlite_url) == 1
    lines = [json.loads(line) for log in tmp_path.glob("replica-*.log") for line in log.read_text().splitlines()
             if not line.startswith("Brobygger is running")]  # fmt: skip
    check_quiet(lines)
    check_followed(lines)


async def until_ready(operator: httpx.AsyncClient) -> None:
    while True:
        try:
            if (await operator.get("/readyz")).text == "ok":
                return
        except httpx.TransportError:
            pass
        await asyncio.sleep(0.05)


async def reasons_until_gone(operator: httpx.AsyncClient) -> set[str]:
    """All that /readyz answered until nobody did."""
    found: set[str] = set()
    while True:
        try:
            found.add((await operator.get("/readyz")).text)
        except httpx.TransportError:
            return found
        await asyncio.sleep(0.02)


async def figures(operator: httpx.AsyncClient) -> dict[str, float]:
    text = (await operator.get("/metrics")).text
    assert not PLANTED.search(text)
    return {
        sample.name + "".join(f" {key}={value}" for key, value in sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def check_quiet(lines: list[dict[str, object]]) -> None:
    """Nothing that anybody is called or wrote."""
    assert len(lines) > MEMBERS
    found = {match[0] for line in lines if (match := PLANTED.search(json.dumps(line, ensure_ascii=False)))}
    assert not found


def check_followed(lines: list[dict[str, object]]) -> None:
    """From the press to the schedule, and from its time to each try to deliver what it caused, in both processes."""
    said = [(str(line["message"]), str(line.get("trace", ""))) for line in lines]
    pressed = {trace for told, trace in said if told.startswith("Answered a press (ann")}
    planned = {trace: told.split()[1] for told, trace in said if "(announcement) comes due" in told}
    schedules = {told.split()[1] for told, _ in said if "(announcement) at" in told and told.endswith("done")}
    assert len(schedules) == 1
    assert schedules == {planned[trace] for trace in pressed if trace in planned}
    came_due = {trace for told, trace in said if "(announcement) at" in told and told.endswith("done")}
    sent = {trace for told, trace in said if told.startswith("Delivery") and "sent" in told and "(announce" in told}
    assert len(came_due) == 1
    assert came_due <= sent
