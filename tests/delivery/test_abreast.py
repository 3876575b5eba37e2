"""As few sends at once as use the rate: what is under way at a kill is in doubt."""

from delivery.abreast import HANGS, LATEST, Abreast


def sends(abreast: Abreast, now: float, count: int, seconds: float) -> float:
    """So many sends one after another, each of so many seconds."""
    for _ in range(count):
        number = abreast.begin(now)
        now += seconds
        abreast.end(number, now, sent=True)
    return now


def test_row_13_a_program_that_has_just_begun_sends_one_at_a_time() -> None:
    """Whatever waits: it may be killed again at any moment."""
    abreast = Abreast(30, 64)
    assert abreast.wait(0.0) == 0.0
    abreast.begin(0.0)
    assert abreast.wait(0.0) > 0.0


def test_there_are_as_many_as_the_rate_takes_and_no_more() -> None:
    """Thirty a second: one at a time where a send takes 15 ms, three where it takes 50, fifteen where it takes 250."""
    for seconds, wanted in ((0.015, 1), (0.05, 3), (0.25, 15)):
        abreast = Abreast(30, 64)
        now = sends(abreast, 0.0, LATEST - 1, seconds)
        assert abreast.wanted == 1
        now = sends(abreast, now, 1, seconds)
        assert abreast.wanted == wanted
        for _ in range(wanted):
            assert abreast.wait(now) == 0.0
            abreast.begin(now)
        assert abreast.wait(now) > 0.0


def test_slowness_of_our_own_is_no_reason_to_send_more_at_once() -> None:
    """Where the way is short and the machine is busy, most sends take long and some do not: those tell how long the way is."""
    abreast = Abreast(30, 64)
    now = sends(abreast, 0.0, 1, 0.01)
    sends(abreast, now, LATEST - 1, 0.3)
    assert abreast.wanted == 1


def test_a_send_that_hangs_holds_up_nobody() -> None:
    """After a second it counts no more; what failed tells nothing of how long a send takes."""
    abreast = Abreast(30, 64)
    hanging = abreast.begin(5.0)
    assert abreast.wait(5.0 + HANGS / 4) == HANGS * 3 / 4
    assert abreast.wait(5.0 + HANGS) == 0.0
    abreast.begin(5.0 + HANGS)
    assert abreast.wait(5.0 + HANGS) == HANGS
    abreast.end(hanging, 65.0, sent=False)
    assert abreast.wanted == 1


def test_without_a_rate_only_the_number_holds() -> None:
    """A local server takes what it is given."""
    abreast = Abreast(0, 3)
    for _ in range(3):
        assert abreast.wait(0.0) == 0.0
        abreast.begin(0.0)
    assert abreast.wait(100.0) == float("inf")
