"""DBOS, set up for us: its own tables, our own connections, a new name for each process, a version that stays.

Importing it takes half a second, which is why nothing imports this module before the service answers. Nothing that DBOS
stores is ever unpickled: it is JSON. Must not know what runs.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, timedelta
from pathlib import Path

from dbos import DBOS, DBOSClient, DBOSConfig, DBOSPortableJSONSerializer, StepOptions, error
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from api import log
from api.clock import now
from api.durable.jobs import Job
from api.filelock import private_file
from api.sqlite import PRAGMAS
from api.surroundings import Surroundings

NAME = "canh-giac"
SCHEMA = "durable"
QUEUE = "jobs"
VERSION = "1"
"""Work begun by one version of the code is finished by the next. Raise it only where that must not be."""
POLL_SECONDS = 1.0
AT_ONCE = 4
THREADS = 16
STOP_SECONDS = 2.0
KEPT = timedelta(days=3)
"""How long a finished run is remembered: longer than the longest stretch of time between two runs."""
_OVER = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
_RETRIES = StepOptions(retries_allowed=True, max_attempts=4, interval_seconds=1.0, backoff_rate=3.0)
_BATCH = 500
logger = log.get(__name__)
_quiet = logging.getLogger("dbos")
_quiet.addHandler(logging.NullHandler())  # without one it would write to the terminal itself
_quiet.setLevel(logging.ERROR)


class JobFailed(Exception):
    """Some steps of a run could not be done; the text is their names."""


class Runtime:
    """DBOS in this process, known to others as ``executor_id``. There is one at a time in a process."""

    def __init__(self, url: str, executor_id: str) -> None:
        self.executor_id = executor_id
        self._stopped = False
        self._engine = _engine(url, self)
        self._at_work: set[asyncio.Task[object] | None] = set()
        self.client = DBOSClient(
            system_database_engine=self._engine,
            dbos_system_schema=SCHEMA,
            serializer=DBOSPortableJSONSerializer(),
            application_name=NAME,
            lazy=True,
            retry_connection_errors=False,  # our loops try again themselves, and sooner
        )

    async def launch(self, around: Surroundings, jobs: Sequence[Job]) -> bool:
        """Start, inside the running loop, so that jobs run on it. False when the database is away."""
        try:
            await asyncio.to_thread(self._migrate)
            DBOS(config=self._config())
            for job in jobs:
                self._register(around, job)
            DBOS.launch()
            await asyncio.to_thread(
                self.client.register_queue, QUEUE, worker_concurrency=AT_ONCE, polling_interval_sec=POLL_SECONDS
            )
        except (SQLAlchemyError, OSError):
            logger.exception("jobs not started yet")
            await self._destroy()
            return False
        return True

    def _config(self) -> DBOSConfig:
        return {
            "name": NAME,
            "system_database_engine": self._engine,
            "dbos_system_schema": SCHEMA,
            "application_version": VERSION,
            "executor_id": self.executor_id,
            "serializer": DBOSPortableJSONSerializer(),
            "run_migrations": False,  # see _migrate
            "use_listen_notify": False,  # a connection less, and no trouble with poolers of connections
            "notification_listener_polling_interval_sec": 0.2,  # so long a thread of it keeps us from ending
            "max_executor_threads": THREADS,
            "scheduler_polling_interval_sec": 3600.0,  # its own schedules are not used
            "log_level": "ERROR",
        }

    def _migrate(self) -> None:
        """Not on the loop: an index that is built waits for all transactions, also for those that the loop holds."""
        with self._engine.connect():  # makes an SQLite file what it shall be
            pass
        DBOS.migrate(self._engine.url.render_as_string(hide_password=False), schema=SCHEMA)

    def _register(self, around: Surroundings, job: Job) -> None:
        async def run() -> None:
            task = asyncio.current_task()
            self._at_work.add(task)
            try:
                await _steps(around, job)
            finally:
                self._at_work.discard(task)

        DBOS.workflow(name=job.name)(run)

    async def enqueue(self, name: str, run_id: str) -> None:
        """Have a run done once, by whichever process is free; not while an earlier one of that job is under way."""
        await self.client.enqueue_async(
            {
                "workflow_name": name,
                "queue_name": QUEUE,
                "workflow_id": run_id,
                "app_version": VERSION,
                "deduplication_id": name,
                "duplication_policy": "return-existing",
            }
        )

    async def unfinished(self, executor_ids: Sequence[str] | None = None) -> list[tuple[str, str]]:
        """Runs that are under way: id, and the process that has it."""
        found = await self.client.list_workflows_async(
            status="PENDING",
            executor_id=list(executor_ids) if executor_ids is not None else None,
            load_input=False,
            load_output=False,
        )
        return [(one.workflow_id, one.executor_id or "") for one in found]

    async def resume(self, run_ids: Sequence[str]) -> None:
        """Have runs of a dead process done by a living one."""
        await self.client.resume_workflows_async(list(run_ids), queue_name=QUEUE)

    async def forget_finished(self, _around: Surroundings) -> int:
        """Delete runs that have been over for some days; DBOS does not do that itself."""
        before, forgotten = (now() - KEPT).astimezone(UTC).isoformat(), 0
        while True:
            found = await self.client.list_workflows_async(
                status=_OVER, completed_before=before, limit=_BATCH, load_input=False, load_output=False
            )
            if not found:
                return forgotten
            await self.client.delete_workflows_async([one.workflow_id for one in found])
            forgotten += len(found)

    async def stop(self) -> None:
        """Leave what is under way to others, or to the next start, and end."""
        left = {task for task in self._at_work if task}
        for task in left:
            task.cancel()
        if left:
            await asyncio.wait(left, timeout=STOP_SECONDS)
        await self._destroy()
        self._stopped = True
        self.client.destroy()
        self._engine.dispose()

    async def _destroy(self) -> None:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor())  # DBOS had put its own there
        await asyncio.to_thread(DBOS.destroy, destroy_registry=True)

    @property
    def stopped(self) -> bool:
        """Whether nothing may connect any more."""
        return self._stopped


async def _steps(around: Surroundings, job: Job) -> None:
    failed = []
    for name, step in job.steps.items():
        try:
            done = await DBOS.run_step_async(StepOptions(name=name, **_RETRIES), step, around)
        except error.DBOSMaxStepRetriesExceeded as given_up:
            failed.append(name)
            reason = type(given_up.errors[-1]).__name__ if given_up.errors else "unknown"
            logger.error("step failed", method=f"{job.name}/{name}", error=reason)  # noqa: TRY400
        else:
            if done:
                logger.info("step done", method=f"{job.name}/{name}", count=done)
    if failed:
        raise JobFailed(", ".join(failed))


def _engine(url: str, owner: Runtime) -> Engine:
    """Connections of DBOS's own: a file beside an SQLite database, a schema inside a PostgreSQL one."""
    given = make_url(url)
    if given.get_backend_name() != "sqlite":
        made = create_engine(
            given, hide_parameters=True, pool_pre_ping=True, pool_size=5, max_overflow=10,
            connect_args={"connect_timeout": 5},
        )  # fmt: skip

        @event.listens_for(made, "do_connect")
        def _connecting(*_given: object) -> None:
            if owner.stopped:  # a thread of DBOS would try again for ever, and the process would not end
                raise RuntimeError("stopped")

        return made
    database = Path(str(given.database))
    path = database.with_name(f"{database.stem}-jobs.db")
    private_file(path)
    made = create_engine(f"sqlite:///{path}", hide_parameters=True)

    @event.listens_for(made, "connect")
    def _connected(connection: object, _record: object) -> None:
        connection.isolation_level = "IMMEDIATE"  # type: ignore[attr-defined]
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]

    return made
