# What is installed and made at install is made once, and the image holds nothing else.
FROM node:26-trixie-slim AS made
WORKDIR /opt/tabledesk
COPY . .
RUN npm ci --omit=dev && npm cache clean --force

FROM node:26-trixie-slim
ENV NODE_ENV=production \
    TABLEDESK_CONFIG=/config \
    TABLEDESK_DATA=/data
COPY --from=made /opt/tabledesk /opt/tabledesk
RUN mkdir /data && chown node:node /data
USER node
WORKDIR /data
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT ?? 3000}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/opt/tabledesk/bin/tabledesk.js"]
CMD ["start"]
