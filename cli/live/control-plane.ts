import { join } from "node:path";
import type { ProcessSpec } from "./processes";

/** Paths of the programs that a control plane consists of. */
export interface ControlPlanePrograms {
  readonly etcd: string;
  readonly "kube-apiserver": string;
  readonly "kube-controller-manager": string;
  readonly "kube-scheduler": string;
}

/** Ports of everything that may run for one cluster. */
export type Ports = Readonly<Record<(typeof PORTS)[number], number>>;

/** Ports of what may run beside a control plane, whoever's that is. */
export type BesidePorts = Readonly<Record<(typeof BESIDE_PORTS)[number], number>>;

/** What runs beside a control plane and has a port of its own. */
export const BESIDE_PORTS = [
  "artifacts",
  "sourceHealth",
  "kustomizeHealth",
  "helmHealth",
  "kyverno",
  "kyvernoMetrics",
  "kwok",
  "karpenterMetrics",
  "karpenterHealth",
] as const;

/** What has a port of its own. */
export const PORTS = ["etcd", "etcdPeer", "apiserver", "controllerManager", "scheduler", ...BESIDE_PORTS] as const;

/** Options of a control plane. */
export interface PlaneOptions {
  /** Behave as this older minor, for example `1.34`. @default as built */
  readonly emulatedVersion?: string;
  readonly signal?: AbortSignal;
}

/** The processes of a control plane, in the order in which they are started. */
export function specsOf(
  name: string,
  folder: string,
  ports: Ports,
  programs: ControlPlanePrograms,
  { emulatedVersion }: PlaneOptions,
): readonly [ProcessSpec, ProcessSpec, ProcessSpec, ProcessSpec] {
  const pki = join(folder, "pki");
  const client = `http://127.0.0.1:${ports.etcd}`;
  const peer = `http://127.0.0.1:${ports.etcdPeer}`;
  const as = (who: string) =>
    ["kubeconfig", "authentication-kubeconfig", "authorization-kubeconfig"].map(
      (flag) => `--${flag}=${join(folder, `${who}.kubeconfig`)}`,
    );
  return [
    {
      name: `${name}-etcd`,
      program: programs.etcd,
      cwd: folder,
      args: [
        `--data-dir=${join(folder, "etcd")}`,
        // The data need not survive the machine, only the process.
        "--unsafe-no-fsync",
        `--listen-client-urls=${client}`,
        `--advertise-client-urls=${client}`,
        `--listen-peer-urls=${peer}`,
        `--initial-advertise-peer-urls=${peer}`,
        `--initial-cluster=default=${peer}`,
        "--log-level=warn",
      ],
    },
    {
      name: `${name}-apiserver`,
      program: programs["kube-apiserver"],
      cwd: folder,
      args: [
        `--etcd-servers=${client}`,
        "--bind-address=127.0.0.1",
        "--advertise-address=127.0.0.1",
        `--secure-port=${ports.apiserver}`,
        `--cert-dir=${pki}`,
        `--token-auth-file=${join(pki, "tokens.csv")}`,
        "--service-account-issuer=https://kubernetes.default.svc",
        "--api-audiences=https://kubernetes.default.svc",
        `--service-account-key-file=${join(pki, "sa.pub")}`,
        `--service-account-signing-key-file=${join(pki, "sa.key")}`,
        "--authorization-mode=Node,RBAC",
        "--enable-admission-plugins=NodeRestriction",
        "--allow-privileged=true",
        "--service-cluster-ip-range=10.96.0.0/16",
        // There is one API server and no network in which somebody would look for it.
        "--endpoint-reconciler-type=none",
        ...(emulatedVersion ? [`--emulated-version=kube=${emulatedVersion}`] : []),
      ],
    },
    {
      name: `${name}-controller-manager`,
      program: programs["kube-controller-manager"],
      cwd: folder,
      args: [
        ...as("kube-controller-manager"),
        "--bind-address=127.0.0.1",
        `--secure-port=${ports.controllerManager}`,
        `--cert-dir=${pki}`,
        `--service-account-private-key-file=${join(pki, "sa.key")}`,
        `--root-ca-file=${join(pki, "apiserver.crt")}`,
        "--use-service-account-credentials=true",
        "--leader-elect=false",
        "--controllers=*,-node-ipam-controller,-node-route-controller,-cloud-node-lifecycle-controller",
      ],
    },
    {
      name: `${name}-scheduler`,
      program: programs["kube-scheduler"],
      cwd: folder,
      args: [
        ...as("kube-scheduler"),
        "--bind-address=127.0.0.1",
        `--secure-port=${ports.scheduler}`,
        `--cert-dir=${pki}`,
        "--leader-elect=false",
      ],
    },
  ];
}
