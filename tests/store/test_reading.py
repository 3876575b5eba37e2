"""Reading: who asks when all is over."""

import asyncio
import gc
import warnings

import pytest

from store import DatabaseUnavailable, Store
from store.buyers import Buyer, Buyers


async def test_a_straggler_takes_no_connection(store: Store) -> None:
    """Whoever asks while the memory is being closed is answered, whoever asks later refused: nobody would give back what
    they take."""
    await store.write([Buyers.seen(Buyer(7))])
    early = [asyncio.create_task(store.buyers.all()) for _ in range(8)]
    await asyncio.sleep(0)
    await store.reader.close()
    assert [len(found) for found in await asyncio.gather(*early)] == [1] * 8
    with pytest.raises(DatabaseUnavailable, match="closed"):
        await store.buyers.all()
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        await store.close()
        gc.collect()
    assert [str(one.message) for one in told if "non-checked-in" in str(one.message)] == []
