import { registryHost } from "./fleet";
import type { Overlay } from "./overlay";

/** Workloads without a mesh or a way in from outside. */
export const overlay: Overlay = ({ fleet }) => ({
  applications: [
    {
      name: "ledger",
      namespace: "ledger",
      image: `${registryHost(fleet)}/ledger:1.8.0`,
      port: 8080,
      replicas: { min: 2, max: 6 },
      resources: { cpu: "250m", memory: "512Mi" },
      secrets: ["ledger-database-password"],
    },
  ],
});
