#!/bin/sh
# TRUSTED_PROXIES: addresses or CIDRs, apart by commas, of the proxies in front of the gateway. nginx reads no
# environment, so they are written down for it before it starts; without any, X-Forwarded-For is nobody's word.
set -eu
for proxy in $(echo "${TRUSTED_PROXIES:-}" | tr ',' ' '); do
  echo "set_real_ip_from $proxy;"
done >"$1"
