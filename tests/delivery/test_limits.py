"""Windows, turns and fairness, with time as a number."""

from collections import defaultdict, deque
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from delivery.limits import Class, Rates, Turns, Window


def drive(turns: Turns[str], until: float, answer_after: float = 0.05) -> list[tuple[float, object, str]]:
    """Let time run and send whatever may go, each call answered a little later; returns (time, chat, item)."""
    now, sent = 0.0, []
    out: deque[tuple[float, object, int]] = deque()
    while now <= until:
        while out and out[0][0] <= now:
            at, chat, cost = out.popleft()
            turns.answered(chat, at, cost)
        while (going := turns.next(now)) is not None:
            chat, item, cost = going
            sent.append((now, chat, item))
            out.append((now + answer_after, chat, cost))
        ahead = [moment for moment in (turns.wait(now),) if moment is not None]
        steps = [now + max(wait, 1e-6) for wait in ahead] + [at for at, _, _ in out]
        if not steps:
            break
        now = min(steps)
    return sent


def busiest(times: list[float], within: float) -> int:
    """The most events in any window of this length."""
    best, start = 0, 0
    for end, time in enumerate(times):
        while times[start] <= time - within:
            start += 1
        best = max(best, end - start + 1)
    return best


def test_row_15_never_more_than_thirty_in_any_second() -> None:
    """Of 300 chats waiting at once, at most 30 are served in any second, and nearly 30 are."""
    turns: Turns[str] = Turns(Rates())
    for chat in range(300):
        turns.put(chat, f"m{chat}", Class.REPLY, is_group=False)
    sent = drive(turns, 60)
    times = [time for time, _, _ in sent]
    assert len(sent) == 300
    assert busiest(times, 1.0) <= 30
    assert times[-1] < 300 / 30 * 1.1 + 0.1


def test_row_15_one_a_second_in_a_chat_in_order() -> None:
    """A chat's own messages come one a second after the answer, first in first out."""
    turns: Turns[str] = Turns(Rates())
    for number in range(5):
        turns.put(7, str(number), Class.REPLY, is_group=False)
    sent = drive(turns, 60)
    assert [item for _, _, item in sent] == list("01234")
    gaps = [later[0] - earlier[0] for earlier, later in pairwise(sent)]
    assert all(1.0 <= gap < 1.2 for gap in gaps)


def test_row_15_twenty_a_minute_in_a_group() -> None:
    """A group takes twenty in any minute."""
    turns: Turns[str] = Turns(Rates())
    for number in range(50):
        turns.put(-100, str(number), Class.REPLY, is_group=True)
    times = [time for time, _, _ in drive(turns, 300)]
    assert len(times) == 50
    assert busiest(times, 60.0) <= 20


def test_row_15_a_flood_to_one_chat_delays_nobody() -> None:
    """400 to one buyer and one to each of 20 others: the others are served at once."""
    turns: Turns[str] = Turns(Rates())
    for number in range(400):
        turns.put("flood", str(number), Class.REPLY, is_group=False)
    for chat in range(20):
        turns.put(chat, "hello", Class.REPLY, is_group=False)
    sent = drive(turns, 3)
    assert max(time for time, chat, _ in sent if chat != "flood") < 0.1


def test_row_15_a_reply_during_a_broadcast_waits_for_a_thirtieth_of_a_second() -> None:
    """900 broadcasts wait, and a reply every 1.3 s: it goes within 50 ms, and all together leave nearly 30 a second."""
    turns: Turns[str] = Turns(Rates())
    for number in range(900):
        turns.put(number, "news", Class.BROADCAST, is_group=False)
    now, sent, waits, replies = 0.0, 0, [], 0
    out: deque[tuple[float, object, int]] = deque()
    put_at: dict[object, float] = {}
    while len(turns) or out:
        while out and out[0][0] <= now:
            at, chat, cost = out.popleft()
            turns.answered(chat, at, cost)
        if now >= 1.3 * replies + 2:
            turns.put(("asker", replies), "reply", Class.REPLY, is_group=False)
            put_at[("asker", replies)] = now
            replies += 1
        while (going := turns.next(now)) is not None:
            chat, item, cost = going
            sent += 1
            if item == "reply":
                waits.append(now - put_at[chat])
            out.append((now + 0.04, chat, cost))
        now += 0.001
    assert len(waits) > 15
    assert max(waits) <= 0.05
    assert sent / now > 28


def test_replies_go_before_pushes_before_broadcasts() -> None:
    """What is more urgent goes first, also within a chat."""
    turns: Turns[str] = Turns(Rates(overall=1, chat=0, group=0))
    turns.put(1, "broadcast", Class.BROADCAST, is_group=False)
    turns.put(1, "push", Class.PUSH, is_group=False)
    turns.put(2, "push too", Class.PUSH, is_group=False)
    turns.put(1, "reply", Class.REPLY, is_group=False)
    assert [item for _, _, item in drive(turns, 30)] == ["reply", "push too", "push", "broadcast"]


def test_zero_switches_a_limit_off() -> None:
    """With all rates 0 only the order within a chat is left."""
    turns: Turns[str] = Turns(Rates(0, 0, 0))
    for number in range(1000):
        turns.put(number % 10, str(number), Class.REPLY, is_group=True)
    assert drive(turns, 60, answer_after=0.001)[-1][0] < 0.2


def test_row_14_a_429_parks_one_chat_only() -> None:
    """The chat that was told to wait rests; 49 others flow; it goes on in order afterwards."""
    turns: Turns[str] = Turns(Rates(0, 0, 0))
    for chat in range(50):
        turns.put(chat, "a", Class.REPLY, is_group=False)
        turns.put(chat, "b", Class.REPLY, is_group=False)
    going = turns.next(0.0)
    assert going is not None
    assert going[0] == 0
    turns.put(0, "a", Class.REPLY, is_group=False, first=True)
    turns.park(0, 0.0, 7.0)
    turns.answered(0, 0.0)
    sent = drive(turns, 60)
    assert max(time for time, chat, _ in sent if chat != 0) < 1
    assert [(item, time >= 7.0) for time, chat, item in sent if chat == 0] == [("a", True), ("b", True)]


def test_row_14_two_chats_refused_within_a_second_park_the_bot() -> None:
    """When Telegram refuses two different chats at once it means all of us."""
    turns: Turns[str] = Turns(Rates(0, 0, 0))
    for chat in range(3):
        turns.put(chat, "a", Class.REPLY, is_group=False)
    for now in (0.0, 0.5):
        going = turns.next(now)
        assert going is not None
        turns.park(going[0], now, 5.0)
        turns.answered(going[0], now)
    assert turns.next(0.6) is None
    wait = turns.wait(0.6)
    assert wait is not None
    assert abs(wait - 4.9) < 1e-6
    assert turns.next(5.5) is not None


@pytest.mark.parametrize(
    ("later", "gets_through", "waits"),
    [
        pytest.param(4.0, False, True, id="nothing got through meanwhile"),
        pytest.param(4.0, True, False, id="something did"),
        pytest.param(6.0, False, False, id="the first does not wait any more"),
    ],
)
def test_row_14_chats_refused_one_after_the_other_park_the_bot(later: float, gets_through: bool, waits: bool) -> None:
    """Where little is sent, two refusals are seldom within one second. Where nothing got through between them, all of us were
    meant; where something did, each chat was."""
    turns: Turns[str] = Turns(Rates(0, 0, 0))
    for chat in range(3):
        turns.put(chat, "a", Class.REPLY, is_group=False)
    for now in (0.0, later):
        going = turns.next(now)
        assert going is not None
        turns.park(going[0], now, 5.0)
        turns.answered(going[0], now)
        if gets_through:
            turns.got_through()
    assert (turns.next(later + 0.1) is None) is waits
    if waits:
        wait = turns.wait(later + 0.1)
        assert wait is not None
        assert abs(wait - 4.9) < 1e-6


def test_row_15_an_album_counts_as_many_as_it_holds() -> None:
    """Ten pictures take ten of the thirty slots."""
    turns: Turns[str] = Turns(Rates())
    for chat in range(6):
        turns.put(chat, "album", Class.REPLY, is_group=False, cost=10)
    times = [time for time, _, _ in drive(turns, 10)]
    assert [time < 0.5 for time in times] == [True] * 3 + [False] * 3


def test_a_call_not_made_costs_nothing() -> None:
    """Whatever was skipped by its check leaves its slots free."""
    turns: Turns[str] = Turns(Rates(overall=1, chat=1, group=0))
    turns.put(1, "skipped", Class.REPLY, is_group=False)
    turns.put(1, "sent", Class.REPLY, is_group=False)
    assert turns.next(0.0) is not None
    turns.answered(1, 0.0, called=False)
    assert turns.next(0.0) is not None


def test_empty_chats_are_forgotten() -> None:
    """Memory does not grow with the number of buyers."""
    turns: Turns[str] = Turns(Rates(overall=0))
    for chat in range(10_000):
        turns.put(chat, "x", Class.REPLY, is_group=False)
        going = turns.next(float(chat))
        assert going is not None
        turns.answered(chat, float(chat))
    assert len(turns._chats) < 1100


def test_a_slow_answer_keeps_its_slot() -> None:
    """Slots are free one second after the answer, not after the call."""
    window = Window(1, 1.0)
    window.take()
    assert window.wait(100.0) == float("inf")
    window.give(100.0)
    assert window.wait(100.4) > 0.59
    assert window.wait(101.0) == 0


TICKS = st.integers(0, 160).map(lambda ticks: ticks / 64)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 6), st.sampled_from(list(Class)), st.integers(1, 3), TICKS, TICKS),
        max_size=120,
    )
)
def test_nothing_is_lost_or_out_of_order_or_too_fast(plan: list[tuple[int, Class, int, float, float]]) -> None:
    """Whatever comes, whenever it is answered: everything goes once, in order per chat and class, within every limit."""
    turns: Turns[int] = Turns(Rates(overall=5, chat=2, group=10))
    now = 0.0
    out: list[tuple[float, object, int]] = []
    sent: list[tuple[float, object, int, int]] = []
    arrivals = sorted((at, number) for number, (_, _, _, at, _) in enumerate(plan))
    for _ in range(20_000):
        while arrivals and arrivals[0][0] <= now:
            _, number = arrivals.pop(0)
            chat, cls, cost, _, _ = plan[number]
            turns.put(chat, number, cls, is_group=chat % 2 == 0, cost=cost)
        for entry in [entry for entry in out if entry[0] <= now]:
            out.remove(entry)
            turns.answered(entry[1], now, entry[2])
        while (going := turns.next(now)) is not None:
            chat_key, number, cost = going
            assert all(chat_key != other for _, other, _ in out), "two out at once in one chat"
            sent.append((now, chat_key, number, cost))
            out.append((now + plan[number][4], chat_key, cost))
        wait = turns.wait(now)
        steps = [at for at, _, _ in out] + [at for at, _ in arrivals[:1]]
        if wait is not None:
            steps.append(now + wait)
        if not steps:
            break
        assert min(steps) > now or out or arrivals, "no progress"
        now = max(now, min(steps))
    assert sorted(number for _, _, number, _ in sent) == list(range(len(plan)))
    by_chat: dict[object, list[int]] = defaultdict(list)
    for _, chat_key, number, _ in sent:
        by_chat[(chat_key, plan[number][1])].append(number)
    for numbers in by_chat.values():
        assert numbers == sorted(numbers, key=lambda number: (plan[number][3], number))
    weighted = [time for time, _, _, cost in sent for _ in range(cost)]
    assert busiest(weighted, 1.0) <= 5
