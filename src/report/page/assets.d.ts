/** Made by tools/build-page.mjs from client.tsx and the style sheets beside it. */
export declare const ASSETS: {
  readonly script: string;
  readonly style: string;
  readonly diagramStyle: string;
  /** `sha256-...`, as a Content-Security-Policy names them. */
  readonly scriptHash: string;
  readonly styleHash: string;
};
