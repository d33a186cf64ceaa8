/** One running copy of a service, as its registry describes it. */
export interface ServiceInstance {
  /** Unique among all instances of all services. */
  readonly id: string;
  readonly service: string;
  /** `http://host:port`, with the root path if there is one, without a slash at the end. */
  readonly baseUrl: string;
  readonly version: string;
  /** Share of work that it wants, above 0; 1 is usual. 0: none. */
  readonly weight: number;
  /** Instances of the same zone are near. Empty: no zones. */
  readonly zone: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** `up` may be called; `suspect` does not answer its registry now; `draining` is about to end. */
  readonly status: 'up' | 'suspect' | 'draining';
  /** Free data of the service. */
  readonly data: Readonly<Record<string, string>>;
  /** Which registry knows it: `memberlist`, `static`. */
  readonly mode: string;
}
