import type { ApplicationInput } from "../../../base/application/props";

/** An application that uses everything the golden path has. */
export const STOREFRONT: ApplicationInput = {
  name: "storefront",
  namespace: "shop",
  image: "acr.azurecr.io/storefront:2.4.1",
  port: 8080,
  host: "shop.example.com",
  replicas: { min: 3, max: 9 },
  resources: { cpu: "250m", memory: "256Mi" },
  secrets: ["session-key"],
  canary: { image: "acr.azurecr.io/storefront:2.5.0-rc.1", weight: 10 },
  retries: { attempts: 2, perTryTimeout: "2s" },
  timeout: "5s",
  env: { LOG_LEVEL: "info" },
  meshed: true,
  spot: true,
  drains: false,
  clientId: "client",
};

/** An application that says no more than it must, outside the mesh. */
export const LEDGER: ApplicationInput = {
  name: "ledger",
  namespace: "bank",
  image: "acr.azurecr.io/ledger:1.8.0",
  port: 9000,
  replicas: { min: 2, max: 6 },
  resources: { cpu: "0.5", memory: "1Gi" },
  meshed: false,
  spot: false,
  drains: false,
};
