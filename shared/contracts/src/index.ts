/** The operations of the five services, once: what a server implements and a client calls. */
export * from './bff-contract.ts';
export * from './cloud-choices.ts';
export * from './cloud-layout.ts';
export * from './cloud-options.ts';
export * from './errors.ts';
export * from './instance-contract.ts';
export * from './maker-contract.ts';
export * from './object-keys.ts';
export * from './operation.ts';
export * from './option-conflicts.ts';
export * from './problem.ts';
export * from './seg-contract.ts';
export * from './services.ts';
export * from './system-view.ts';
export * from './task.ts';
export * from './task-contract.ts';
export * from './user-contract.ts';
