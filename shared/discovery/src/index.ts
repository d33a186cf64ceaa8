/** Finding services: register, resolve, balance; one interface, several registries. */
export type { Balancer, Candidate } from './balancing/balancer.ts';
export { BALANCING, type Balancing, createBalancer } from './balancing/create-balancer.ts';
export { slowStartShare } from './balancing/slow-start.ts';
export { preferZone } from './balancing/zone.ts';
export { Discovery, type DiscoveryEvents, type DiscoveryOptions } from './discovery.ts';
export type { Driver, Entry, OwnService } from './driver.ts';
export { createMemberlistDriver, openMemberlistDriver } from './drivers/memberlist.ts';
export { createStaticDriver } from './drivers/static.ts';
export type { ServiceInstance } from './instance.ts';
