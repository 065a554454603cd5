import { tagOf } from "./image";
import type { ApplicationInput } from "./props";
import { cpuMillis, memoryMebibytes } from "./quantity";

/** `-canary` must still fit into the 63 characters of a label. Source: kubernetes.io, object names and labels. */
const NAME = /^[a-z]([-a-z0-9]{0,54}[a-z0-9])?$/;
const LABEL_VALUE = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/** Throws one error that lists everything that is wrong with an application, with where and how to mend it. */
export function checkApplication(application: ApplicationInput): void {
  const problems = [...naming(application), ...images(application), ...sizes(application), ...routing(application)];
  if (problems.length > 0) {
    throw new Error(
      [
        `application ${application.namespace}/${application.name} (in its cluster's overlay, clusters/<cluster>.ts):`,
        ...problems,
      ].join("\n- "),
    );
  }
}

function* naming({ name, port }: ApplicationInput): Iterable<string> {
  if (!NAME.test(name)) {
    yield `name "${name}" is not a DNS label of at most 56 characters: use lower-case letters, digits and dashes, a letter first`;
  }
  if (!Number.isInteger(port) || port < 1024 || port > 65535) {
    yield `port ${port} cannot be listened on without root: use one from 1024 to 65535; the Service answers on 80 all the same`;
  }
}

function* images({ image, canary }: ApplicationInput): Iterable<string> {
  yield* imageProblems("image", image);
  if (canary) yield* imageProblems("canary.image", canary.image);
}

function* imageProblems(field: string, image: string): Iterable<string> {
  const tag = tagOf(image);
  const fix = `set ${field} to "<registry>/<name>:<version>"`;
  if (!tag) yield `${field} "${image}" has no tag, so what runs could change unseen: ${fix}`;
  else if (tag === "latest") yield `${field} "${image}" has the tag latest, which is another image every day: ${fix}`;
  else if (!LABEL_VALUE.test(tag)) {
    yield `${field} "${image}" has a tag that cannot be the value of the label version: use at most 63 letters, digits, ".", "_" and "-", a letter or digit at both ends`;
  }
}

function* sizes({ replicas, resources }: ApplicationInput): Iterable<string> {
  const { min, max } = replicas;
  if (!Number.isInteger(min) || min < 1) yield `replicas.min ${min} is not a whole number of at least 1`;
  if (!Number.isInteger(max) || max < min)
    yield `replicas.max ${max} is not a whole number of at least replicas.min ${min}`;
  for (const [field, value] of [
    ["cpu", resources.cpu],
    ["cpuLimit", resources.cpuLimit ?? resources.cpu],
  ] as const) {
    if (!cpuMillis(value)) yield `resources.${field} "${value}" is not an amount of CPU: write "250m", "1" or "0.5"`;
  }
  const limit = resources.cpuLimit && cpuMillis(resources.cpuLimit);
  const request = cpuMillis(resources.cpu);
  if (limit && request && limit < request) {
    yield `resources.cpuLimit "${resources.cpuLimit}" is below resources.cpu "${resources.cpu}"`;
  }
  if (!memoryMebibytes(resources.memory)) {
    yield `resources.memory "${resources.memory}" is not an amount of memory: write "256Mi" or "1Gi"`;
  }
}

function* routing(application: ApplicationInput): Iterable<string> {
  const { namespace, host, canary, meshed } = application;
  if (host && !meshed) {
    yield `host "${host}" needs the mesh, which alone leads in from outside: set meshed: true for namespace ${namespace} in clusters/fleet.ts, on a cluster with mesh.ingress, or remove host`;
  }
  for (const field of ["canary", "retries", "timeout", "paths"] as const) {
    if (application[field] !== undefined && !host) {
      yield `${field} is only heeded by the gateway, for requests to host: set host, or remove ${field}`;
    }
  }
  if (canary && !(Number.isInteger(canary.weight) && canary.weight >= 0 && canary.weight <= 100)) {
    yield `canary.weight ${canary.weight} is not a whole percentage: use 0 to 100`;
  }
}
