"""Links: from each worker of a divided search to each other, by which rows are sent as they lie in memory, and nothing else is."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterable
from contextlib import closing, suppress
from multiprocessing.connection import Client, Connection, Listener
from queue import SimpleQueue
from typing import Final, TypeAlias, cast

import numpy as np
from attrs import define, field, frozen

from concordant.checks.tabulated.kernel.words import Ints, Words

Address: TypeAlias = tuple[str, int]
HEAD: Final = 2
"""How many numbers stand before the rows: how many rows there are, and how many of them, the first ones, are changed."""


@frozen(eq=False)
class Batch:
    """Rows that a worker has found, each with the state that it was reached from, by its number there. `changed`: how many, the first ones, may show a clause something."""

    sender: int
    owner: int
    rows: Words
    sources: Ints
    changed: int


@frozen
class Cut:
    """A worker speaks no more."""

    sender: int


Heard: TypeAlias = Batch | int | Cut
"""What comes over a link: rows; the number of a sender that has sent all for now; or that it is gone."""


@define(eq=False, repr=False)
class Links:
    """The links of one worker. What comes is kept until it is taken, so that nobody who sends waits for whoever is busy."""

    number: int
    secret: bytes
    host: str
    inbox: SimpleQueue[Heard] = field(factory=SimpleQueue, init=False)
    sent: int = field(default=0, init=False)
    _listener: Listener = field(init=False)
    _others: dict[int, Connection] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self._listener = Listener((self.host, 0), "AF_INET", backlog=128, authkey=self.secret)

    @property
    def address(self) -> Address:
        """Where others reach this one."""
        return cast("Address", self._listener.address)

    def meet(self, addresses: Iterable[Address]) -> None:
        """Link with all others: each calls those before it, and is called by those after it."""
        everybody = list(addresses)
        with closing(self._listener):
            for other in range(self.number):
                connection = Client(everybody[other], authkey=self.secret)
                connection.send_bytes(self.number.to_bytes(4, "little"))
                self._listen_to(other, connection)
            for _ in range(self.number + 1, len(everybody)):
                called = self._listener.accept()
                self._listen_to(int.from_bytes(called.recv_bytes(4), "little"), called)

    def send(self, batch: Batch) -> None:
        """Send rows to their owner."""
        head = np.array([len(batch.sources), batch.changed], np.int64)
        message = head.tobytes() + batch.rows.tobytes() + batch.sources.tobytes()
        self.sent += len(message)
        self._others[batch.owner].send_bytes(message)

    def all_sent(self) -> None:
        """Tell everybody that no more rows come for now."""
        for connection in self._others.values():
            connection.send_bytes(b"")

    def close(self) -> None:
        """Speak to nobody any more."""
        self._listener.close()
        for connection in self._others.values():
            with suppress(OSError), socket.socket(fileno=os.dup(connection.fileno())) as plain:
                plain.shutdown(socket.SHUT_RDWR)  # whoever waits for it hears that

    def _listen_to(self, other: int, connection: Connection) -> None:
        with socket.socket(fileno=os.dup(connection.fileno())) as plain:
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._others[other] = connection
        threading.Thread(target=self._receive, args=(other, connection), daemon=True).start()

    def _receive(self, other: int, connection: Connection) -> None:
        try:
            while True:
                message = bytearray(connection.recv_bytes())  # which can be written, as all arrays of the kernel
                self.inbox.put(_read(other, self.number, message) if message else other)
        except (EOFError, OSError):
            self.inbox.put(Cut(other))
            connection.close()


def _read(sender: int, owner: int, message: bytearray) -> Batch:
    """Read what `send` has written."""
    count, changed = np.frombuffer(message, np.int64, HEAD).tolist()
    sources = np.frombuffer(message, np.int32, count, len(message) - 4 * count)
    rows = np.frombuffer(message, np.uint64, (len(message) - 8 * HEAD - 4 * count) // 8, 8 * HEAD)
    return Batch(sender, owner, rows, sources, changed)


def own_host(towards: str) -> str:
    """Return by which address of this machine one at another address is reached. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_:
        any_.connect((towards, 9))
        return str(any_.getsockname()[0])
