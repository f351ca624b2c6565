"""py-memoize's `memoize` as `result_cache.cache`. Which result makes room it does not tell."""

from datetime import timedelta

from caching import Cache, CallFailedError
from memoize.configuration import DefaultInMemoryCacheConfiguration
from memoize.invalidation import InvalidationSupport
from memoize.wrapper import memoize

AGES = timedelta(hours=1)


class Adapter(Cache):
    """`memoize` around what calls."""

    control = ("outcomes", "cancel")

    def make(self, capacity):
        self.invalidation = InvalidationSupport()
        configuration = DefaultInMemoryCacheConfiguration(capacity, AGES, AGES, AGES)
        self.memoized = memoize(self.compute, configuration=configuration, invalidation=self.invalidation)

    async def look_up(self, *key):
        try:
            return await self.memoized(*key)
        except Exception as error:  # not only its own CachedMethodFailedException
            raise CallFailedError from error

    async def invalidate(self, *key):
        await self.invalidation.invalidate_for_arguments(key, {})
