/** What a campaign is, found and had checked again, as JSON. */
import type { CampaignFinding } from "../campaign/kept-kinds.js";
import type { Rechecked } from "../campaign/recheck.js";
import type { CampaignStatus } from "../campaign/status.js";
import { MODEL } from "../kernel/versions/model-version.js";
import { variantName } from "../kernel/versions/variant.js";

export function campaignJson(status: CampaignStatus): object {
  const findings = status.findings.map(findingJson);
  return { schema: "stalemap/campaign/1", ...status, findings };
}

export function campaignFindingsJson(findings: readonly CampaignFinding[]): object {
  return { schema: "stalemap/campaign-findings/1", model: MODEL, findings: findings.map(findingJson) };
}

function findingJson({ id: _, ...finding }: CampaignFinding): object {
  return finding;
}

export function recheckJson(all: readonly Rechecked[]): object {
  return {
    schema: "stalemap/campaign-recheck/1",
    results: all.map(({ on, ...one }) => ({ ...one, on: variantName(on) })),
  };
}
