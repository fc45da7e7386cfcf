"""How each refusal looks on the wire."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kiosk.sandbox.answers import refused
from kiosk.sandbox.errors import AccessDenied, GrantRefused, Invalid, NotAsThingsStand, NotFound, NoValidPass


async def answer_refusal(_request: Request, error: Exception) -> Response:
    """The answer to a request that was refused with a `SandboxError`.

    The body of a 401 is not documented; this is the usual one of the framework the real service runs on.
    """
    match error:
        case AccessDenied():
            body = {"Message": "Authorization has been denied for this request."}
            return JSONResponse(body, 401, {"WWW-Authenticate": "Bearer"})
        case NotFound():
            return JSONResponse("Not found", 404)
        case Invalid():
            return JSONResponse(refused(str(error), error.faults), 400)
        case NoValidPass():
            return JSONResponse(refused(str(error)), error.status)
        case NotAsThingsStand():
            return JSONResponse(refused(str(error)), 200)
        case GrantRefused():
            told = {"error_description": error.description} if error.description else {}
            return JSONResponse({"error": error.code, **told}, 400)
        case _:
            return JSONResponse(refused(str(error)), 400)


async def answer_http_error(request: Request, error: Exception) -> Response:
    """The answer to a path or a method that is not served."""
    if isinstance(error, HTTPException) and error.status_code == 405:
        body = {"Message": f"The requested resource does not support http method '{request.method}'."}
        return JSONResponse(body, 405, error.headers)
    return JSONResponse("Not found", 404)


async def answer_failure(_request: Request, _error: Exception) -> Response:
    """The answer when the sandbox itself is broken."""
    return JSONResponse({"Message": "An error has occurred."}, 500)
