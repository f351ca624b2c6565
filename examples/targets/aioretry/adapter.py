"""aioretry.retry as what makes the attempts of `retry_recovery.executor`: its policy is a function, which is written here."""

from aioretry import retry
from retrying import Executor, MissedError


class Adapter(Executor):
    """aioretry.retry."""

    async def retried(self, attempt, attempts, first, most):
        def policy(info):
            missed = info.exception
            wait = min(most, first * 2 ** (info.fails - 1))
            return info.fails >= attempts or not isinstance(missed, MissedError) or not missed.again, wait

        await retry(policy)(attempt)()
