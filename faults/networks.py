"""Faults of the wire between the parts; the tools stand in the network of whoever is to suffer."""

import time

from faults.matrix import Target, fault
from faults.stage import Stage

VICTIM, BROKER = "matching-worker", "rabbitmq"
HOLE = ("OUTPUT", "!", "-o", "lo", "-j", "DROP")
LOSS = ("INPUT", "-p", "tcp", "--dport", "5672", "-m", "statistic", "--mode", "random", "--probability", "0.3",
        "-j", "DROP")  # fmt: skip
# Plugged in again, its wire has another name.
THROTTLE = 'tc qdisc {} dev "$(ls /sys/class/net | grep -m 1 eth)" root {}'
THROTTLED = "tbf rate 64kbit burst 8kb latency 2s"
LAG = """
    SELECT coalesce(percentile_cont(0.99) WITHIN GROUP (ORDER BY extract(epoch FROM i.handled_at - o.recorded_at)), 0)
    FROM intake.outbox o JOIN {listener}.inbox i USING (event_id)
    WHERE o.recorded_at > clock_timestamp() - interval '{seconds} s'
"""


def lag(stage: Stage, listener: str, seconds: float) -> float:
    """99 of 100 of intake's events of the last seconds were heard within so many."""
    return round(float(stage.sql(LAG.format(listener=listener, seconds=seconds))[0][0]), 2)


@fault("F31", "a worker behind a black hole for twenty seconds, then unplugged for ten", Target("recovery", 10, 120))
def black_hole(stage: Stage) -> None:
    stage.engine.in_network_of(VICTIM, "iptables", "-A", *HOLE)
    time.sleep(20)
    stage.engine.in_network_of(VICTIM, "iptables", "-D", *HOLE)
    stage.recovered()
    stage.engine.cut(VICTIM, "disconnect")
    time.sleep(10)
    stage.engine.cut(VICTIM, "connect")
    stage.recovered()


@fault("F32", "30 % of the packets to the broker lost for twenty seconds; then a worker at 64 kbit/s",
       Target("lag_p99", 5), Target("recovery", 10, 120))  # fmt: skip
def lossy(stage: Stage) -> None:
    stage.engine.in_network_of(BROKER, "iptables", "-A", *LOSS)
    time.sleep(20)
    lossy_lag = lag(stage, "followup", 20)
    stage.engine.in_network_of(BROKER, "iptables", "-D", *LOSS)
    stage.recovered()
    stage.engine.in_network_of(VICTIM, "sh", "-c", THROTTLE.format("add", THROTTLED))
    time.sleep(20)
    stage.figures["lag_p99"] = max(lossy_lag, lag(stage, "matching", 20))
    stage.engine.in_network_of(VICTIM, "sh", "-c", THROTTLE.format("del", ""))
    stage.recovered()
