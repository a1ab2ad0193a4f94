"""What docker-compose.yml lets each container do, and who can be reached from outside (S50, S51)."""

from typing import Any

import yaml

from deploy import kubernetes
from deploy.local.place import ROOT
from shared import config

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]


def test_s50_only_the_gateway_and_the_demos_mail_have_a_port_outside() -> None:
    ports = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    addresses = [port for published in ports.values() for port in published]

    assert set(ports) == {"gateway", "mailcatcher"}
    assert SERVICES["mailcatcher"]["profiles"] == ["demo"]
    assert [one for one in addresses if not one.startswith(("127.0.0.1:", "${TLS_ADDRESS:-127.0.0.1}:"))] == []


def test_s50_what_holds_data_hangs_on_the_inner_network_alone() -> None:
    assert COMPOSE["networks"]["inner"]["internal"] is True
    assert [SERVICES[name]["networks"] for name in ("postgres", "rabbitmq", "matching", "followup")] == [["inner"]] * 4


def test_s51_every_container_is_without_rights_it_does_not_need() -> None:
    lax = {
        name: service
        for name, service in SERVICES.items()
        if not (
            service.get("read_only") is True
            and service.get("cap_drop") == ["ALL"]
            and "no-new-privileges:true" in service.get("security_opt", [])
            and service.get("mem_limit") and service.get("pids_limit")
            and not service.get("privileged") and service.get("network_mode") is None
        )
    }  # fmt: skip
    added = {name: service["cap_add"] for name, service in SERVICES.items() if "cap_add" in service}
    stay = {name for name, service in SERVICES.items() if service["restart"] == "unless-stopped"}

    assert set(lax) == set()
    assert set(added) == {"postgres"}
    assert {name for name in stay if "healthcheck" not in SERVICES[name]} <= {
        "mailcatcher", "intake-worker", "matching-worker", "followup-worker", "notifications-worker",
    }  # fmt: skip
    assert "\nUSER 10001\n" in (ROOT / "Dockerfile").read_text()


def test_the_clusters_gateway_makes_what_its_configuration_reads_as_the_containers_does() -> None:
    deployments = {one["metadata"]["name"]: one for one in kubernetes.manifests() if one["kind"] == "Deployment"}
    [container] = deployments["gateway"]["spec"]["template"]["spec"]["containers"]

    assert container["command"] == SERVICES["gateway"]["entrypoint"]


def test_every_setting_that_is_anybodys_to_make_reaches_its_containers() -> None:
    ours = {"CLOCK_FILE", "PROMETHEUS_MULTIPROC_DIR"}

    assert {name for name in config.OPTIONAL if name not in COMPOSE["x-notifications"]} == ours | {"OIDC_BACKCHANNEL"}
    assert "OIDC_BACKCHANNEL" in COMPOSE["x-intake"]
