"""A world kept in a file, so that it outlives the process.

The whole world is written after each change, to a new file that then takes the old one's place: whatever happens, the
file holds either the world before the change or the one after it. That is meant for a demonstration's world, not for
tens of thousands of members.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kiosk.atomic_file import replace_file
from kiosk.sandbox.entities import ENTITIES
from kiosk.sandbox.errors import WorldFileDamaged
from kiosk.sandbox.schema import Entity, Kind, Record, Value
from kiosk.sandbox.world import User, World

_VERSION = 1


def keep_in(path: Path, world: World) -> None:
    """Save `world` to `path` now and after each change."""
    world.on_change = lambda: save(path, world)
    save(path, world)


def save(path: Path, world: World) -> None:
    """Write `world` to `path`, all or nothing. Raises OSError."""
    with world.lock:
        replace_file(path, json.dumps(_written(world), ensure_ascii=False).encode())


def load(path: Path, now: Callable[[], datetime] | None = None) -> World:
    """The world that was saved to `path`.

    Raises FileNotFoundError when there is none, and WorldFileDamaged when the file does not hold one.
    """
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept["version"] != _VERSION:
            raise WorldFileDamaged(f"{path} holds a world of another version.")
        return _read(kept, World() if now is None else World(now))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise WorldFileDamaged(f"{path} does not hold a saved world.") from error


def _written(world: World) -> dict[str, object]:
    return {
        "version": _VERSION,
        "users": [{**asdict(user), "denied": sorted(user.denied)} for user in world.users.values()],
        "refresh_serials": world.refresh_serials,
        "next_ids": world.next_ids,
        "records": {
            entity.name: [{name: _plain(value) for name, value in record.items()} for record in world.rows(entity)]
            for entity in ENTITIES
        },
    }


def _plain(value: Value) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def _read(kept: dict[str, Any], world: World) -> World:
    for each in kept["users"]:
        user = User(**{**each, "businesses": tuple(each["businesses"]), "denied": frozenset(each["denied"])})
        world.users[user.email.lower()] = user
    world.refresh_serials.update(kept["refresh_serials"])
    for entity in ENTITIES:
        for row in kept["records"].get(entity.name, ()):  # a file from before there was such an entity
            world.restore(entity, Record({name: _value(entity, name, value) for name, value in row.items()}))
    world.next_ids.update(kept["next_ids"])
    return world


def _value(entity: Entity, name: str, plain: Any) -> Value:
    kind = entity.field(name).kind
    if plain is None:
        return None
    if kind is Kind.TIME:
        return datetime.fromisoformat(plain).astimezone(UTC)
    if kind is Kind.IDS:
        return tuple(plain)
    if not isinstance(plain, str | int):
        raise TypeError(name)
    return plain
