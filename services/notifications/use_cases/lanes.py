"""A lane for each supplier: one that hangs keeps nobody else's letters waiting. Workers share them (claims.py)."""

from services.notifications.rules.channels import EMAIL, POSTED, SMS
from services.notifications.use_cases.delivery import PostOffice
from services.notifications.use_cases.gateways import SHELF
from shared.handling import Job
from shared.suppliers import SMS_SUPPLIERS

OFFICES = {"mail": PostOffice(lane=(EMAIL,)), "post": PostOffice(lane=POSTED)} | {
    f"texts_{name}": PostOffice(lane=(SMS,), supplier=name) for name in (*SMS_SUPPLIERS, SHELF)
}
LANES = {
    f"deliver_{name}": Job(every=2, run=office.deliver, after_batch=True, lane=name, many=True)
    for name, office in OFFICES.items()
}
