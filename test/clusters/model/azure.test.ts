import { SMALLEST_OF_FAMILY, VM_SIZES } from "../../../clusters/model";

test.each(Object.entries(VM_SIZES))("%s is no smaller than the smallest of its family", (name, size) => {
  expect(name).toMatch(new RegExp(`^Standard_${size.family}${size.cpu}`));
  const smallest = SMALLEST_OF_FAMILY[size.family] ?? { cpu: 0, memoryGiB: 0 };
  expect(size.cpu).toBeGreaterThanOrEqual(smallest.cpu);
  expect(size.memoryGiB / size.cpu).toBeGreaterThanOrEqual(smallest.memoryGiB / Math.max(1, smallest.cpu));
});

test("no machine is smaller than AKS accepts", () => {
  for (const { cpu } of Object.values(SMALLEST_OF_FAMILY)) expect(cpu).toBeGreaterThanOrEqual(2);
});
