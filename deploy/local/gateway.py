"""The gateway on a bare machine: nginx, with all its files under the run directory."""

import subprocess
from pathlib import Path

from deploy.local.place import ROOT, SERVICES, Place, is_free, is_root
from deploy.local.setup import nginx
from deploy.local.steps import SetupError

PREFERRED_PORT = 8080
PARTS = ROOT / "deploy/gateway"
CONFIG = """{user}daemon off;
worker_processes 2;
pid {home}/nginx.pid;
error_log stderr crit;
events {{ worker_connections 1024; }}
http {{
  client_body_temp_path {home}/body;
  proxy_temp_path {home}/proxy;
  fastcgi_temp_path {home}/unused;
  uwsgi_temp_path {home}/unused;
  scgi_temp_path {home}/unused;
  include {parts}/http.conf;
  include {home}/trusted.conf;
  map $service $backend {{
    volatile;
{backends}
  }}
  access_log {log} json;
  server {{
    listen 127.0.0.1:{port};
    root {parts}/away;
    include {parts}/routes.conf;
  }}
}}
"""


def choose_port(place: Place) -> None:
    """8080, which people expect, where it is free at this start; else the next that is."""
    port = PREFERRED_PORT
    while not is_free(port):
        port += 1
    place.keep_port("gateway", port)


def command(place: Place) -> list[str | Path]:
    """Writes the configuration; the command that runs it in the foreground."""
    program, home = nginx(), place.run / "gateway"
    if not program:
        raise SetupError("nginx is missing: `make setup`")
    home.mkdir(exist_ok=True)
    ports = {name: place.port(f"{name}-web") for name in SERVICES}
    ports |= {name: place.port(name) for name in ("intake-live", "demo-login")}
    backends = "\n".join(f"    {name} 127.0.0.1:{port};" for name, port in ports.items())
    subprocess.run(["sh", PARTS / "trusted.sh", home / "trusted.conf"], check=True)
    config = home / "nginx.conf"
    config.write_text(CONFIG.format(
        # A checkout that only root can read is not readable to the user nginx would choose.
        user="user root root;\n" if is_root() else "", home=home, parts=PARTS, backends=backends,
        log=place.logs / "access.log", port=place.port("gateway"),
    ))  # fmt: skip
    return [program, "-p", home, "-c", config, "-e", "stderr"]
