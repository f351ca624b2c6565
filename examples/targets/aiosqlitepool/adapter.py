"""aiosqlitepool beside `resource_pool.pool`. The connection of an agent that fails is broken, so that it cannot be rolled back."""

from aiosqlitepool import SQLiteConnectionPool
from pooling import ShownPool


class Connection:
    """As much of one of aiosqlite as the pool asks for."""

    broken = False

    async def execute(self, statement):
        pass

    async def rollback(self):
        if self.broken:
            raise ValueError("no active connection")

    async def close(self):
        pass


async def connect():
    return Connection()


class Adapter(ShownPool):
    """SQLiteConnectionPool."""

    async def make(self, capacity):
        self.pool = SQLiteConnectionPool(connect, pool_size=capacity, acquisition_timeout=3600)
        self.open = {}

    async def acquire(self, agent):
        manager = self.pool.connection()
        connection = await manager.__aenter__()
        self.open[connection] = manager
        return connection

    def release(self, agent, connection):
        return self.open.pop(connection).__aexit__(None, None, None)

    def spoil(self, connection):
        connection.broken = True
