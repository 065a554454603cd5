/** Requests and limits of a container. */
export interface ContainerResources {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly cpu: string; readonly memory: string };
}

/**
 * Resources of a platform controller: memory limited to what it requests, since it cannot be taken back, and CPU free to burst,
 * since a starved controller answers webhooks late. Both limits are set, as our own policy asks of every container.
 */
export function resources(cpu: string, memory: string, cpuLimit = "500m"): ContainerResources {
  return { requests: { cpu, memory }, limits: { cpu: cpuLimit, memory } };
}
