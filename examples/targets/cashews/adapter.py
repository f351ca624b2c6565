"""cashews as `result_cache.cache`, with its store in memory. Which result makes room it does not tell."""

import cashews
from caching import Cache


class Adapter(Cache):
    """cache(ttl=…) around what calls."""

    def make(self, capacity):
        self.cache = cashews.Cache()
        self.cache.setup(f"mem://?size={capacity}")
        self.look_up = self.cache(ttl="1h", key="{stage}:{inputs}")(self.compute)

    async def invalidate(self, stage, inputs):
        await self.cache.delete(f"{stage}:{inputs}")
