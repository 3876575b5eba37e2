"""A pretend Telegram on loopback, as strict as the real one: the demo and the tests talk to it over plain HTTP."""

from sandbox.acting import Impossible
from sandbox.clock import Clock, MovableClock
from sandbox.faults import Fault, Script
from sandbox.heard import Heard
from sandbox.ledger import Call
from sandbox.people import Person
from sandbox.server import Sandbox

__all__ = ["Call", "Clock", "Fault", "Heard", "Impossible", "MovableClock", "Person", "Sandbox", "Script"]
