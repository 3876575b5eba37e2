"""A pretend Telegram on loopback, as strict as the real one: the demo and the tests talk to it over plain HTTP."""

from sandbox.acting import Impossible
from sandbox.business import Connection
from sandbox.clock import Clock, MovableClock
from sandbox.faults import Fault, Script
from sandbox.groups import Group
from sandbox.heard import Heard
from sandbox.ledger import Call
from sandbox.people import Person
from sandbox.server import Sandbox
from sandbox.talks import Seat, Talk

__all__ = [
    "Call",
    "Clock",
    "Connection",
    "Fault",
    "Group",
    "Heard",
    "Impossible",
    "MovableClock",
    "Person",
    "Sandbox",
    "Script",
    "Seat",
    "Talk",
]
