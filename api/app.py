"""Puts the service together: surroundings, routes, edge, workers. Starting is recovering; stopping loses nothing.

One process does everything; a busy house has one that answers HTTP, and beside it one or more that work.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.middleware import Middleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from api import clock, codes, console, edge, errands, failures, migrations, public, vault
from api.access import accounts
from api.curation import replicas
from api.database import Database
from api.durable import engine
from api.intake import webhooks, worker
from api.messengers import building as messengers
from api.messengers import receiving
from api.settings import Settings
from api.surroundings import Surroundings
from bot.channels.base import Channel
from bot.channels.terminal import Terminal
from bot.channels.web import Web
from bot.media import Reader

Announce = Callable[[Surroundings, str | None], None]


def own_channels() -> dict[str, Channel]:
    """The channels that need no messenger."""
    return {channel.name: channel for channel in (Web(), Terminal())}


@asynccontextmanager
async def surroundings(settings: Settings) -> AsyncIterator[Surroundings]:
    """Everything the service runs on, with the tables at their newest."""
    keys = vault.load(settings.key_file, create=not settings.is_production)
    database = Database(settings.database)
    reader = Reader()
    try:
        await migrations.upgrade(database)
        knowledge = await replicas.first_knowledge(settings, database, clock.now())
        async with httpx.AsyncClient(timeout=20, trust_env=False) as client:
            channels = own_channels() | messengers.build(settings, database, keys, clock.now, client)
            yield Surroundings(settings, database, keys, knowledge, channels, codes.draw, reader=reader)
    finally:
        reader.close()
        await database.close()


def create_app(settings: Settings, announce: Announce | None = None, *, works: bool = True) -> FastAPI:
    """The application; ``announce`` is told when it is ready, with the first password where one was made. One that does
    not work too only stores what comes."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with surroundings(settings) as around:
            app.state.around = around
            password = await accounts.ensure_first(around)
            beside = working(around) if works else receiving.knowing(around)
            async with replicas.running(around, tries=works, settled=keep_out_of_collections), beside:
                keep_out_of_collections()
                if announce:
                    announce(around, password)
                yield

    return _build(settings, lifespan)


@asynccontextmanager
async def working(around: Surroundings, *, apart: bool = False) -> AsyncIterator[None]:
    """Everything that is done besides answering HTTP, for as long as the block lasts."""
    jobs = engine.running(around, errands.ALL)
    async with receiving.running(around), worker.running(around, apart=apart), jobs:  # who sends ends before channels
        yield


async def work(settings: Settings, announce: Callable[[Surroundings], None], stopped: asyncio.Event) -> None:
    """Work for another process that answers HTTP, until stopped."""
    async with surroundings(settings) as around:
        catalogue = replicas.running(around, settled=keep_out_of_collections)
        async with catalogue, working(around, apart=True):
            keep_out_of_collections()
            announce(around)
            await stopped.wait()


def keep_out_of_collections() -> None:
    """What is here now stays for long, above all the judge: Python's collections of garbage need not look through it,
    which would hold everything up for a tenth of a second each time. An old judge is freed all the same, for nothing in
    it refers to itself."""
    gc.freeze()


def assemble(around: Surroundings) -> FastAPI:
    """The application on surroundings that somebody else keeps."""
    app = _build(around.settings, None)
    app.state.around = around
    return app


def _build(settings: Settings, lifespan: Callable[[FastAPI], object] | None) -> FastAPI:
    middleware = [
        Middleware(edge.ProtectiveHeaders, https=settings.is_production),
        Middleware(edge.BodyCap),
    ]
    if settings.trusted_proxies:
        middleware.insert(0, Middleware(ProxyHeadersMiddleware, trusted_hosts=settings.trusted_proxies))
    docs = None if settings.is_production else "/openapi.json"
    app = FastAPI(
        title="Cảnh Giác",
        lifespan=lifespan,  # type: ignore[arg-type]
        middleware=middleware,
        docs_url=None,
        redoc_url=None,
        openapi_url=docs,
    )
    failures.install(app)
    app.include_router(public.router)
    app.include_router(webhooks.router)
    app.include_router(console.router)
    here = Path(__file__).parent
    app.mount("/static/public", StaticFiles(directory=here / "public" / "static"), name="public")
    app.mount("/static/console", StaticFiles(directory=here / "console" / "static"), name="console")
    return app
