import { table } from "../../cli/table";

const COLUMNS = [{ heading: "CLUSTER" }, { heading: "OBJECTS", numeric: true }, { heading: "CHANGES" }];

describe("table", () => {
  it("lines up words to the left, numbers to the right, and leaves no blanks at the end", () => {
    expect(
      table(COLUMNS, [
        ["mgmt", "66", "none"],
        ["a-cluster-with-a-name", "12345678", "1 changed"],
        ["app2", "7", ""],
      ]),
    ).toBe(
      [
        "CLUSTER                 OBJECTS  CHANGES",
        "mgmt                         66  none",
        "a-cluster-with-a-name  12345678  1 changed",
        "app2                          7",
      ].join("\n"),
    );
  });

  it("is only its headings without rows", () => {
    expect(table(COLUMNS, [])).toBe("CLUSTER  OBJECTS  CHANGES");
  });

  it("takes a row that lacks cells at its end", () => {
    expect(table(COLUMNS, [["mgmt"]])).toBe("CLUSTER  OBJECTS  CHANGES\nmgmt");
  });
});
