"""stamina.retry_context as what decides in `retry_recovery.executor` whether to try again, and how long to wait."""

import stamina
from retrying import Executor, MissedError


class Adapter(Executor):
    """retry_context, without jitter and without a limit of time."""

    async def retried(self, attempt, attempts, first, most):
        def may_try_again(error):
            return isinstance(error, MissedError) and error.again

        waits = {"wait_initial": first, "wait_max": most, "wait_jitter": 0}
        async for context in stamina.retry_context(may_try_again, attempts=attempts, timeout=None, **waits):
            with context:
                await attempt()
