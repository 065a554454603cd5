import { Metadata, Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData, status } from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { DiffKind, PropertyDifference } from "./diff";
import { check, create, diff, Refusal, type Setting, update } from "./provider";
import type { Properties } from "./value";

/** A provider that listens. */
export interface ProviderServer {
  readonly port: number;
  readonly stop: () => void;
}

/** Serves the stand-in provider on a free port of this machine alone, as the engine attaches it by PULUMI_DEBUG_PROVIDERS. */
export async function serveProvider(setting: Setting, version: string): Promise<ProviderServer> {
  // An answer that holds a whole cluster can be larger than the default of 4 MB allows.
  const server = new Server({ "grpc.max_receive_message_length": 1 << 28 });
  server.addService(ResourceProviderService, methods(setting, version));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { port, stop: () => server.forceShutdown() };
}

type Method<Request, Response> = (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>) => void;

/** Methods that are missing here answer UNIMPLEMENTED, which the engine takes for an older provider. */
function methods(setting: Setting, version: string) {
  return {
    attach: reply((_: unknown) => new Empty()),
    cancel: reply((_: unknown) => new Empty()),
    getPluginInfo: reply((_: unknown) => new PluginInfo().setVersion(version)),
    getSchema: reply((_: unknown) =>
      new rpc.GetSchemaResponse().setSchema(JSON.stringify({ name: "azure-native", version })),
    ),
    checkConfig: reply((request: rpc.CheckRequest) => new rpc.CheckResponse().setInputs(request.getNews())),
    diffConfig: reply((_: unknown) => new rpc.DiffResponse()),
    configure: reply((_: unknown) => new rpc.ConfigureResponse().setSupportspreview(true)),
    invoke: reply((request: rpc.InvokeRequest): rpc.InvokeResponse => {
      throw new Refusal(`the program called ${request.getTok()}; it must not ask Azure anything while it runs`);
    }),
    check: reply((request: rpc.CheckRequest) => {
      const { inputs, problems } = check(
        setting,
        request.getUrn(),
        request.getRandomseed_asB64(),
        properties(request.getOlds()),
        properties(request.getNews()),
      );
      const failures = problems.map((problem) => new rpc.CheckFailure().setReason(problem));
      return new rpc.CheckResponse().setInputs(struct(inputs)).setFailuresList(failures);
    }),
    diff: reply((request: rpc.DiffRequest) => {
      const olds = properties(request.getOldInputs());
      return diffResponse(diff(setting, request.getUrn(), olds, properties(request.getNews())));
    }),
    create: reply(async (request: rpc.CreateRequest) => {
      const { id, outputs } = await create(
        setting,
        request.getUrn(),
        properties(request.getProperties()),
        request.getPreview(),
      );
      return new rpc.CreateResponse().setId(id).setProperties(struct(outputs));
    }),
    update: reply(async (request: rpc.UpdateRequest) => {
      const { outputs } = await update(
        setting,
        request.getUrn(),
        properties(request.getOlds()),
        properties(request.getNews()),
        request.getPreview(),
      );
      return new rpc.UpdateResponse().setProperties(struct(outputs));
    }),
    read: reply((request: rpc.ReadRequest) => {
      const found = setting.cloud.get(request.getId());
      const response = new rpc.ReadResponse();
      return found
        ? response.setId(found.id).setProperties(struct(found.outputs)).setInputs(struct(found.inputs))
        : response;
    }),
    delete: reply((request: rpc.DeleteRequest) => {
      setting.cloud.remove(request.getId());
      return new Empty();
    }),
  };
}

function reply<Request, Response>(work: (request: Request) => Response | Promise<Response>): Method<Request, Response> {
  return async (call, callback) => {
    try {
      callback(null, await work(call.request));
    } catch (error) {
      callback(failure(error));
    }
  };
}

/** The engine learns of what exists nevertheless from a detail in the error's metadata. */
function failure(error: unknown): { code: status; details: string; metadata?: Metadata } {
  const details = error instanceof Error ? error.message : String(error);
  if (!(error instanceof Refusal) || !error.kept) return { code: status.UNKNOWN, details };
  const { id, inputs, outputs } = error.kept;
  const kept = new rpc.ErrorResourceInitFailed()
    .setId(id)
    .setProperties(struct(outputs))
    .setInputs(struct(inputs))
    .setReasonsList([details]);
  const any = new Any();
  any.pack(kept.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const metadata = new Metadata();
  const whole = new Status().setCode(status.UNKNOWN).setMessage(details).setDetailsList([any]);
  metadata.add("grpc-status-details-bin", Buffer.from(whole.serializeBinary()));
  return { code: status.UNKNOWN, details, metadata };
}

function diffResponse({
  properties: found,
  deleteFirst,
}: {
  properties: readonly PropertyDifference[];
  deleteFirst: boolean;
}): rpc.DiffResponse {
  const response = new rpc.DiffResponse()
    .setChanges(found.length > 0 ? rpc.DiffResponse.DiffChanges.DIFF_SOME : rpc.DiffResponse.DiffChanges.DIFF_NONE)
    .setReplacesList(found.filter((one) => one.replaces).map((one) => one.path))
    .setDiffsList([...new Set(found.map((one) => one.path.split(/[.[]/)[0] ?? one.path))])
    .setDeletebeforereplace(deleteFirst)
    .setHasdetaileddiff(true);
  const detailed = response.getDetaileddiffMap();
  for (const one of found)
    detailed.set(one.path, new rpc.PropertyDiff().setKind(KINDS[one.kind][one.replaces ? 1 : 0]).setInputdiff(true));
  return response;
}

const { Kind } = rpc.PropertyDiff;
const KINDS: Readonly<Record<DiffKind, readonly [rpc.PropertyDiff.Kind, rpc.PropertyDiff.Kind]>> = {
  add: [Kind.ADD, Kind.ADD_REPLACE],
  delete: [Kind.DELETE, Kind.DELETE_REPLACE],
  update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
};

function properties(struct: Struct | undefined): Properties {
  return (struct?.toJavaScript() ?? {}) as Properties;
}

function struct(properties: Properties): Struct {
  return Struct.fromJavaScript(properties as { [name: string]: JavaScriptValue });
}
