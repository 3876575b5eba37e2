"""Running the bot until it is asked to leave: for real, or in the sandbox."""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from console.importing import import_files
from console.opening import CannotDo, backups_of, opened_store, say_aside

if TYPE_CHECKING:
    from carriers.asking import Adapter
    from minds import Learning
    from running import Running
    from settings import Settings
    from store import Store

SELLER = 10001
"""The seller's id in the sandbox, unless OWNER_ID says otherwise."""
SANDBOX_DATABASE = Path("sandbox-data/shop.db")
SAMPLE_SHOP = Path(__file__).parents[1] / "sandbox" / "sample_shop"
CLAIM_LASTS = timedelta(hours=24)


async def run_bot(settings: Settings) -> None:
    """Run until SIGTERM or Ctrl-C; a second one leaves at once."""
    from clock import Clock
    from delivery.redacting import redact_logs
    from delivery.webhook import made_secret
    from ops.keeping import kept
    from ops.leaving import heed_signals, soon
    from ops.logs import set_up_logs

    set_up_logs(settings.log_level)
    secret = settings.webhook_secret or made_secret(settings.bot_token)
    redact_logs((settings.bot_token, secret, settings.seventeentrack_key, settings.kuaidi100_key))
    clock, asked = Clock(), heed_signals()
    lost: list[str] = []

    def on_lost(why: str) -> None:
        lost.append(why)
        asked.set()

    async with opened_store(settings) as store:
        await store.lock(on_lost)
        async with kept(
            store,
            clock,
            backups_of(settings),
            settings.metrics_listen,
            owners=settings.owner_id,
        ) as back_up:
            running, learning = await _start(settings, store, clock)
            running.desk.back_up = back_up
            if not running.desk.people.owners:
                print(f"Nobody owns this shop yet. Send your bot:  /claim {await _offer_claim(store)}", flush=True)
            print("The shop is open.", flush=True)
            await asked.wait()
            with soon():
                await _stop(running, learning)
    if lost:
        raise CannotDo(lost[0])


async def run_sandbox(settings: Settings, port: int, shop: Path | None) -> None:
    """The same bot, speaking to a Telegram of our own. `shop` is imported: the sample only where there is no shop
    yet; None is an empty one."""
    from carriers.sandbox import SandboxCarrier
    from clock import Clock
    from ops.keeping import kept
    from ops.leaving import heed_signals, soon
    from ops.logs import set_up_logs
    from sandbox import Sandbox

    set_up_logs("ERROR" if settings.log_level == "INFO" else settings.log_level)
    changes: dict[str, Any] = {
        "owner_id": settings.owner_id or (SELLER,),
        "tick_seconds": min(1.0, settings.tick_seconds),
    }
    clock, asked = Clock(), heed_signals()
    world = Sandbox(clock)
    try:
        await world.start(port)
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else str(error)
        raise CannotDo(f"Port {port} cannot be used ({why}): choose another, python bot.py sandbox --port N") from None
    if "database_url" not in settings.model_fields_set:
        for old in SANDBOX_DATABASE.parent.glob(f"{SANDBOX_DATABASE.name}*"):
            if old.is_file():
                old.unlink()  # every sandbox begins anew; set DATABASE_URL to keep one
        changes["database_url"] = f"sqlite:///{SANDBOX_DATABASE}"
    settings = settings.model_copy(update=changes)
    async with opened_store(settings) as store, kept(store, clock, None, settings.metrics_listen):
        await store.lock()
        is_new = await store.shop.load() is None and not await store.catalogue.count()
        if shop is not None and (is_new or shop is not SAMPLE_SHOP):
            await import_files(store, [shop], clock.now(), tell=say_aside)
        world.restart_update_ids(int(clock.now().timestamp()))
        for owner in settings.owner_id:
            world.seller(id=owner)
        for number, (name, language) in enumerate(
            (("小林", "zh-hans"), ("阿芳", "zh-hant"), ("Emma", "en")), start=20001
        ):
            world.person(name, language, id=number)
        running, learning = await _start(
            settings, store, clock, token=world.token, base_url=world.base_url, more_carriers=[SandboxCarrier(clock)]
        )
        world.idle = running.idle
        if settings.send_rate and settings.chat_rate and settings.group_rate:
            world.enforce_limits(burst=2)  # as strict as the real one, unless the bot was told to keep to no limits
        for owner in settings.owner_id:
            await world.seller(id=owner).start()
        print(f"The sandbox is open: {world.base_url}   (Ctrl-C closes it)", flush=True)
        await asked.wait()
        with soon():
            await _stop(running, learning)
            await world.stop()


async def _start(
    settings: Settings,
    store: Store,
    clock: Any,
    *,
    token: str | None = None,
    base_url: str | None = None,
    more_carriers: Sequence[Adapter] = (),
) -> tuple[Running, Learning]:
    """Start the bot, and let its understanding be made ready meanwhile."""
    from minds import Learning
    from ops.collecting import spare_what_stays
    from running import start

    running = await start(settings, store, clock, token=token, base_url=base_url, more_carriers=more_carriers)
    learning = Learning(running.desk, settings.database_file, use_encoder=settings.encoder)
    learning.begin(then=spare_what_stays)
    return running, learning


async def _stop(running: Running, learning: Learning) -> None:
    await learning.stop()
    await running.stop()


async def _offer_claim(store: Store) -> str:
    """A one-time code that makes whoever sends it the owner."""
    from clock import Clock

    now = Clock().now()
    code = secrets.token_hex(4).upper()
    await store.write([store.staff.offer(code, now, now + CLAIM_LASTS)])
    return code
