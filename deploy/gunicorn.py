"""gunicorn's settings for every service; the address and the size come from the environment."""

import gc
import importlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import gunicorn  # type: ignore[import-untyped]
from gunicorn import glogging

from shared.logs import logging_config

gunicorn.SERVER = "jobbutik"


class Logger(glogging.Logger):  # type: ignore[misc]
    """The app's own logging, without a line for every look at the service's health."""

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any) -> None:
        """Writes the access line of a real request."""
        if environ["PATH_INFO"] not in ("/livez", "/readyz", "/metrics"):
            super().access(resp, req, environ, request_time)


def on_starting(server: Any) -> None:
    """Loads a service before its processes part: one of them pays the time, and they share the memory."""
    package = str(server.app.app_uri).partition(":")[0]
    if package.startswith("services."):
        web = importlib.import_module(f"{package}.web")
        getattr(web, "warm", lambda: None)()
        # Or each process's own collector would touch, and so copy, all of it.
        gc.collect()
        gc.freeze()


def on_exit(_server: Any) -> None:
    """What the processes counted goes with the server."""
    shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)


if not os.environ.get("WEB_PORT") or not os.environ.get("SERVICE"):
    raise SystemExit("settings refused (missing: WEB_PORT or SERVICE)")
bind = f"{os.environ.get('WEB_HOST', '127.0.0.1')}:{os.environ['WEB_PORT']}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))
graceful_timeout = 10
timeout = 60
keepalive = 30
# Two masters of one user would silently share gunicorn's default control socket.
control_socket_disable = True
# The heartbeat is a file; on a slow disk a waiting write would look like a hung worker.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
# Each process counts its requests in a file of its own, which all of them read.
os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="jobbutik-", dir=worker_tmp_dir)
# Forwarded headers are believed only where nothing but our gateway can connect.
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")
accesslog = "-"
logger_class = Logger
# The path alone: a query string may hold a person's number.
access_log_format = "%(m)s %(U)s %(s)s %(B)s bytes %(M)s ms"
logconfig_dict = logging_config(os.environ.get("LOG_LEVEL", "INFO"), os.environ.get("SERVICE", ""))
