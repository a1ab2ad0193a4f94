#!/bin/sh
# doors.sh FOLDER: the certificate, and what the door without TLS does. PUBLIC_URL is the address that people use.
# /tls/certificate.pem and /tls/key.pem are the municipality's; where they are not, one is made for this start.
set -eu
given=${TLS_FILES:-/tls}
if [ ! -e "$given/certificate.pem" ]; then
  given=$1
  name=$(echo "${PUBLIC_URL:-}" | sed -E 's,^https?://,,; s,[:/].*,,')
  (umask 077 && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 397 -subj "/CN=jobbutik" \
    -addext "subjectAltName=DNS:localhost,IP:127.0.0.1,DNS:${name:-localhost}" \
    -keyout "$1/key.pem" -out "$1/certificate.pem" 2>/dev/null)
fi
cat >"$1/certificate.conf" <<CONF
ssl_certificate $given/certificate.pem;
ssl_certificate_key $given/key.pem;
CONF
# Behind a proxy that is trusted, or on the demo's own machine, it serves; else it only leads to the other.
case "${PUBLIC_URL:-}/${TRUSTED_PROXIES:-}" in
  https://*/) printf 'set $public %s;\ninclude plain.conf;\n' "$PUBLIC_URL" ;;
  *) echo 'include routes.conf;' ;;
esac >"$1/door.conf"
