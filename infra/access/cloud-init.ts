import type { Fleet } from "../../clusters/fleet";

/** Flux's command line, of the version that the AKS extension runs, so that it understands what it shows. */
const FLUX_CLI = "2.7.5";

/** A file that cloud-init writes. */
interface File {
  readonly path: string;
  readonly permissions: string;
  readonly content: string;
}

/** What an operator needs on the jump host: az, kubectl of the clusters' minor version, kubelogin, flux, jq, git. */
export function cloudConfig(fleet: Fleet) {
  const kubernetes = `https://pkgs.k8s.io/core:/stable:/v${fleet.kubernetes}/deb`;
  return {
    package_update: true,
    package_upgrade: true,
    packages: ["ca-certificates", "curl", "git", "gnupg", "jq", "unattended-upgrades"],
    write_files: [
      {
        path: "/usr/local/sbin/install-operator-tools",
        permissions: "0755",
        content: script([
          "install -d -m 0755 /etc/apt/keyrings",
          "curl -fsSL https://packages.microsoft.com/keys/microsoft.asc | gpg --dearmor --yes -o /etc/apt/keyrings/microsoft.gpg",
          `curl -fsSL ${kubernetes}/Release.key | gpg --dearmor --yes -o /etc/apt/keyrings/kubernetes.gpg`,
          "echo 'deb [signed-by=/etc/apt/keyrings/microsoft.gpg] https://packages.microsoft.com/repos/azure-cli/ noble main' > /etc/apt/sources.list.d/azure-cli.list",
          `echo 'deb [signed-by=/etc/apt/keyrings/kubernetes.gpg] ${kubernetes}/ /' > /etc/apt/sources.list.d/kubernetes.list`,
          "apt-get update",
          "DEBIAN_FRONTEND=noninteractive apt-get install -y azure-cli kubectl",
          // Installs kubelogin, and a kubectl that must not hide the packaged one.
          "az aks install-cli --install-location /opt/kubectl-az --kubelogin-install-location /usr/local/bin/kubelogin",
          `curl -fsSL https://fluxcd.io/install.sh | FLUX_VERSION=${FLUX_CLI} bash`,
        ]),
      },
      {
        path: "/etc/profile.d/operator.sh",
        permissions: "0644",
        content:
          "# Operators act as themselves: az login --use-device-code, then az aks get-credentials and kubelogin.\nexport KUBECONFIG=~/.kube/config\n",
      },
    ] satisfies readonly File[],
    runcmd: [["/usr/local/sbin/install-operator-tools"]],
  };
}

/** The configuration as a machine takes it: JSON is YAML too. */
export function customData(fleet: Fleet): string {
  return Buffer.from(`#cloud-config\n${JSON.stringify(cloudConfig(fleet), null, 2)}\n`).toString("base64");
}

function script(lines: readonly string[]): string {
  return ["#!/usr/bin/env bash", "set -euo pipefail", ...lines, ""].join("\n");
}
