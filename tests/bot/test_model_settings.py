"""Which model the settings mean, what the doctor says of it, and that without one nothing leaves."""

import pytest

from adapters.summarisers.choice import asker_for, look_at_model
from bot.errors import SettingsError
from bot.notes.transcript import Line, Transcript
from bot.settings import Settings, read_settings
from tests.emulators.openai_server import error, openai_server

THREAD = Transcript((Line("1", "Mette Hansen", "Vi aftaler at mødes i køkkenet torsdag."),))


def settings(**given: str | int) -> Settings:
    return read_settings(_env_file="", **given)


async def test_without_a_model_the_rules_of_the_house_write() -> None:
    asker = asker_for(settings())
    assert asker.model == ""
    finding = await look_at_model(settings())
    assert finding.well
    assert "nothing leaves this machine" in finding.told
    assert (await asker.ask(await asker.prepare(THREAD, [], "da"))).written.note.agreements[0].sources == ("1",)


async def test_the_model_that_is_set_is_asked_for_what_is_masked_and_tells_its_price() -> None:
    with openai_server() as server:
        chosen = settings(openai_base_url=server.base, openai_model="small", openai_price_in="1000")
        asker = asker_for(chosen)
        assert asker.model == "small 127.0.0.1"
        asked = await asker.ask(await asker.prepare(THREAD, [], "da"))
        assert asked.written.cost.money == pytest.approx(1.0)
        assert b"Mette" not in b"".join(server.bodies)
        assert asked.written.note.summary[0].sources == ("1",)


async def test_the_doctor_asks_the_model() -> None:
    with openai_server() as server:
        chosen = settings(openai_base_url=server.base, openai_model="small", openai_timeout=5)
        finding = await look_at_model(chosen)
        assert (finding.well, finding.told) == (True, f"small at {server.base}, which answers and keeps to a form")
        server.knows, server.models = set(), ["other"]
        told = (await look_at_model(chosen)).told
        assert "does not list this model" in told
        assert "keeps to no form" in told
        server.replies = [error(401)]
        finding = await look_at_model(chosen)
        assert not finding.well
        assert "check OPENAI_API_KEY" in finding.told


@pytest.mark.parametrize(
    ("name", "value"),
    [("openai_context", 1000), ("openai_timeout", 0), ("openai_patience", "inf"), ("openai_price_in", -1)],
)
def test_settings_that_no_model_could_work_with_are_told(name: str, value: str | int) -> None:
    with pytest.raises(SettingsError, match=name.upper()):
        settings(**{name: value})
