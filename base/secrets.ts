import type { SecretProviderClass } from "../imports/secrets-store.csi.x-k8s.io";
import { Component, type Scope } from "./component";
import { embeddedYaml } from "./embedded";
import { add } from "./object";

/** One workload that reads secrets of the Key Vault. */
export interface SecretConsumer {
  /** Name of the SecretProviderClass that its pods mount. */
  readonly name: string;
  /** Namespace of its pods; the class must be beside them. */
  readonly namespace: string;
  /** Client id of the identity of the pods' own service account: the driver asks the Key Vault in their name, not in its own. */
  readonly clientId: string;
  /** Names of the Key Vault secrets, and of the files. */
  readonly secrets: readonly string[];
  /**
   * A Kubernetes Secret that gets the one secret too, for what cannot read a file. It puts the secret into etcd, which the
   * mounted file keeps it out of, and it exists only while a pod mounts the class. @default none
   */
  readonly syncTo?: {
    /** Name of the Secret. */
    readonly secretName: string;
    /** Key in it. */
    readonly key: string;
  };
}

/** Props of {@link Secrets}. */
export interface SecretsProps {
  /** Name of the Key Vault. */
  readonly keyVault: string;
  /** Tenant of the Key Vault. */
  readonly tenantId: string;
  /** Who reads what. */
  readonly consumers: readonly SecretConsumer[];
}

/** Which secrets of the Key Vault each workload gets, one SecretProviderClass for each workload. */
export class Secrets extends Component {
  constructor(scope: Scope, props: SecretsProps) {
    super(scope, "secrets", { dependsOn: ["namespaces"] });
    for (const consumer of props.consumers) addProviderClass(this, props, consumer);
  }
}

function addProviderClass(scope: Scope, props: SecretsProps, consumer: SecretConsumer): void {
  check(consumer);
  const { name, namespace, clientId, secrets, syncTo } = consumer;
  add<SecretProviderClass>(scope, {
    apiVersion: "secrets-store.csi.x-k8s.io/v1",
    kind: "SecretProviderClass",
    metadata: { name, namespace },
    spec: {
      provider: "azure",
      // Every parameter is a string, flags and lists too. Source: learn.microsoft.com/azure/aks/csi-secrets-store-identity-access.
      parameters: {
        usePodIdentity: "false",
        clientID: clientId,
        keyvaultName: props.keyVault,
        tenantId: props.tenantId,
        objects: objects(secrets),
      },
      ...(syncTo && {
        secretObjects: [
          {
            secretName: syncTo.secretName,
            type: "Opaque",
            data: secrets.map((objectName) => ({ objectName, key: syncTo.key })),
          },
        ],
      }),
    },
  });
}

/** The form that the provider parses: YAML of an array whose items are again YAML, as text. */
function objects(secrets: readonly string[]): string {
  const item = (objectName: string) => embeddedYaml({ objectName, objectType: "secret", objectVersion: "" });
  return embeddedYaml({ array: secrets.map(item) });
}

function check({ name, namespace, secrets, syncTo }: SecretConsumer): void {
  const problems = [
    ...(secrets.length === 0 ? ["no secret is listed"] : []),
    // Source: learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates, object identifiers.
    ...secrets
      .filter((secret) => !/^[0-9A-Za-z-]{1,127}$/.test(secret))
      .map((secret) => `"${secret}" is no name for a Key Vault secret: 1 to 127 letters, digits and dashes`),
    ...secrets
      .filter((secret, index) => secrets.indexOf(secret) !== index)
      .map((secret) => `"${secret}" is listed twice`),
    ...(syncTo && secrets.length > 1 ? ["syncTo has one key, so it takes one secret"] : []),
  ];
  if (problems.length > 0) throw new Error(`secrets of ${namespace}/${name}: ${problems.join("; ")}`);
}
