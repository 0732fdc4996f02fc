"""The commands of the application, everywhere and in single guilds."""

from collections.abc import Sequence

from tests.emulators.discord_call import Call
from tests.emulators.discord_check import Wrong, check
from tests.emulators.discord_commands import commands_wrong
from tests.emulators.discord_rest import Route
from tests.emulators.discord_rules import refuse
from tests.emulators.discord_state import Json
from tests.emulators.discord_world import Problem, World


class CommandRoutes:
    def __init__(self, world: World) -> None:
        self.world = world

    def routes(self) -> Sequence[Route]:
        app = "/applications/{application}"
        return tuple(
            route
            for at in (f"{app}/commands", f"{app}/guilds/{{guild}}/commands")
            for route in (
                Route(f"GET {at}", self.commands),
                Route(f"PUT {at}", self.put_commands, "Command", rows=True),
                Route(f"POST {at}", self.add, "Command"),
                Route(f"GET {at}/{{command}}", self.one),
                Route(f"PATCH {at}/{{command}}", self.edit),
                Route(f"DELETE {at}/{{command}}", self.remove),
            )
        )

    def _set(self, call: Call) -> dict[str, Json]:
        if call["application"] != self.world.app.id:
            raise Problem(403, 20012, "You are not authorized to perform this action on this application")
        if "guild" not in call.params:
            return self.world.commands
        guild = self.world.guilds.get(call["guild"])
        if guild is None or not guild.installed:
            raise Problem(403, 50001, "Missing Access")
        return guild.commands

    def commands(self, call: Call) -> list[Json]:
        full = call.query.get("with_localizations") in ("1", "true", "True")
        rows = list(self._set(call).values())
        return rows if full else [_short(row) for row in rows]

    def put_commands(self, call: Call) -> list[Json]:
        """The whole set is replaced; who has the name of one that was there keeps its id."""
        held = self._set(call)
        refuse(commands_wrong(call.rows))
        known = {(row["type"], row["name"]): row["id"] for row in held.values()}
        made = [self._command(row, known, call.params.get("guild")) for row in call.rows]
        held.clear()
        held.update((row["id"], row) for row in made)
        return made

    def _command(self, row: Json, known: dict[tuple[int, str], str], guild: str | None) -> Json:
        kind = row.get("type") or 1
        wanted = row.get("default_member_permissions")
        told: Json = {
            "id": known.get((kind, row["name"])) or self.world.snowflake(), "application_id": self.world.app.id, "type": kind,
            "version": self.world.snowflake(), "name": row["name"], "name_localizations": row.get("name_localizations"),
            "description": row.get("description") or "", "description_localizations": row.get("description_localizations"),
            "default_member_permissions": None if wanted is None else str(wanted), "nsfw": bool(row.get("nsfw")),
            "integration_types": row.get("integration_types") or [0],
        }  # fmt: skip
        if guild is None:
            told["contexts"] = row.get("contexts")
            told["dm_permission"] = row.get("dm_permission") is not False
        else:
            told["guild_id"] = guild
        if row.get("options"):
            told["options"] = row["options"]
        return told

    # One by one

    def add(self, call: Call) -> Json:
        """One more; who has the name of one that is there takes its place."""
        held = self._set(call)
        known = {(row["type"], row["name"]): row["id"] for row in held.values()}
        row = call.body
        same = known.get((row.get("type") or 1, row["name"]))
        refuse(_alone(commands_wrong([*(_asked(one) for key, one in held.items() if key != same), row])))
        made = self._command(row, known, call.params.get("guild"))
        held[made["id"]] = made
        return made

    def _one(self, call: Call) -> tuple[dict[str, Json], Json]:
        held = self._set(call)
        if call["command"] not in held:
            raise Problem(404, 10063, "Unknown application command")
        return held, held[call["command"]]

    def one(self, call: Call) -> Json:
        return self._one(call)[1]

    def edit(self, call: Call) -> Json:
        """Changes what the body names."""
        held, row = self._one(call)
        after = {**_asked(row), **call.body}
        refuse(check("Command", after))
        others = [_asked(one) for one in held.values() if one is not row]
        refuse(_alone(commands_wrong([*others, after])))
        made = self._command(after, {(row["type"], after["name"]): row["id"]}, call.params.get("guild"))
        held[row["id"]] = made
        return made

    def remove(self, call: Call) -> None:
        held, row = self._one(call)
        del held[row["id"]]


def _alone(wrong: Sequence[Wrong]) -> list[Wrong]:
    """Mistakes of the last of a set, as if it had come alone."""
    return [(at[1:], code, words) for at, code, words in wrong]


_ASKED = (
    "name", "name_localizations", "description", "description_localizations", "options", "default_member_permissions",
    "contexts", "integration_types", "type", "nsfw", "dm_permission",
)  # fmt: skip


def _asked(row: Json) -> Json:
    """A command as it would be put again."""
    told = {name: row[name] for name in _ASKED if row.get(name) is not None}
    if row["type"] != 1:
        told.pop("description", None)
    return told


def _short(row: Json) -> Json:
    """Without the translations."""
    hidden = ("name_localizations", "description_localizations")
    return {name: value for name, value in row.items() if name not in hidden}
