"""asyncstdlib.lru_cache as `result_cache.cache`. Which result makes room it does not tell."""

from asyncstdlib import lru_cache
from caching import Cache


class Adapter(Cache):
    """lru_cache around what calls."""

    def make(self, capacity):
        self.look_up = lru_cache(maxsize=capacity)(self.compute)

    async def invalidate(self, *key):
        self.look_up.cache_discard(*key)
