"""Where health and metrics may be listened for: on this machine alone."""

from ipaddress import ip_address


class NotLoopback(Exception):
    """METRICS_LISTEN names a place others can reach; the message says what to write instead."""


def loopback(listen: str) -> tuple[str, int]:
    """HOST:PORT of this machine alone. NotLoopback for any other."""
    host, _, port = listen.rpartition(":")
    host = host.strip("[]") or "127.0.0.1"
    try:
        is_ours = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        is_ours = False
    if not is_ours:
        raise NotLoopback(
            f"METRICS_LISTEN: “{host}” can be reached by others; write 127.0.0.1:{port}, and let a proxy guard it."
        )
    return host, int(port)
