"""Serving the page: on a port of this machine, until Ctrl-C."""

from __future__ import annotations

import os
import socket
import sys
import webbrowser
from contextlib import closing, suppress
from urllib.parse import quote

import uvicorn

from concordant.checks.explorer.jobs import Jobs
from concordant.checks.explorer.links import Link
from concordant.checks.explorer.server import page_app
from concordant.checks.explorer.service import Service
from concordant.checks.misuse import Misuse

LOOPBACK = "127.0.0.1"
PORT = 4669
"""Where the page is by default, so that links lead there again."""


def serve(link: str, scope: str | None, port: int | None, *, browse: bool) -> None:
    """Serve the page that begins at a link or a name. What does not lead anywhere is a Misuse, before anything is served."""
    read = Link.read(link, scope)
    service = Service(read.name, read.scope)
    service.tried(link) if service.is_ruled(link) else service.at(link)
    with closing(_listening(port)) as listening:
        address = f"http://{LOOPBACK}:{listening.getsockname()[1]}/#{quote(link, safe='/:.?&=%')}"
        sys.stdout.write(f"{address}\nCtrl-C ends it; with --terminal you step through here instead\n")
        sys.stdout.flush()
        if browse and (sys.platform == "darwin" or {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys()):
            webbrowser.open(address)
        jobs = Jobs()
        settings = uvicorn.Config(page_app(service, jobs), log_level="warning", lifespan="off", h11_max_incomplete_event_size=16 << 10)
        try:
            with suppress(KeyboardInterrupt):
                uvicorn.Server(settings).run(sockets=[listening])
        finally:
            jobs.close()


def _listening(port: int | None) -> socket.socket:
    """Listen on a port of this machine; without a wish on the usual one, or where that is taken on any."""
    for each in (PORT, 0) if port is None else (port,):
        found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind((LOOPBACK, each))
            found.listen()  # from here on whoever asks waits, and is not refused
        except OSError:
            found.close()
        else:
            return found
    raise Misuse(f"port {port} of this machine is taken; give another by --port, or none for any")
