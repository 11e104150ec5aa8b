/** The JSON documents that scripts may rely on; tests hold what is printed to the schemas that the package has. */
export * from "../../src/report/schemas/other-documents.js";
export * from "../../src/report/schemas/verdict-documents.js";
