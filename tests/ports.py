"""A port for who must know it beforehand, or come back to it."""

import random
import socket

_chance = random.SystemRandom()  # another one in each process, whatever the seed of the run


def free_port() -> int:
    """A port on loopback that nobody listens on now, below those the kernel hands out by itself: nobody gets it by chance."""
    while True:
        port = _chance.randrange(20_000, 32_000)
        with socket.socket() as found:
            try:
                found.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
