"""async_lru.alru_cache as `result_cache.cache`. Which result makes room it does not tell."""

from async_lru import alru_cache
from caching import Cache


class Adapter(Cache):
    """alru_cache around what calls."""

    def make(self, capacity):
        self.look_up = alru_cache(maxsize=capacity)(self.compute)

    async def invalidate(self, *key):
        self.look_up.cache_invalidate(*key)
