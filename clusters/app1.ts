import { registryHost } from "./fleet";
import type { Overlay } from "./overlay";

/** Workloads in the mesh, behind the gateway. */
export const overlay: Overlay = ({ fleet }) => ({
  applications: [
    {
      name: "storefront",
      namespace: "storefront",
      image: `${registryHost(fleet)}/storefront:2.4.1`,
      port: 8080,
      host: "shop.example.com",
      replicas: { min: 3, max: 9 },
      resources: { cpu: "250m", memory: "256Mi" },
      secrets: ["storefront-session-key"],
      canary: { image: `${registryHost(fleet)}/storefront:2.5.0-rc.1`, weight: 10 },
      retries: { attempts: 2, perTryTimeout: "2s" },
      timeout: "5s",
    },
  ],
});
