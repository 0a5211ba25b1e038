# The application for production: gunicorn in front of PostgreSQL, static files inside, no shell needed.
#   docker build -t innovation-pool .
#   docker run --env-file pulje.env innovation-pool python manage.py migrate
#   docker run --env-file pulje.env -p 8000:8000 -v media:/srv/media innovation-pool
FROM python:3.13-slim

# requirements-sso.txt where the municipality's own sign-in is used.
ARG LOCK=requirements.txt
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 MEDIA_ROOT=/srv/media
WORKDIR /srv/app

COPY requirements.txt ${LOCK} ./
RUN pip install --no-cache-dir --require-hashes -r ${LOCK}

COPY manage.py ./
COPY innovation_pool innovation_pool
COPY businesscases businesscases
COPY pool pool
COPY templates templates
COPY static static
COPY locale locale
# The demo's settings are enough to collect and compile; the image keeps none of them.
RUN python -m babel.messages.frontend compile -d locale -D django \
    && DEMO=1 python manage.py collectstatic --noinput \
    && rm -rf var \
    && useradd --system --uid 10001 pool && install -d -o pool /srv/media

USER pool
EXPOSE 8000
VOLUME /srv/media
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
# Two processes: the measured size for a town hall on two cores. Mails and nightly checks are run by a
# timer outside, as management commands in the same image.
CMD ["gunicorn", "innovation_pool.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--no-control-socket", \
     "--worker-tmp-dir", "/dev/shm", "--max-requests", "2000", "--max-requests-jitter", "200"]
