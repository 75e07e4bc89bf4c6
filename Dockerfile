# Build: docker build -t openclaw-local .
# The token is required: docker run --env OPENCLAW_GATEWAY_TOKEN … (see docs/containers.md)

FROM node:24-bookworm-slim AS build
WORKDIR /source
COPY . .
ENV TURBO_TELEMETRY_DISABLED=1 CI=1
RUN npx -y pnpm@10.34.9 install --frozen-lockfile \
  && npx -y pnpm@10.34.9 tarball \
  && npm install --global --prefix /opt/openclaw ./openclaw.tgz

FROM node:24-bookworm-slim
COPY --from=build /opt/openclaw /opt/openclaw
# The directory exists with its owner, so that a new volume gets the same owner.
RUN mkdir -m 0700 /home/node/.openclaw && chown node:node /home/node/.openclaw
ENV PATH=/opt/openclaw/bin:$PATH HOME=/home/node NODE_ENV=production
USER node
WORKDIR /home/node
VOLUME /home/node/.openclaw
EXPOSE 18789
# Asks /healthz, without the token.
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 CMD ["openclaw", "gateway", "status"]
# Running answers are finished first.
STOPSIGNAL SIGTERM
ENTRYPOINT ["openclaw"]
CMD ["gateway", "run", "--bind", "lan"]
