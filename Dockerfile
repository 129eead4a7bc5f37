# Builds one static binary and the index of the content, and puts both in an empty image.
# The base image is pinned by tag; who operates Loes pins it by digest (rust:1.95-bookworm@sha256:...).
#
#   docker build --build-arg VERSION=0.1.0 --build-arg REVISION="$(git rev-parse HEAD)" -t loes .

FROM rust:1.95-bookworm AS build

WORKDIR /build

# A static binary: the runtime image has no C library. An explicit target keeps the flag away from
# build scripts and procedural macros, which cannot be static.
ENV CARGO_TARGET_DIR=/target \
    RUSTFLAGS="-C target-feature=+crt-static"

# Dependencies first: this layer stays until Cargo.toml or Cargo.lock changes. The target is that of
# the build image itself, so amd64 and arm64 (--platform) build alike.
COPY Cargo.toml Cargo.lock ./
COPY src/build.rs src/
RUN touch src/lib.rs \
    && echo 'fn main() {}' > src/main.rs \
    && cargo build --release --locked --target "$(rustc --print host-tuple)" \
    && rm -r src

# Then Loes itself. The two roots are touched, for a copied file can be older than the stubs above.
COPY src src
RUN touch src/lib.rs src/main.rs \
    && cargo build --release --locked --target "$(rustc --print host-tuple)" \
    && cp "/target/$(rustc --print host-tuple)/release/loes" /loes

# The index, built from the very content that goes along; an error in the content stops the build.
# All may read both, whatever the rights of the files were; only /data, /keys and /tmp can be written.
COPY content content
RUN /loes index --strict --content content --index /index \
    && chmod -R a+rX content /index \
    && mkdir /data /keys \
    && mkdir -m 1777 /scratch


FROM scratch

ARG VERSION=0.1.0
ARG REVISION=unknown

LABEL org.opencontainers.image.title="Loes" \
      org.opencontainers.image.description="Knowledge base with a human desk behind it, for Dutch municipalities and the parents who live there" \
      org.opencontainers.image.licenses="EUPL-1.2" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"

COPY LICENSE NOTICE /licenses/
COPY --from=build /loes /loes
COPY --from=build /build/content /content
COPY --from=build /index /index
COPY --from=build --chown=65532:65532 /data /data
COPY --from=build --chown=65532:65532 /keys /keys
COPY --from=build /scratch /tmp

ENV LOES_LISTEN=0.0.0.0:8080 \
    LOES_CONTENT=/content \
    LOES_INDEX=/index \
    LOES_DATA=/data \
    LOES_KEY_FILE=/keys/loes-sleutels.toml

USER 65532:65532

EXPOSE 8080

HEALTHCHECK --interval=30s --timeout=5s --start-period=5s --retries=3 CMD ["/loes", "health"]

ENTRYPOINT ["/loes"]
CMD ["serve"]
