export { type Connection, type Listening, type ListenOptions, listenOn } from "./listen-on.js";
