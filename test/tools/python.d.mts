/** The folder of programs of the tests' Python environment, which is made where it is not there; `undefined` without Python 3.11. */
export declare function pythonPrograms(): string | undefined;
