# Two stages: everything is built and the models are fetched in the first; the
# second has only the files that run.
FROM debian:12-slim AS build
WORKDIR /build
# Packages are a layer of their own: a change of the source keeps them.
COPY scripts/install-deps.sh scripts/
RUN scripts/install-deps.sh demo
COPY . .
RUN scripts/render-build.sh --tree /out

FROM scratch
COPY --from=build /out/ /
# 65534 is "nobody". The root file system may be read-only: only the cache,
# which may be lost, is written, and it is in /tmp.
USER 65534:65534
ENV RENDER=true \
    RESUME_SCORER_MODELS=/usr/share/resume-scorer/models \
    RESUME_SCORER_MODEL_EXTRACTOR=/usr/bin/resume-scorer-extract \
    RESUME_SCORER_DATA_FOLDER=/tmp/resume-scorer
EXPOSE 10000
STOPSIGNAL SIGTERM
ENTRYPOINT ["/usr/bin/resume-scorer", "serve", "--workers=1", "--preload-models"]
