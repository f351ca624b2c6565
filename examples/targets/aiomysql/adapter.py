"""aiomysql.Pool beside `resource_pool.pool`, with connections that reach nobody. An agent that fails does so within a transaction."""

import asyncio

import aiomysql.pool
from pooling import ShownPool


class Nowhere:
    """A connection as far as the pool asks for it. `in_transaction`: what the server would say."""

    def __init__(self):
        self.closed = self.in_transaction = False
        self.last_usage = 0
        self._reader = asyncio.StreamReader()
        self._reader.eof_received = False

    def get_transaction_status(self):
        return self.in_transaction

    def close(self):
        self.closed = True


async def connect(**_options):
    return Nowhere()


class Adapter(ShownPool):
    """aiomysql.Pool."""

    async def make(self, capacity):
        aiomysql.pool.connect = connect
        self.pool = aiomysql.Pool(0, capacity, False, -1, self.loop)

    async def acquire(self, agent):
        return await self.pool.acquire()

    def release(self, agent, connection):
        return self.pool.release(connection)

    def spoil(self, connection):
        connection.in_transaction = True
