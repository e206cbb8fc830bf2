export type { AnyDiagnosticCode, DiagnosticText } from "./catalogue.js";
export { type DiagnosticPage, diagnosticPages } from "./pages.js";
