# The image of the five services. One for all, so that what they share is stored and pulled once; the command says which one runs:
#   docker build -t wordcloud-services . && docker run wordcloud-services node wordcloud-seg/src/main.ts
# Nothing is compiled: Node runs the TypeScript that lies in the repository.
ARG NODE_IMAGE=node:24.19.0-bookworm-slim

FROM $NODE_IMAGE AS packages
# Behind a mirror: --build-arg NPM_CONFIG_REGISTRY=https://…
ARG NPM_CONFIG_REGISTRY
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY shared/cloud/package.json shared/cloud/
COPY shared/contracts/package.json shared/contracts/
COPY shared/discovery/package.json shared/discovery/
COPY shared/memberlist/package.json shared/memberlist/
COPY shared/rpc/package.json shared/rpc/
COPY shared/service-kit/package.json shared/service-kit/
COPY shared/storage/package.json shared/storage/
COPY shared/telemetry/package.json shared/telemetry/
COPY shared/text/package.json shared/text/
COPY wordcloud-bff/package.json wordcloud-bff/
COPY wordcloud-maker/package.json wordcloud-maker/
COPY wordcloud-seg/package.json wordcloud-seg/
COPY wordcloud-task/package.json wordcloud-task/
COPY wordcloud-ui/package.json wordcloud-ui/
COPY wordcloud-user/package.json wordcloud-user/
# No script of a package runs, no second Node comes along, and of the fonts only the weights that shared/cloud draws with stay.
RUN npm ci --omit=dev --ignore-scripts -w wordcloud-bff -w wordcloud-user -w wordcloud-task -w wordcloud-seg -w wordcloud-maker \
 && find node_modules/@expo-google-fonts -regextype posix-extended -regex '.*_(1|2|5|6|8)00[A-Z][^/]*\.ttf' -delete

FROM $NODE_IMAGE
ARG VERSION=0.1.0
LABEL org.opencontainers.image.title="wordcloud-services" \
      org.opencontainers.image.description="The five services of the word cloud system" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.licenses="MIT"
ENV NODE_ENV=production GDD_HOST=0.0.0.0 GDD_PORT=6060 GDD_MEM_PORT=7946 DATA_DIR=/tmp/data
WORKDIR /app
COPY --from=packages /app ./
COPY shared ./shared
COPY wordcloud-bff ./wordcloud-bff
COPY wordcloud-user ./wordcloud-user
COPY wordcloud-task ./wordcloud-task
COPY wordcloud-seg ./wordcloud-seg
COPY wordcloud-maker ./wordcloud-maker
COPY scripts/docker/healthy.sh /usr/local/bin/healthy
USER node
EXPOSE 6060 7946 7946/udp
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=4s --start-period=60s --retries=3 CMD ["healthy"]
CMD ["node", "wordcloud-bff/src/main.ts"]
