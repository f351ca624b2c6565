"""lru.LRU as the store of `result_cache.cache`: what makes room is its choice, and it shows in which order it would."""

from caching import Shelf
from lru import LRU


class Adapter(Shelf):
    """LRU, whose keys and values are listed from the one that was used last."""

    observe = ("kept", "running")

    def mapping(self, capacity):
        return LRU(capacity, callback=lambda _, call: self.evicted(call))

    def view(self):
        return {"kept": self.kept.values()[::-1], "running": sorted(self.running)}
