# recourse with its extras for PostgreSQL, Kafka and traces, in the versions of requirements.lock.
FROM python:3.13-slim AS wheel
WORKDIR /source
COPY pyproject.toml requirements.lock README.md LICENSE ./
COPY src src
# The lock has the tools of the developers too, and hashes that a folder of one's own cannot have.
RUN sed 's/ *\\$//; s/ *--hash=[^ ]*//' requirements.lock > versions.txt \
    && pip install --no-cache-dir --constraint versions.txt hatchling \
    && pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir wheels .

FROM python:3.13-slim
COPY --from=wheel /source/wheels /source/versions.txt /wheels/
RUN pip install --no-cache-dir --constraint /wheels/versions.txt \
        "$(echo /wheels/recourse-*.whl)[postgres,kafka,otel]" \
    && rm -r /wheels \
    && useradd --create-home recourse \
    && mkdir /site && chown recourse /site
USER recourse
WORKDIR /site
ENTRYPOINT ["recourse"]
CMD ["--help"]
