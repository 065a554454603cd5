import { identityAnnotations, WORKLOAD_IDENTITY_LABEL } from "../../base/workload-identity";

test("pods ask for a token by a label that is a string, and accounts name the identity", () => {
  expect(WORKLOAD_IDENTITY_LABEL).toEqual({ "azure.workload.identity/use": "true" });
  expect(identityAnnotations("client")).toEqual({ "azure.workload.identity/client-id": "client" });
});
