"""The genuine library's threads for heartbeats end with the test that began them.

discord.py only asks them to stop, and forgets the one of a connection that is being made while its client closes; such a thread
would speak to an event loop that is closed, and pytest would blame whatever test runs then.
"""

import asyncio
import threading

from discord.gateway import KeepAliveHandler


async def heartbeats_end(patience: float = 5.0) -> None:
    """Stops every such thread and waits until it has ended. To be called after the clients are closed."""
    for thread in [one for one in threading.enumerate() if isinstance(one, KeepAliveHandler)]:
        thread.stop()
        # In a thread of its own: who is stopped may be waiting for this loop.
        await asyncio.to_thread(thread.join, patience)
