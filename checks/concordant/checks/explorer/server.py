"""The page of the explorer, served on this machine alone: what it asks for is in the address, and what it is told is JSON.

Whoever asks must be a page of this server: another site's, or a name that only leads here, is refused. What is asked wrongly is
answered by a sentence and a number from 400 to 499. Handlers of protocols run in the main thread, where a watch ends what does not end.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from concordant.checks.elsewhere.formats import writer
from concordant.checks.explorer.as_json import along_as_json, claim_of, heard_as_json, place_as_json, setting_as_json
from concordant.checks.explorer.jobs import Jobs
from concordant.checks.explorer.links import Stale
from concordant.checks.explorer.opened import MOST_BYTES, opened
from concordant.checks.explorer.service import Service, Visited, shown_at
from concordant.checks.explorer.tables.as_json import lies_as_json, table_as_json
from concordant.checks.explorer.tables.lies import lies
from concordant.checks.misuse import BrokenRule, Misuse
from concordant.checks.registry import UnknownName

HERE = {"127.0.0.1", "localhost", "[::1]"}
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
KINDS = {"svg": "image/svg+xml", "itf": "application/json", "mermaid": "text/plain", "pytest": "text/x-python"}
ASKED = {"at", "back", "clause", "format", "take", "theorem", "wander"}
NUMBER = 5
"""How many digits a number may have."""


def page_app(service: Service, jobs: Jobs) -> ASGIApp:
    """Return the application."""
    asked = _Asked(service, jobs)
    routes = [
        Route("/", _file("explorer.html", "text/html"), methods=["GET"]),
        Route("/explorer.js", _file("explorer.js", "text/javascript"), methods=["GET"]),
        Route("/page.css", _file("page.css", "text/css"), methods=["GET"]),
        *(
            Route(f"/api/{each.__name__}", each, methods=["GET"])
            for each in (asked.kind, asked.setting, asked.place, asked.along, asked.file, asked.table, asked.lies, asked.theorem)
        ),
        Route("/api/trace", asked.trace, methods=["POST"]),
        Route("/api/search", asked.search, methods=["POST"]),
        Route("/api/explored", asked.explored, methods=["POST"]),
        Route("/api/search/{id}", asked.heard, methods=["GET"]),
        Route("/api/search/{id}", asked.stop, methods=["DELETE"]),
    ]
    told: dict[Any, Callable[..., Any]] = {
        UnknownName: _as(404),
        Stale: _as(409),
        Misuse: _as(400),
        BrokenRule: _as(422),
        HTTPException: lambda _, error: _refused(error.status_code, str(error.detail)),
    }
    return _FromHere(Starlette(routes=routes, exception_handlers=told))


class _Asked:
    """What the routes answer."""

    def __init__(self, service: Service, jobs: Jobs) -> None:
        self.service, self.jobs = service, jobs

    async def kind(self, request: Request) -> Response:
        return JSONResponse({"kind": "rule" if self.service.is_ruled(self._link(request)) else "system"})

    async def table(self, request: Request) -> Response:
        return JSONResponse(table_as_json(self.service.tried(self._link(request))))

    async def lies(self, request: Request) -> Response:
        found = self.service.tried(self._link(request))
        return JSONResponse(lies_as_json(found, lies(found.about, found.profile)))

    async def theorem(self, request: Request) -> Response:
        self._link(request)
        return JSONResponse({"claim": claim_of(request.query_params.get("theorem", ""))})

    async def setting(self, request: Request) -> Response:
        return JSONResponse(setting_as_json(self._standing(request)))

    async def place(self, request: Request) -> Response:
        return JSONResponse(place_as_json(self._standing(request)))

    async def along(self, request: Request) -> Response:
        standing = self._standing(request)
        return JSONResponse(along_as_json(standing, standing.about.clause(request.query_params.get("clause", ""))))

    async def file(self, request: Request) -> Response:
        format = request.query_params.get("format", "")
        if format not in KINDS:
            raise Misuse(f"format is one of {', '.join(KINDS)}")
        return Response(writer(format)(shown_at(self._standing(request))), media_type=KINDS[format])

    async def trace(self, request: Request) -> Response:
        found = opened(self.service, await _body(request))
        return JSONResponse({"departs": found.departs, **place_as_json(found.standing)})

    async def search(self, request: Request) -> Response:
        standing = self._standing(request)
        clause = standing.about.clause(request.query_params.get("clause", ""))
        return JSONResponse(heard_as_json(self.jobs.seek(standing.explorer, standing.place.numbers, clause)))

    async def explored(self, request: Request) -> Response:
        return JSONResponse(heard_as_json(self.jobs.judge(self._standing(request).explorer)))

    async def heard(self, request: Request) -> Response:
        return self._of_job(self.jobs.heard, request)

    async def stop(self, request: Request) -> Response:
        return self._of_job(self.jobs.stop, request)

    def _of_job(self, answer: Callable[[str], Any], request: Request) -> Response:
        try:
            return JSONResponse(heard_as_json(answer(request.path_params["id"])))
        except KeyError:
            return _refused(404, "there is no such search any more")

    def _link(self, request: Request) -> str:
        asked = request.query_params
        if asked.keys() - ASKED:
            raise Misuse(f"what can be asked is {', '.join(sorted(ASKED))}, each by its name")
        return asked.get("at", self.service.home)

    def _standing(self, request: Request) -> Visited:
        asked, link = request.query_params, self._link(request)
        take = _number(asked["take"]) if "take" in asked else None
        there = self.service.at(link, take=take, back=_number(asked.get("back", "0")))
        return self.service.wandered(there, _number(asked["wander"])) if "wander" in asked else there


async def _body(request: Request) -> bytes:
    found = b""
    async for part in request.stream():
        found += part
        if len(found) > MOST_BYTES:
            raise HTTPException(413, f"a file has at most {MOST_BYTES:,} bytes")
    return found


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= NUMBER):
        raise Misuse(f"{text[:20]!r} is no number of at most {NUMBER} digits")
    return int(text)


def _file(name: str, kind: str) -> Callable[[Request], Awaitable[Response]]:
    async def answer(_: Request) -> Response:
        return Response(files("concordant.checks.page").joinpath(name).read_bytes(), media_type=kind)

    return answer


def _as(status: int) -> Callable[[Request, Exception], Response]:
    return lambda _, error: _refused(status, str(error))


def _refused(status: int, why: str) -> Response:
    return JSONResponse({"error": why}, status)


class _FromHere:
    """Lets in what a page of this server asks, and says with each answer what may be done with it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refused = _stranger(Request(scope))

        async def with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *((name.encode(), value.encode()) for name, value in HEADERS.items())]
            await send(message)

        await (self.app if refused is None else refused)(scope, receive, with_headers)


def _stranger(request: Request) -> Response | None:
    """Return what is answered to whoever is no page of this server; None to one that is."""
    headers = request.headers
    host = headers.get("host", "")
    if host.rpartition(":")[0] not in HERE and host not in HERE:
        return _refused(421, "this server answers under the names of this machine alone, such as 127.0.0.1")
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != host:
        return _refused(403, "another page may not ask this server")
    if headers.get("sec-fetch-site", "none") not in ("none", "same-origin") and request.url.path != "/":
        return _refused(403, "another page may not ask this server")
    return None
