import fc from "fast-check";
import { tagOf } from "../../../base/application/image";

test.each([
  ["nginx", undefined],
  ["nginx:1.27", "1.27"],
  ["acr.azurecr.io/team/app:2.5.0-rc.1", "2.5.0-rc.1"],
  ["localhost:5000/app", undefined],
  ["localhost:5000/app:v1", "v1"],
  ["acr.azurecr.io/app@sha256:0123", undefined],
  ["acr.azurecr.io/app:1.2@sha256:0123", "1.2"],
  ["acr.azurecr.io/app:", ""],
  ["", undefined],
])("the tag of %j is %j", (image, tag) => {
  expect(tagOf(image)).toBe(tag);
});

test("never throws", () => {
  fc.assert(fc.property(fc.string(), (text) => typeof (tagOf(text) ?? "") === "string"));
});
