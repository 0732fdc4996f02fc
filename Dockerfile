# Two stages: the first has pip and setuptools, the second only what runs.
FROM python:3.13-slim AS build

ENV PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /source
RUN python -m venv /venv

# The libraries change less often than the code, so they get a layer of their own.
COPY requirements-run.lock ./
RUN /venv/bin/python -m pip install --no-deps --require-hashes -r requirements-run.lock

COPY pyproject.toml README.md LICENSE ./
COPY bot/ bot/
COPY adapters/ adapters/
COPY commands/ commands/
COPY storage/ storage/
RUN /venv/bin/python -m pip install --no-deps --no-build-isolation . \
    && /venv/bin/python -m pip uninstall --yes setuptools pip


FROM python:3.13-slim

RUN groupadd --system --gid 10001 brobygger \
    && useradd --system --uid 10001 --gid brobygger --home-dir /data --no-create-home --shell /usr/sbin/nologin brobygger \
    && install --directory --owner=brobygger --group=brobygger --mode=0700 /data

COPY --from=build /venv /venv

# The file system may be read-only: /data is the only place that is written to.
ENV PATH="/venv/bin:$PATH" \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    BROBYGGER_HOST=0.0.0.0 \
    BROBYGGER_PORT=8080 \
    BROBYGGER_LOG=json \
    DATABASE_URL=sqlite+aiosqlite:////data/brobygger.db
WORKDIR /data
VOLUME ["/data"]
EXPOSE 8080
USER 10001:10001

HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as web; web.urlopen('http://127.0.0.1:' + os.environ['BROBYGGER_PORT'] + '/healthz', timeout=4)"]

CMD ["brobygger", "run"]
