import { App } from "cdk8s";
import { Component, type Delivery, type Scope } from "../../base/component";
import { add } from "../../base/object";
import { objectsOf } from "../helpers/render";

class Example extends Component {
  constructor(scope: Scope, name: string, delivery?: Delivery) {
    super(scope, name, delivery);
  }
}

describe("Component", () => {
  it("has a name, which is its folder's, and how Flux delivers it", () => {
    const delivery: Delivery = { dependsOn: ["namespaces"], timeout: "10m" };
    const component = new Example(new App(), "example", delivery);
    expect(component.name).toBe("example");
    expect(component.delivery).toBe(delivery);
    expect(new Example(new App(), "plain").delivery).toEqual({});
  });

  it("is known among other constructs", () => {
    const app = new App();
    expect(Component.isComponent(new Example(app, "example"))).toBe(true);
    expect(Component.isComponent(app)).toBe(false);
  });

  it("leaves names as they are given", () => {
    const component = new Example(new App(), "example");
    add(component, { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } });
    expect(objectsOf(component).map(({ metadata }) => metadata)).toEqual([{ name: "shop" }]);
  });

  it("is there once on a cluster", () => {
    const app = new App();
    new Example(app, "example");
    expect(() => new Example(app, "example")).toThrow("example");
  });
});
