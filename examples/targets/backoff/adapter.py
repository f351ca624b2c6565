"""backoff.on_exception as what decides in `retry_recovery.executor` whether to try again, and how long to wait."""

import backoff
from retrying import Executor, MissedError


class Adapter(Executor):
    """on_exception, without jitter."""

    async def retried(self, attempt, attempts, first, most):
        waits = {"factor": first, "max_value": most, "jitter": None}

        @backoff.on_exception(backoff.expo, MissedError, max_tries=attempts, giveup=lambda error: not error.again, **waits)
        async def made():
            await attempt()

        await made()
