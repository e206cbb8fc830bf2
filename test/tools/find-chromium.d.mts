/** The path of a Chromium; throws an error saying how to get one when there is none and none can be installed. */
export declare function findChromium(): string;
/** What it is started with. */
export declare const chromiumArguments: readonly string[];
