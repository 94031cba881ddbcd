"""Starts telemelya, a Bot API server that nobody here wrote, on a port of this machine, with its stores in memory.

Instead of Redis and an object store: fakeredis and a dictionary. Run as a process of its own, for it sets up logging
and reads settings as a program does: ``python -m tests.bot.channels.telemelya_server PORT KEY``.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any


def main(port: str, key: str) -> None:
    os.environ |= {"MOCK_SERVER_HOST": "127.0.0.1", "MOCK_SERVER_PORT": port, "AUTH_KEYS": key}
    os.environ["MOCK_SERVER_URL"] = f"http://127.0.0.1:{port}"
    import fakeredis
    import uvicorn

    app, media, state = (importlib.import_module(f"telemelya.server.{name}") for name in ("app", "media", "state"))

    files: dict[str, bytes] = {}
    store = media.MediaManager

    async def nothing(_: Any) -> None: ...

    async def upload(self: Any, session: str, file: str, name: str, data: bytes, content_type: str = "") -> str:
        path = str(self._object_key(session, file, name))
        files[path] = data
        return path

    async def download(self: Any, session: str, file: str, name: str) -> bytes | None:
        return files.get(self._object_key(session, file, name))

    async def by_key(_: Any, path: str) -> bytes | None:
        return files.get(path)

    async def cleanup(_: Any, session: str) -> None:
        files.clear()

    async def connect(self: Any) -> None:
        self._redis = fakeredis.FakeAsyncRedis(decode_responses=True)

    store.connect = store.close = nothing
    store.upload, store.download, store.download_by_key, store.cleanup_session = upload, download, by_key, cleanup
    state.StateManager.connect = connect
    uvicorn.run(app.app, host="127.0.0.1", port=int(port), log_level="error")


if __name__ == "__main__":
    main(*sys.argv[1:])
