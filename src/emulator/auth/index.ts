export { type Access, ANYONE, accessOf, type Caller, callerOf, inspectCaller } from "./access.js";
export {
  type Capabilities,
  type Capability,
  type CapabilityScope,
  type ProjectScope,
  type RightsBook,
  readCapabilities,
} from "./capabilities.js";
export { guardOf, shownTo } from "./guards.js";
export { holderOf } from "./holder.js";
