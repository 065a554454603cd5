/**
 * The only file that imports cdk8s-plus-29. Its line is frozen, so a move to a maintained one must be a change of this file
 * alone; and its habits have to be undone where it is used (`base/application/deployment.ts`): selectors and an address label
 * that are hashes of the construct's path, CPU and memory defaults nobody asked for, two replicas.
 */
export {
  Capability,
  type ContainerProps,
  Cpu,
  Deployment,
  DeploymentStrategy,
  EnvValue,
  ImagePullPolicy,
  LabelSelector,
  PercentOrAbsolute,
  Probe,
  SeccompProfileType,
  ServiceAccount,
  Volume,
} from "cdk8s-plus-29";
