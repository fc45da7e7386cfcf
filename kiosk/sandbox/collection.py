"""The routes of one entity: list, batch, read, create, replace, delete, and its commands (contract 2)."""

from __future__ import annotations

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kiosk.sandbox import commands, rules
from kiosk.sandbox.answers import commanded, created, deleted, full_record, updated
from kiosk.sandbox.bodies import read_object
from kiosk.sandbox.lists import answer_batch, answer_list, batch_of
from kiosk.sandbox.schema import Entity
from kiosk.sandbox.sign_in import caller
from kiosk.sandbox.world import World

_VERB_OF_METHOD = {"POST": "Create", "PUT": "Edit", "DELETE": "Delete"}


def collection_routes(world: World, entity: Entity) -> list[Route]:
    """The routes that serve `entity`. Verbs it does not offer answer 405."""
    collection = Collection(world, entity)
    on_all = ["GET", *(method for method in ("POST", "PUT") if _VERB_OF_METHOD[method] in entity.verbs)]
    on_one = ["GET", *(["DELETE"] if "Delete" in entity.verbs else [])]
    return [
        Route(entity.path, collection.on_all, methods=on_all),
        Route(f"{entity.path}/commands", collection.commands, methods=["GET"]),
        Route(f"{entity.path}/runcommand", collection.run_command, methods=["POST"]),
        Route(f"{entity.path}/{{record_id:int}}", collection.on_one, methods=on_one),
    ]


class Collection:
    """Answers requests for one entity. The work is done in threads, so that a slow list holds up nobody else."""

    def __init__(self, world: World, entity: Entity) -> None:
        self._world = world
        self._entity = entity

    async def on_all(self, request: Request) -> Response:
        """GET lists, POST creates, PUT replaces: the Id of a PUT is in its body."""
        match request.method:
            case "POST":
                return await self._create(request)
            case "PUT":
                return await self._replace(request)
            case _:
                return await self._list(request)

    async def on_one(self, request: Request) -> Response:
        """GET reads one record whole, DELETE removes it."""
        record_id: int = request.path_params["record_id"]
        if request.method == "DELETE":
            self._caller(request, "Delete")
            return await _in_thread(lambda: deleted(rules.delete(self._world, self._entity, record_id)))
        self._caller(request, "Read")
        return await _in_thread(
            lambda: full_record(self._world, self._entity, self._world.get(self._entity, record_id))
        )

    async def commands(self, request: Request) -> Response:
        """GET lists what can be done by a command."""
        self._caller(request, "List")
        return JSONResponse(commands.listed(self._world, self._entity))

    async def run_command(self, request: Request) -> Response:
        """POST runs one. The right to edit is needed for it (contract 6)."""
        by = self._caller(request, "Edit")
        sent = read_object(await request.body())
        return await _in_thread(lambda: commanded(commands.run(self._world, self._entity, sent, by)))

    async def _list(self, request: Request) -> Response:
        self._caller(request, "List")
        ids = batch_of(request.query_params)
        if ids is not None:
            return await _in_thread(lambda: answer_batch(self._world, self._entity, ids))
        asked = request.query_params.multi_items()
        return await _in_thread(lambda: answer_list(self._world, self._entity, asked))

    async def _create(self, request: Request) -> Response:
        by = self._caller(request, "Create")
        sent = read_object(await request.body())
        return await _in_thread(lambda: created(self._entity, rules.create(self._world, self._entity, sent, by)))

    async def _replace(self, request: Request) -> Response:
        by = self._caller(request, "Edit")
        sent = read_object(await request.body())
        return await _in_thread(lambda: updated(rules.replace(self._world, self._entity, sent, by)))

    def _caller(self, request: Request, verb: str) -> str:
        """The e-mail of the caller, who must have the role. Raises AccessDenied."""
        return caller(self._world, request, f"{self._entity.name}-{verb}").email


async def _in_thread(work: Callable[[], object]) -> Response:
    return await run_in_threadpool(lambda: JSONResponse(work()))
