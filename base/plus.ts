/**
 * The only file that imports cdk8s-plus-29. Its line is frozen, so a move to a maintained one must be a change of this file
 * alone; and its habits have to be undone where it is used (`base/application/deployment.ts`): selectors and an address label
 * that are hashes of the construct's path, CPU and memory defaults nobody asked for, two replicas.
 */
import { Names } from "cdk8s";
import {
  Capability,
  type ContainerProps,
  Cpu,
  type DeploymentProps,
  DeploymentStrategy,
  EnvValue,
  ImagePullPolicy,
  Deployment as LabelledDeployment,
  LabelSelector,
  PercentOrAbsolute,
  Probe,
  SeccompProfileType,
  ServiceAccount,
  Volume,
} from "cdk8s-plus-29";
import type { Construct } from "constructs";

export {
  Capability,
  type ContainerProps,
  Cpu,
  DeploymentStrategy,
  EnvValue,
  ImagePullPolicy,
  LabelSelector,
  PercentOrAbsolute,
  Probe,
  SeccompProfileType,
  ServiceAccount,
  Volume,
};

/**
 * A Deployment whose pods' address label is empty: we take it out again, and for the hash of the construct's path alone Node
 * would load its cryptography, which takes 4 ms. Should cdk8s-plus make the label otherwise one day, it is only slower.
 */
export class Deployment extends LabelledDeployment {
  constructor(scope: Construct, id: string, props: DeploymentProps) {
    const { toLabelValue } = Names;
    Names.toLabelValue = () => "";
    try {
      super(scope, id, props);
    } finally {
      Names.toLabelValue = toLabelValue;
    }
  }
}
