import type { AddressInfo, Server } from 'node:net';

export const endpointOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
