"""`python -m deploy.kubernetes [--check]`: many-machines/kubernetes.yaml, the same parts as compose's, for a cluster.

Settings come from a Secret for each service, made from the lines that `make env` writes (docs/operations.md).
"""

import sys
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

from shared.events import SERVICES

FILE = Path(__file__).parent / "many-machines/kubernetes.yaml"
IMAGE, BROKER, DATABASE, GATEWAY = "jobbutik:1.0.0", "rabbitmq:4-management", "postgres:17", "nginx:stable"
HEADING = "# Made by `python -m deploy.kubernetes`; kubernetes-validate reads it in `make check`.\n"
NODES, COPIES = 3, 2
Made = dict[str, Any]
CONFINED = {
    "allowPrivilegeEscalation": False,
    "readOnlyRootFilesystem": True,
    "runAsNonRoot": True,
    "capabilities": {"drop": ["ALL"]},
    "seccompProfile": {"type": "RuntimeDefault"},
}


def manifests() -> list[Made]:
    """All of them, in the order to apply them in."""
    parts = [_made("v1", "Namespace", "jobbutik")]
    parts += [*_database(), *_broker(), _migration()]
    for service in SERVICES:
        web = ["gunicorn", "--config", "deploy/gunicorn.py", f"services.{service}:create_app()"]
        parts += _web(service, web)
        parts.append(_deployment(f"{service}-worker", service, ["python", "-m", "shared.worker"]))
    parts += _web("intake-live", ["gunicorn", "--config", "deploy/gunicorn_live.py", "shared.live:create_app()"])
    return [*parts, *_gateway(), _border()]


def _made(version: str, kind: str, name: str, **rest: Any) -> Made:
    about = {"name": name, "labels": {"app": name}} | ({} if kind == "Namespace" else {"namespace": "jobbutik"})
    return {"apiVersion": version, "kind": kind, "metadata": about, **rest}


def _container(name: str, image: str, command: list[str], **rest: Any) -> Made:
    limits = {"requests": {"cpu": "100m", "memory": "192Mi"}, "limits": {"memory": "512Mi"}}
    return {
        "name": name, "image": image, "command": command, "resources": limits, "securityContext": CONFINED, **rest,
    }  # fmt: skip


def _pod(name: str, containers: list[Made], **rest: Any) -> Made:
    spread = {
        "maxSkew": 1, "topologyKey": "kubernetes.io/hostname", "whenUnsatisfiable": "ScheduleAnyway",
        "labelSelector": {"matchLabels": {"app": name}},
    }  # fmt: skip
    spec = {"automountServiceAccountToken": False, "topologySpreadConstraints": [spread], "containers": containers}
    return {"metadata": {"labels": {"app": name}}, "spec": spec | rest}


def _deployment(name: str, settings: str, command: list[str], **rest: Any) -> Made:
    mounts = [{"name": "tmp", "mountPath": "/tmp"}]  # noqa: S108  the container's own
    one = _container(name, IMAGE, command, envFrom=_settings(settings), volumeMounts=mounts, **rest)
    pod = _pod(name, [one], volumes=[{"name": "tmp", "emptyDir": {}}], terminationGracePeriodSeconds=30)
    # The new one answers before the old one goes.
    roll = {"type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": 0, "maxSurge": 1}}
    selector = {"matchLabels": {"app": name}}
    spec = {"replicas": COPIES, "strategy": roll, "selector": selector, "template": pod}
    return _made("apps/v1", "Deployment", name, spec=spec)


def _settings(name: str) -> list[Made]:
    return [{"secretRef": {"name": f"{name}-settings"}}]


def _web(name: str, command: list[str]) -> list[Made]:
    asked = {
        path: {"httpGet": {"path": f"/{path}", "port": 8000}, "periodSeconds": 10, "timeoutSeconds": 6}
        for path in ("livez", "readyz")
    }
    # Boards have no worker of their own to be ready with.
    ready = asked["livez" if name == "intake-live" else "readyz"]
    rest = {"ports": [{"containerPort": 8000}], "livenessProbe": asked["livez"], "readinessProbe": ready}
    budget = {"minAvailable": 1, "selector": {"matchLabels": {"app": name}}}
    return [
        _deployment(name, name, command, **rest),
        _service(name, 8000),
        _made("policy/v1", "PodDisruptionBudget", name, spec=budget),
    ]


def _service(name: str, port: int, **rest: Any) -> Made:
    return _made("v1", "Service", name, spec={"selector": {"app": name}, "ports": [{"port": port}], **rest})


def _migration() -> Made:
    one = _container("migrate", IMAGE, ["python", "-m", "shared.migrate"], envFrom=_settings("migrate"))
    pod = _pod("migrate", [one], restartPolicy="OnFailure")
    return _made("batch/v1", "Job", "migrate", spec={"backoffLimit": 6, "template": pod})


def _kept(size: str) -> list[Made]:
    wanted = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": size}}}
    return [{"metadata": {"name": "data"}, "spec": wanted}]


def _stateful(name: str, replicas: int, pod: Made, size: str) -> Made:
    own = {"serviceName": name, "replicas": replicas, "selector": {"matchLabels": {"app": name}}, "template": pod}
    return _made("apps/v1", "StatefulSet", name, spec=own | {"volumeClaimTemplates": _kept(size)})


def _database() -> list[Made]:
    """A primary and one copy that follows; who takes over is a person's decision (docs/operations.md)."""
    folder = Path(__file__).parent / "many-machines"
    scripts = {name: (folder / name).read_text() for name in ("replication.sh", "follow.sh")}
    parts = [_made("v1", "ConfigMap", "database-scripts", data=scripts)]
    for name, command in (("postgres", []), ("postgres-copy", ["bash", "/scripts/follow.sh"])):
        mounts = [{"name": "data", "mountPath": "/var/lib/postgresql/data", "subPath": "data"}]
        mounts.append({"name": "scripts", "mountPath": "/scripts"})
        if not command:
            script = {"name": "scripts", "subPath": "replication.sh"}
            mounts.append(script | {"mountPath": "/docker-entrypoint-initdb.d/replication.sh"})
        one = _container(name, DATABASE, command, envFrom=_settings("postgres"), volumeMounts=mounts)
        one["resources"] = {"requests": {"cpu": "500m", "memory": "1Gi"}, "limits": {"memory": "2Gi"}}
        # Its entry point starts as root, gives the data to its own user and becomes that user.
        own = {"add": ["CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"], "drop": ["ALL"]}
        one["securityContext"] = {"allowPrivilegeEscalation": False, "capabilities": own}
        if not command:
            del one["command"]
        volumes = [{"name": "scripts", "configMap": {"name": "database-scripts"}}]
        pod = _pod(name, [one], volumes=volumes, terminationGracePeriodSeconds=60)
        parts += [_service(name, 5432, clusterIP="None"), _stateful(name, 1, pod, "50Gi")]
    return parts


def _broker() -> list[Made]:
    folder = Path(__file__).parent
    cluster = (folder / "many-machines/cluster.conf").read_text()
    for number, name in enumerate(("rabbitmq", "rabbitmq-2", "rabbitmq-3")):
        cluster = cluster.replace(f"rabbit@{name}\n", f"rabbit@rabbitmq-{number}.rabbitmq.jobbutik.svc.cluster.local\n")
    files = {
        "95-cluster.conf": cluster,
        "advanced.config": (folder / "many-machines/advanced.config").read_text(),
        "90-jobbutik.conf": (folder / "broker/rabbitmq.conf").read_text(),
        "enabled_plugins": (folder / "broker/enabled_plugins").read_text(),
    }
    places = {"95-cluster.conf": "conf.d/", "90-jobbutik.conf": "conf.d/"}
    mounts = [
        {"name": "files", "subPath": name, "mountPath": f"/etc/rabbitmq/{places.get(name, '')}{name}"} for name in files
    ]
    mounts.append({"name": "data", "mountPath": "/var/lib/rabbitmq"})
    mounts.append({"name": "definitions", "mountPath": "/definitions"})
    start = 'umask 077; printf %s "$BROKER_COOKIE" > "$HOME/.erlang.cookie"; exec rabbitmq-server'
    node = _container("rabbitmq", BROKER, ["sh", "-c", start], envFrom=_settings("rabbitmq"), volumeMounts=mounts)
    own_name = {"name": "RABBITMQ_NODENAME", "value": "rabbit@$(POD).rabbitmq.jobbutik.svc.cluster.local"}
    pod_name = {"name": "POD", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}
    knock = {"name": "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "value": "-kernel net_setuptime 2"}
    node["env"] = [pod_name, own_name, {"name": "RABBITMQ_USE_LONGNAME", "value": "true"}, knock]
    node["securityContext"] = {**CONFINED, "readOnlyRootFilesystem": False, "runAsUser": 999, "runAsGroup": 999}
    node["readinessProbe"] = {"tcpSocket": {"port": 5672}, "periodSeconds": 5}
    node["resources"] = {"requests": {"cpu": "250m", "memory": "512Mi"}, "limits": {"memory": "1Gi"}}
    write = ["python", "-m", "deploy.definitions", "/definitions/definitions.json"]
    first = _container("definitions", IMAGE, write, envFrom=_settings("definitions"), volumeMounts=mounts[-1:])
    return [_made("v1", "ConfigMap", "broker-files", data=files), *_nodes(node, first)]


def _nodes(node: Made, first: Made) -> list[Made]:
    volumes = [{"name": "files", "configMap": {"name": "broker-files"}}, {"name": "definitions", "emptyDir": {}}]
    rest = {"volumes": volumes, "terminationGracePeriodSeconds": 120, "securityContext": {"fsGroup": 999}}
    pod = _pod("rabbitmq", [node], initContainers=[first], **rest)
    stateful = _stateful("rabbitmq", NODES, pod, "20Gi")
    # All at once: the first waits for nobody, and each finds the others by name.
    stateful["spec"]["podManagementPolicy"] = "Parallel"
    budget = {"maxUnavailable": 1, "selector": {"matchLabels": {"app": "rabbitmq"}}}
    headless = _service("rabbitmq", 5672, clusterIP="None", publishNotReadyAddresses=True)
    return [headless, stateful, _made("policy/v1", "PodDisruptionBudget", "rabbitmq", spec=budget)]


def _gateway() -> list[Made]:
    folder = Path(__file__).parent / "gateway"
    files = {file.name: file.read_text() for file in sorted(folder.glob("*.*")) if file.is_file()}
    # The cluster's own names instead of Docker's.
    files["compose.conf"] = (
        files["compose.conf"]
        .replace("resolver 127.0.0.11", "resolver kube-dns.kube-system.svc.cluster.local")
        .replace("default $service:8000", "default $service.jobbutik.svc.cluster.local:8000")
    )
    away = {file.name: file.read_text() for file in sorted((folder / "away").iterdir())}
    start = (
        "sh /etc/jobbutik/trusted.sh /tmp/trusted.conf && sh /etc/jobbutik/doors.sh /tmp"
        " && exec nginx -c /etc/jobbutik/compose.conf -e stderr -g 'daemon off;'"
    )
    mounts = [
        {"name": "files", "mountPath": "/etc/jobbutik"},
        {"name": "away", "mountPath": "/etc/jobbutik/away"},
        {"name": "tmp", "mountPath": "/tmp"},  # noqa: S108  the container's own
    ]
    one = _container("gateway", GATEWAY, ["sh", "-c", start], volumeMounts=mounts, ports=[{"containerPort": 8080}])
    one["securityContext"] = CONFINED | {"runAsUser": 101, "runAsGroup": 101}
    one["readinessProbe"] = {"httpGet": {"path": "/health", "port": 8080}}
    volumes = [
        {"name": "files", "configMap": {"name": "gateway-files"}},
        {"name": "away", "configMap": {"name": "gateway-away"}},
        {"name": "tmp", "emptyDir": {}},
    ]
    selector = {"matchLabels": {"app": "gateway"}}
    spec = {"replicas": COPIES, "selector": selector, "template": _pod("gateway", [one], volumes=volumes)}
    return [
        _made("v1", "ConfigMap", "gateway-files", data=files),
        _made("v1", "ConfigMap", "gateway-away", data=away),
        _made("apps/v1", "Deployment", "gateway", spec=spec),
        _service("gateway", 8080),
    ]


def _border() -> Made:
    """Only the gateway may be asked from outside the namespace."""
    inside: Made = {"podSelector": {}}
    not_the_gateway = {"matchExpressions": [{"key": "app", "operator": "NotIn", "values": ["gateway"]}]}
    spec = {"podSelector": not_the_gateway, "policyTypes": ["Ingress"], "ingress": [{"from": [inside]}]}
    return _made("networking.k8s.io/v1", "NetworkPolicy", "inside", spec=spec)


def main() -> int:
    """Writes the file; with `--check` 1 where it is not what it would write."""
    made = HEADING + yaml.safe_dump_all(manifests(), sort_keys=False, width=120)
    if "--check" in sys.argv:
        if not FILE.exists() or FILE.read_text() != made:
            sys.stderr.write(f"{FILE.name} is not up to date: python -m deploy.kubernetes\n")
            return 1
        return 0
    FILE.write_text(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
