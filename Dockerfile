# Not needed to run Subtext: `npm install && npm start` does that. See docs/hosting.md.

FROM node:22-slim AS build
WORKDIR /subtext
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run build

# The server is the one of `npm start`, which forwards to an endpoint and is tested; so its packages come along.
FROM node:22-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4173
WORKDIR /subtext
RUN chown node:node /subtext
COPY --from=build --chown=node:node /subtext/package.json /subtext/vite.config.ts ./
COPY --from=build --chown=node:node /subtext/node_modules ./node_modules
COPY --from=build --chown=node:node /subtext/scripts ./scripts
COPY --from=build --chown=node:node /subtext/src ./src
COPY --from=build --chown=node:node /subtext/public ./public
COPY --from=build --chown=node:node /subtext/dist ./dist
USER node
EXPOSE 4173
HEALTHCHECK --interval=30s --timeout=3s CMD ["node", "-e", "fetch('http://127.0.0.1:4173/').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "node_modules/vite/bin/vite.js", "preview"]
