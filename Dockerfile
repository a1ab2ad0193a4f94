FROM node:22-slim AS assets
WORKDIR /build
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm \
    npm ci --omit=dev --ignore-scripts --no-audit --no-fund
COPY shared/static/src shared/static/src
RUN npm run --silent build

FROM python:3.13-slim AS packages
# requirements-tracing.txt for one that sends its traces somewhere.
ARG REQUIREMENTS=requirements.txt
COPY ${REQUIREMENTS} /tmp/requirements.txt
RUN --mount=type=cache,target=/root/.cache/pip \
    python -m venv /opt/venv \
 && /opt/venv/bin/pip install --disable-pip-version-check --require-hashes -r /tmp/requirements.txt

FROM python:3.13-slim
# Not pinned: the mended version of a library of the system is always the one that is wanted.
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin jobbutik \
 && install -d -o jobbutik /definitions
COPY --from=packages /opt/venv /opt/venv
WORKDIR /app
COPY . .
COPY --from=assets /build/shared/static/built shared/static/built
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
RUN pybabel --quiet compile -d shared/translations \
 && python -m compileall -q deploy shared services demo
USER 10001
# The command says which service and which part of it; see docker-compose.yml.
CMD ["python", "-m", "shared.worker"]
