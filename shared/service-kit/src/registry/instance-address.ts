/** The parts of an instance's base URL. */
export interface InstanceAddress {
  readonly scheme: 'http' | 'https';
  /** A name or an IP address; IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  /** Before every path, as `/seg`; empty: none. */
  readonly rootPath: string;
}

/**
 * Takes a base URL apart. It comes from another process, so it may be anything.
 *
 * @returns undefined for what is no HTTP URL
 */
export function instanceAddress(baseUrl: string): InstanceAddress | undefined {
  const url = URL.parse(baseUrl);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return undefined;
  const scheme = url.protocol === 'https:' ? 'https' : 'http';
  return {
    scheme,
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? { http: 80, https: 443 }[scheme] : Number(url.port),
    rootPath: url.pathname.replace(/\/+$/, ''),
  };
}

/** `host:port`, with the brackets that an IPv6 address needs there. */
export function authorityOf({ host, port }: InstanceAddress): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
