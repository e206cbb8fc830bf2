import { asciiOnly, type NamingRules, pascalCase } from "../../../ir/index.js";
import { pythonCasing, pythonMemberCasing, pythonName } from "./casing.js";

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const keywords = words(`
  False None True and as assert async await break class continue def del elif else except finally for from global if
  import in is lambda nonlocal not or pass raise return try while with yield`);

/** Types that annotations of generated classes name: a field of that name would stand in their place. */
const builtins = words("bool dict float int list str");

/** Members of pydantic's models, and of the classes that generated ones build on. */
const members = words(`
  all_of any_of as_id as_write construct copy created_time data_record dict dump edge_type end_node existing_version
  external_id from_orm json last_updated_time model_computed_fields model_config model_construct model_copy model_dump
  model_dump_json model_extra model_fields model_fields_set model_json_schema model_parametrized_name model_post_init
  model_rebuild model_validate model_validate_json model_validate_strings node_type none_of parse_file parse_obj
  parse_raw raw_filter schema schema_json space start_node to_pandas update_forward_refs validate view`);

/** Names that are hard to tell from digits. */
const ambiguous = words("I O l");

/** Members of a client, beside the handles of the views. */
const clientMembers = words("close space upsert");

/** Classes and exceptions that Python knows everywhere; generated names do not hide them. */
const globals = words(`
  ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError BrokenPipeError
  BufferError BytesWarning ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError
  ConnectionResetError DeprecationWarning EOFError Ellipsis EncodingWarning EnvironmentError Exception ExceptionGroup
  FileExistsError FileNotFoundError FloatingPointError FutureWarning GeneratorExit IOError ImportError ImportWarning
  IndentationError IndexError InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError
  ModuleNotFoundError NameError NotADirectoryError NotImplemented NotImplementedError OSError OverflowError
  PendingDeprecationWarning PermissionError ProcessLookupError PythonFinalizationError RecursionError ReferenceError
  ResourceWarning RuntimeError RuntimeWarning StopAsyncIteration StopIteration SyntaxError SyntaxWarning SystemError
  SystemExit TabError TimeoutError TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError
  UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning ZeroDivisionError`);

/** What the runtime gives to generated modules, or generated modules import. */
const imported = words(`
  Aggregates AggregatesList Annotated Any ApiError AsyncClient AsyncReadOnlyViewAPI AsyncViewAPI BooleanWhere ClassVar
  Client ClientCredentials ConnectionFailedError Credentials DataRecord Date DateWhere Direct Edge EdgeInstanceWhere EdgeLink
  EdgePair EdgeWrite Edges EnumWhere Field Instance InstanceList InstanceRef InstanceWrite JsonObject JsonWhere Link
  ListWhere Literal ManySelect Mapping Node NodeId NodeInstanceWhere NodeWhere NodeWrite NotReadError NumberWhere
  OneSelect PairsSelect PartialWriteError PygenError QueryError ReadOnlyViewAPI Ref ReferenceWhere Related
  RelationWhere ResponseError Reverse Scalar Sequence SignInError TextWhere Timestamp TimestampWhere Token TypeAlias
  TypedDict UntypedPairsSelect View ViewAPI WrittenInstance`);

/** Names that a module cannot have: the package's own, and keywords (E21). */
const modules = [...words("client py"), ...keywords];

/** What a model is called: its clients. */
export type PythonRole = "client" | "asyncClient";

/** How Python names things (E1 to E38). */
export const pythonNaming: NamingRules<PythonRole> = {
  language: "Python",
  properties: {
    casing: pythonName,
    fit: pythonMemberCasing,
    reserved: new Set([...keywords, ...builtins, ...members, ...ambiguous]),
  },
  handles: {
    casing: pythonName,
    fit: pythonMemberCasing,
    reserved: new Set([...keywords, ...clientMembers, ...ambiguous]),
  },
  types: {
    reserved: new Set([...keywords, ...globals, ...imported, ...ambiguous]),
    derived: ["Write", "Where", "Select", "Field"],
  },
  files: { casing: pythonName, fit: pythonCasing, reserved: new Set(modules) },
  model: {
    client: { casing: (externalId) => `${clientStem(externalId)}Client`, suffix: "Model" },
    asyncClient: { casing: (externalId) => `Async${clientStem(externalId)}Client`, suffix: "Model" },
  },
};

function clientStem(externalId: string): string {
  const name = pascalCase(asciiOnly(externalId)).replace(/^_+/, "");
  return /^\d/.test(name) ? `No${name}` : name;
}
