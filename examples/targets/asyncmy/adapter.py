"""asyncmy.Pool beside `resource_pool.pool`, with connections that reach nobody. An agent that fails does so within a transaction."""

import asyncmy.pool
from pooling import Pool


class Nowhere:
    """A connection as far as the pool asks for it. `in_transaction`: what the server would say."""

    _stream_broken = False
    last_usage = 0

    def __init__(self):
        self.connected, self.in_transaction = True, False

    def get_transaction_status(self):
        return self.in_transaction

    def close(self):
        self.connected = False


async def connect(**_options):
    return Nowhere()


class Adapter(Pool):
    """asyncmy.Pool."""

    async def make(self, capacity):
        asyncmy.pool.connect = connect
        self.pool = asyncmy.Pool(0, capacity, -1)

    async def acquire(self, agent):
        return await self.pool.acquire()

    def release(self, agent, connection):
        self.pool.release(connection)

    def spoil(self, connection):
        connection.in_transaction = True
