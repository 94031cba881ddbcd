# One image, any number of stateless replicas. Nothing is fetched at run time.
FROM python:3.12-slim-bookworm AS build
WORKDIR /app
RUN pip install --no-cache-dir uv==0.13.9
COPY requirements.txt .
RUN uv venv /venv && uv pip install --python /venv/bin/python --compile-bytecode --require-hashes -r requirements.txt

FROM python:3.12-slim-bookworm
RUN apt-get update \
 && apt-get install -y --no-install-recommends tesseract-ocr tesseract-ocr-vie \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home /var/lib/canhgiac --create-home canhgiac
WORKDIR /app
COPY --from=build /venv /venv
COPY knowledge knowledge
COPY bot bot
COPY api api
ENV PATH=/venv/bin:$PATH PYTHONPATH=/app PYTHONUNBUFFERED=1 CANHGIAC_HOST=0.0.0.0 CANHGIAC_VAR=/var/lib/canhgiac
USER canhgiac
VOLUME /var/lib/canhgiac
EXPOSE 8000
# A worker listens to nothing, so that whoever runs "web" or everything asks /healthz (alive) and /readyz (of use) there.
CMD ["python", "-m", "api"]
