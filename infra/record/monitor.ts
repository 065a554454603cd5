import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { MockMonitor, type MockResourceArgs } from "@pulumi/pulumi/runtime/mocks";
import { decode } from "./decode";
import { stateOf } from "./state";
import type { RecordedResource, Recording } from "./types";

const STACK_TYPE = "pulumi:pulumi:Stack";

type Callback = Parameters<MockMonitor["registerResource"]>[1];

/**
 * Stands in for the engine and writes down what the program registers: dependencies, parents and options too, which plain mocks hide.
 * In a first preview no resource has state, so that everything Azure would compute stays unknown.
 */
export class RecordingMonitor extends MockMonitor {
  readonly #recorded: RecordedResource[] = [];
  #outputs: Record<string, unknown> = {};
  #secretOutputs: readonly string[] = [];
  #stackUrn = "";

  constructor(subscription: string, preview: boolean) {
    super({
      call: ({ token }) => {
        throw new Error(`the program called ${token}; it must not ask Azure anything while it runs`);
      },
      newResource: ({ type, name, inputs, custom }: MockResourceArgs) => {
        if (custom === false) return { id: undefined, state: {} };
        return preview ? { id: undefined, state: {} } : stateOf(type, name, inputs, subscription);
      },
    });
  }

  override async registerResource(request: RegisterResourceRequest, callback: Callback): Promise<void> {
    await super.registerResource(request, (error, response) => {
      if (!error) this.#record(request, response.getUrn(), response.getId());
      callback(error, response);
    });
  }

  override registerResourceOutputs(...[request, callback]: Parameters<MockMonitor["registerResourceOutputs"]>): void {
    if (request.getUrn() === this.#stackUrn) {
      const { value, secrets } = decode(request.getOutputs().toJavaScript());
      this.#outputs = value;
      this.#secretOutputs = secrets;
    }
    super.registerResourceOutputs(request, callback);
  }

  /** All that was recorded so far. */
  recording(): Recording {
    return { resources: [...this.#recorded], outputs: this.#outputs, secretOutputs: this.#secretOutputs };
  }

  #record(request: RegisterResourceRequest, urn: string, id: string): void {
    if (request.getType() === STACK_TYPE) {
      this.#stackUrn = urn;
      return;
    }
    const { value, secrets } = decode((request.getObject()?.toJavaScript() ?? {}) as Record<string, unknown>);
    const parent = request.getParent();
    this.#recorded.push({
      type: request.getType(),
      name: request.getName(),
      urn,
      custom: request.getCustom(),
      ...(id ? { id, state: decode(this.resources.get(urn)?.state ?? {}).value } : {}),
      inputs: value,
      ...(parent && parent !== this.#stackUrn ? { parent } : {}),
      dependencies: request.getDependenciesList(),
      propertyDependencies: propertyDependenciesOf(request),
      protect: request.getProtect() ?? false,
      retainOnDelete: request.getRetainondelete() ?? false,
      deleteBeforeReplace: request.getDeletebeforereplace(),
      ignoreChanges: request.getIgnorechangesList(),
      secrets,
    });
  }
}

function propertyDependenciesOf(request: RegisterResourceRequest): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  request.getPropertydependenciesMap().forEach((dependencies, property) => {
    if (dependencies.getUrnsList().length > 0) found[property] = dependencies.getUrnsList();
  });
  return found;
}
