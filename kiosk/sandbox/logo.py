"""The logo of the simulated locations: `getlogo` of a business (contract 3.4), drawn, so that no file has a licence."""

from __future__ import annotations

import io
from functools import cache

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kiosk.sandbox.entities import BUSINESSES
from kiosk.sandbox.sign_in import caller
from kiosk.sandbox.world import World

SIDE = 240
"""Pixels of a side."""

_SEA, _SAND, _LAMP = (15, 92, 110, 255), (255, 253, 248, 255), (243, 200, 75, 255)


def logo_routes(world: World) -> list[Route]:
    """The one route. Who may list locations may see their logos."""

    async def logo(request: Request) -> Response:
        caller(world, request, f"{BUSINESSES.name}-List")
        world.get(BUSINESSES, request.path_params["record_id"])
        return Response(await run_in_threadpool(drawn_logo), media_type="image/png")

    return [Route("/api/sys/businesses/getlogo/{record_id:int}", logo, methods=["GET"])]


@cache
def drawn_logo() -> bytes:
    """Return a PNG: a lighthouse on a round sea, with nothing around it."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGBA", (SIDE * 2, SIDE * 2))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((0, 0, SIDE * 2 - 1, SIDE * 2 - 1), fill=_SEA)
    draw.polygon([(190, 400), (290, 400), (270, 150), (210, 150)], fill=_SAND)
    draw.rectangle((200, 95, 280, 150), fill=_LAMP)
    draw.polygon([(190, 95), (290, 95), (240, 45)], fill=_SAND)
    draw.rectangle((203, 230, 277, 280), fill=_SEA)
    draw.rectangle((90, 400, 390, 425), fill=_SAND)
    file = io.BytesIO()
    picture.resize((SIDE, SIDE), Image.Resampling.LANCZOS).save(file, "PNG", optimize=True)
    return file.getvalue()
