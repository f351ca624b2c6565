"""A process that answers questions of another process, elsewhere, one after the other. It ends with whoever speaks to it."""

from __future__ import annotations

import os
import pickle
import signal
import socket
import sys
import threading
import traceback
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any

from attrs import evolve

from concordant.checks.cluster.messages import Arrived, Enough, Errand, TurnedAway, Undertaken, Unsaid
from concordant.checks.cluster.passport import Passport
from concordant.checks.exploration.interruption import listen
from concordant.checks.misuse import Misuse
from concordant.checks.running import decided
from concordant.checks.supervision import set_limits


def serve(connection: Connection) -> None:
    """Answer questions until nobody speaks any more."""

    def say(message: object) -> None:
        connection.send_bytes(pickle.dumps(message))

    try:
        Passport.read(connection.recv_bytes()).admit()
    except Misuse as differs:
        say(TurnedAway(socket.gethostname(), str(differs)))
        return
    enough = threading.Event()
    listen(enough.is_set)
    errands: SimpleQueue[Any] = SimpleQueue()
    threading.Thread(target=_receive, args=(connection, errands, enough), daemon=True).start()
    say(Arrived(socket.gethostname()))
    while True:
        errand = errands.get()
        if not isinstance(errand, Errand):
            from concordant.checks.cluster.dividing.working import take_part  # noqa: PLC0415  # with what is compiled

            take_part(errand, errands.get, say)
        say(Undertaken())
        try:
            answer: object = decided(errand.question, evolve(errand.means, progress=say))
            said = pickle.dumps(answer)
        except Exception:  # noqa: BLE001  # it must be told, and must not end the others
            said = pickle.dumps(Unsaid(traceback.format_exc()))
        connection.send_bytes(said)


def _receive(connection: Connection, errands: SimpleQueue[Any], enough: threading.Event) -> None:
    try:
        while True:
            message: Any = pickle.loads(connection.recv_bytes())  # noqa: S301  # from whoever started this process
            match message:
                case Enough():
                    enough.set()
                case _:
                    errands.put(message)
    finally:
        os.killpg(0, signal.SIGKILL)  # nobody speaks any more: neither this one goes on, nor what it has started


if __name__ == "__main__":
    set_limits()
    serve(Connection(int(sys.argv[1])))
