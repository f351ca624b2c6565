"""async-cache's AsyncLRU as `result_cache.cache`. Which result makes room it does not tell."""

from cache import AsyncLRU
from caching import Cache


class Adapter(Cache):
    """AsyncLRU around what calls."""

    def make(self, capacity):
        self.look_up = AsyncLRU(maxsize=capacity)(self.compute)

    async def invalidate(self, *key):
        self.look_up.invalidate_cache(*key)
