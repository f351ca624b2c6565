"""aiopg.Pool beside `resource_pool.pool`, with connections that reach nobody. An agent that fails does so within a transaction."""

import warnings

import aiopg.pool
from pooling import ShownPool
from psycopg2.extensions import TRANSACTION_STATUS_IDLE, TRANSACTION_STATUS_INTRANS


class Nowhere:
    """A connection as far as the pool asks for it. `status`: what the server would say."""

    def __init__(self):
        self.closed, self.last_usage, self.status = False, 0, TRANSACTION_STATUS_IDLE

    @property
    def raw(self):
        return self

    def get_transaction_status(self):
        return self.status

    def close(self):
        self.closed = True


async def connect(*_rest, **_options):
    return Nowhere()


class Adapter(ShownPool):
    """aiopg.Pool."""

    async def make(self, capacity):
        warnings.simplefilter("ignore", ResourceWarning)
        aiopg.pool.connect = connect
        self.pool = await aiopg.create_pool("", minsize=0, maxsize=capacity, timeout=None)

    async def acquire(self, agent):
        return await self.pool.acquire()

    def release(self, agent, connection):
        return self.pool.release(connection)

    def spoil(self, connection):
        connection.status = TRANSACTION_STATUS_INTRANS
