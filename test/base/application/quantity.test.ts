import fc from "fast-check";
import { cpuMillis, memoryMebibytes } from "../../../base/application/quantity";

test.each([
  ["250m", 250],
  ["1", 1000],
  ["0.5", 500],
  ["1.25", 1250],
  ["0", undefined],
  ["0m", undefined],
  ["-1", undefined],
  ["1.5m", undefined],
  ["250M", undefined],
  ["", undefined],
])("%j of CPU is %j millis", (text, millis) => {
  expect(cpuMillis(text)).toBe(millis);
});

test.each([
  ["256Mi", 256],
  ["1Gi", 1024],
  ["0Mi", undefined],
  ["256", undefined],
  ["256M", undefined],
  ["1.5Gi", undefined],
  ["", undefined],
])("%j of memory is %j mebibytes", (text, mebibytes) => {
  expect(memoryMebibytes(text)).toBe(mebibytes);
});

test("garbage is no amount, and no error", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      for (const amount of [cpuMillis(text), memoryMebibytes(text)]) {
        if (amount !== undefined && !(amount > 0)) return false;
      }
      return true;
    }),
  );
});
