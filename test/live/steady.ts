import { rig, steady } from "./rig";

// Each file begins on a rig at rest: what autoscalers still do for the one before would look like its own doing.
beforeAll(() => steady(rig()));
