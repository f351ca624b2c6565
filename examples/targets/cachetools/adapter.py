"""cachetools.LRUCache as the store of `result_cache.cache`: what makes room is its choice."""

from cachetools import LRUCache
from caching import Shelf


class Adapter(Shelf):
    """LRUCache, of which `popitem` is what evicts."""

    def mapping(self, capacity):
        evicted = self.evicted

        class Store(LRUCache):
            def popitem(self):
                key, call = super().popitem()
                evicted(call)
                return key, call

        return Store(capacity)
