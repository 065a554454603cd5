import { checkApplication } from "./application/checks";
import { addDeployment, addServiceAccount } from "./application/deployment";
import { instancesOf } from "./application/instances";
import { addNetworkPolicy } from "./application/network";
import type { ApplicationInput } from "./application/props";
import { addRouting, addService } from "./application/routing";
import { addAutoscaler, addDisruptionBudget } from "./application/scaling";
import { Component, type Scope } from "./component";

export { type ScaledDeployment, scaledDeploymentsOf } from "./application/instances";
export type {
  ApplicationContext,
  ApplicationProps,
  Call,
  Caller,
  Canary,
  Probes,
  Replicas,
  Resources,
  Retries,
} from "./application/props";

/**
 * The golden path: from a dozen lines of an overlay to everything that an HTTP application needs to run here, within our own
 * policies and the restricted Pod Security level. Its SecretProviderClass is rendered by the component `secrets`, with all others.
 */
export class Application extends Component {
  constructor(scope: Scope, props: ApplicationInput) {
    checkApplication(props);
    super(scope, `workloads-${props.name}`, {
      dependsOn: ["namespaces"],
      after: ["secrets", "kyverno-policies", "istio", "reloader", "karpenter", "priority-classes", "storage-classes"],
      // A Spot node may have to be bought first.
      timeout: "10m",
    });
    const instances = instancesOf(props);
    const serviceAccount = addServiceAccount(this, props);
    for (const instance of instances) {
      addDeployment(this, props, instance, serviceAccount);
      addAutoscaler(this, props, instance);
      addDisruptionBudget(this, props, instance);
    }
    addService(this, props);
    addNetworkPolicy(this, props);
    addRouting(this, props, instances);
  }
}
