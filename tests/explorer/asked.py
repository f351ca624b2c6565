"""Asking the application of the page without a network."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from attrs import frozen
from starlette.types import ASGIApp

HOST = "127.0.0.1:4669"


@frozen
class Told:
    """What the application answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def asked(
    app: ASGIApp,
    path: str,
    query: Mapping[str, str] | bytes = b"",
    *,
    method: str = "GET",
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
) -> Told:
    """Ask, as a page of the server would unless headers say otherwise."""
    found: list[Any] = []
    given = {"host": HOST, **(headers or {})}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(errors="replace"),
        "root_path": "",
        "query_string": query if isinstance(query, bytes) else urlencode(query).encode(),
        "headers": [(name.encode(), value.encode("latin-1", "replace")) for name, value in given.items()],
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", 4669),
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        found.append(message)

    async def ask() -> None:
        await app(scope, receive, send)

    asyncio.run(ask())
    start, *parts = found
    return Told(
        start["status"], {name.decode(): value.decode() for name, value in start["headers"]}, b"".join(each["body"] for each in parts)
    )
