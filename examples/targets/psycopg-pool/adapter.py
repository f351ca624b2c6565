"""psycopg_pool's AsyncConnectionPool beside `resource_pool.pool`, with connections that reach nobody. That of an agent that fails is lost."""

from types import SimpleNamespace

from pooling import Pool
from psycopg.pq import TransactionStatus
from psycopg_pool import AsyncConnectionPool


class Nowhere:
    """A connection as far as the pool asks for it."""

    def __init__(self):
        self.pgconn = SimpleNamespace(transaction_status=TransactionStatus.IDLE)

    @classmethod
    async def connect(cls, *_rest, **_options):
        return cls()

    async def close(self):
        self.lose()

    def lose(self):
        self.pgconn.transaction_status = TransactionStatus.UNKNOWN


class Adapter(Pool):
    """AsyncConnectionPool."""

    async def make(self, capacity):
        self.pool = AsyncConnectionPool(connection_class=Nowhere, min_size=0, max_size=capacity, timeout=3600, open=False)
        await self.pool.open()

    async def acquire(self, agent):
        return await self.pool.getconn()

    def release(self, agent, connection):
        return self.pool.putconn(connection)

    def spoil(self, connection):
        connection.lose()

    def end(self):
        super().end()
        self.run(self.pool.close())
