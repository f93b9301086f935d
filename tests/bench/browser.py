"""Ten questions encrypted in desktop Chromium, on a page that has just been opened."""

import json
import subprocess
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from tests.service import tool
from tests.service.browser import FLAGS
from voting.protocol import election
from voting.protocol.ballot import verify_ballot
from voting.protocol.group import by_name
from voting.protocol.question import Question

ROOT = Path(__file__).parents[2]
GROUP = by_name("Ed25519")
QUESTIONS = 10
PAGES = 5
BOUND_MS = 400
SECRET = 2**230 + 99
ENCRYPT = """async ([elections, secret]) => {
  const made = [];
  for (const election of elections) {
    await new Promise((resolve) => { setTimeout(resolve); });
    made.push(ballot.makeBallot(election, BigInt(secret), [[0, 1, 0]]));
  }
  return made;
}"""


def bundle() -> str:
    """The booth's way of making ballots, bundled as the booth is."""
    build = """
    import { build } from 'esbuild';
    const result = await build({
      entryPoints: ['app/browser/ballot.js'], bundle: true, write: false, minify: true,
      format: 'iife', globalName: 'ballot', target: 'es2022',
    });
    process.stdout.write(result.outputFiles[0].text);
    """
    command = ["sh", ".ci/node", "node", "--input-type=module", "--eval", build]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def elections() -> list[bytes]:
    """Questions of one round: different elections under the same key."""
    key = GROUP.text(GROUP.power_g(987654321))
    return [
        election.make_election(
            uuid=f"1111111111111{'ABCDEFGHJK'[number]}",
            name="Round",
            description="",
            group=GROUP,
            public_key=key,
            questions=[Question(("yes", "no", "abstain"), None, 1, 1, f"Frage {number}")],
        )
        for number in range(QUESTIONS)
    ]


def measure(browser: Browser, script: str, documents: list[bytes]) -> float:
    """Milliseconds of CPU that a fresh page spends on all ballots; they must be valid."""
    context = browser.new_context()
    page = context.new_page()
    page.add_script_tag(content=script)
    tools = context.new_cdp_session(page)
    tools.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = cpu_seconds(tools.send("Performance.getMetrics"))
    made = page.evaluate(ENCRYPT, [[each.decode() for each in documents], str(SECRET)])
    spent = cpu_seconds(tools.send("Performance.getMetrics")) - before
    context.close()
    roll = {GROUP.text(GROUP.power_g(SECRET))}
    for document, ballot in zip(documents, made, strict=True):
        verify_ballot(election.parse_election(document), ballot.encode(), roll)
    return spent * 1000


def cpu_seconds(metrics: dict[str, list[dict[str, float | str]]]) -> float:
    """What the page's main thread has used so far."""
    return next(float(each["value"]) for each in metrics["metrics"] if each["name"] == "ThreadTime")


def main() -> None:
    script, documents = bundle(), elections()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=tool.find("chromium"), args=FLAGS, headless=True
        )
        spent = median(measure(browser, script, documents) for _ in range(PAGES))
        browser.close()
    line = {
        "name": "ten questions encrypted in Chromium, CPU",
        "value": round(spent, 1),
        "unit": "ms",
        "bound": BOUND_MS,
        "ok": spent <= BOUND_MS,
    }
    print(json.dumps(line))


if __name__ == "__main__":
    main()
