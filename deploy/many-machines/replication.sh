#!/bin/bash
# Run once, on an empty primary: who may follow it.
set -euo pipefail
psql=(psql -v ON_ERROR_STOP=1 -q -U "${POSTGRES_USER:-postgres}" -d postgres)
[[ $(id -u) != 0 ]] || psql=(setpriv --reuid=postgres --regid=postgres --init-groups "${psql[@]}")
"${psql[@]}" -v password="$REPLICATION_PASSWORD" <<< "CREATE ROLE replicator REPLICATION LOGIN PASSWORD :'password';
SELECT pg_create_physical_replication_slot('copy');"
echo "host replication replicator samenet scram-sha-256" >> "$PGDATA/pg_hba.conf"
