#!/bin/bash
# The copy: taken whole the first time, following from then on.
set -euo pipefail
export PATH=/usr/lib/postgresql/17/bin:$PATH PGPASSWORD=$REPLICATION_PASSWORD
run() { setpriv --reuid=postgres --regid=postgres --init-groups "$@"; }
mkdir -p "$PGDATA" /var/run/postgresql
chown postgres:postgres "$PGDATA" /var/run/postgresql
chmod 700 "$PGDATA"
if [[ ! -s $PGDATA/PG_VERSION ]]; then
  run pg_basebackup -h postgres -U replicator -D "$PGDATA" -S copy -R -X stream
fi
exec setpriv --reuid=postgres --regid=postgres --init-groups postgres -c listen_addresses='*' -c max_connections=300
