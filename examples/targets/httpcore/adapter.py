"""httpcore's AsyncConnectionPool beside `resource_pool.pool`, with connections that reach nobody.

Who holds a unit has a response that it has not read; who fails closes it unread, which closes the connection.
"""

import httpcore
from pooling import Pool

ANSWER = [b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n", b"text"]


class Adapter(Pool):
    """AsyncConnectionPool, to one server."""

    async def make(self, capacity):
        self.pool = httpcore.AsyncConnectionPool(max_connections=capacity, network_backend=httpcore.AsyncMockBackend(ANSWER * 1_000))

    async def acquire(self, agent):
        return await self.pool.handle_async_request(httpcore.Request("GET", "http://nowhere/", headers={"Host": "nowhere"}))

    async def release(self, agent, response):
        if not response.extensions.get("fails"):
            await response.aread()
        await response.aclose()

    def spoil(self, response):
        response.extensions["fails"] = True
