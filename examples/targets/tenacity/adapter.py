"""tenacity.AsyncRetrying as what decides in `retry_recovery.executor` whether to try again, and how long to wait."""

from retrying import Executor, MissedError
from tenacity import AsyncRetrying, retry_if_exception, stop_after_attempt, wait_exponential


class Adapter(Executor):
    """AsyncRetrying."""

    async def retried(self, attempt, attempts, first, most):
        retrying = AsyncRetrying(
            stop=stop_after_attempt(attempts),
            wait=wait_exponential(multiplier=first, max=most),
            retry=retry_if_exception(lambda error: isinstance(error, MissedError) and error.again),
            reraise=True,
        )
        await retrying(attempt)
